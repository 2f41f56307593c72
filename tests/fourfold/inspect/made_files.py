"""The same made-up report as a web page, a Word file and a PDF file."""

import html
import textwrap
from pathlib import Path

import docx

TITLE = (
    "An inspection of the south-east regional response to serious and organised crime"
)
REPORT = [
    ("h1", TITLE),
    ("p", "Published on: 3 May 2024"),
    ("h2", "Introduction"),
    ("p", "We inspected the ten regions."),
    ("h2", "Regional findings"),
    ("h3", "Areas for improvement"),
    ("h4", "The region should share its lists of trained specialists"),
    ("p", "Each of the forces keeps its own list. None is shared."),
    ("h2", "Surrey Police"),
    (
        "p",
        "Surrey Police requires improvement at tackling serious and organised crime.",
    ),
    ("h3", "Resources and skills: Surrey Police"),
    ("h4", "Cause of concern"),
    ("h4", "The force doesn’t have enough people to tackle organised crime"),
    ("p", "Our main concerns include:"),
    ("li", "18 of the 40 posts in the team were vacant; and"),
    ("li", "the force spent £2.5m on overtime."),
    ("h4", "Recommendations"),
    ("p", "By 30 September 2024, Surrey Police should:"),
    ("li", "fill the posts in its team; and"),
    ("li", "set a limit on overtime."),
    ("h2", "Sussex Police"),
    ("p", "Sussex Police is good at tackling serious and organised crime."),
    ("h3", "Resources and skills: Sussex Police"),
    ("h4", "Innovative practice"),
    ("h4", "The force trains its analysts with two universities"),
    ("p", "It has trained 26 analysts since May 2022."),
    ("h2", "Appendix 1: Map of regional organised crime units"),
]


def as_html(path: Path) -> Path:
    """A page with a menu, a script and a footer that hold figures of their own."""
    out = ["<!doctype html><html><head><title>77 things</title></head><body>"]
    out.append(
        "<nav><ul><li>12 links</li></ul></nav><script>var n = 43;</script><main>"
    )
    listing = False
    for tag, text in REPORT:
        if (tag == "li") != listing:
            out.append("</ul>" if listing else "<ul>")
            listing = tag == "li"
        out.append(f"<{tag}>{html.escape(text)}</{tag}>")
    out.append("</main><footer>99 notices</footer></body></html>")
    path.write_text("\n".join(out), encoding="utf-8")
    return path


def as_docx(path: Path) -> Path:
    """A Word file with headings and lists by style."""
    document = docx.Document()
    for tag, text in REPORT:
        if tag == "p":
            document.add_paragraph(text)
        elif tag == "li":
            document.add_paragraph(text, style="List Bullet")
        else:
            document.add_heading(text, level=int(tag[1]))
    document.save(str(path))
    return path


def as_pdf(path: Path) -> Path:
    """A PDF of one page, its lines wrapped at 60 letters and its bullets marked."""
    ops, y = [], 820.0
    for tag, text in REPORT:
        size = {"h1": 15, "h2": 13, "h3": 12, "h4": 11}.get(tag, 9)
        y -= size * 1.1
        words = f"\u2022 {text}" if tag == "li" else text
        left = 60 if tag == "li" else 50
        for line in textwrap.wrap(words, 60):
            y -= size * 1.2
            raw = line.encode("cp1252")
            escaped = b"".join(b"\\%03o" % byte for byte in raw).decode("ascii")
            ops.append(f"BT /F1 {size} Tf 1 0 0 1 {left} {y:.1f} Tm ({escaped}) Tj ET")
    path.write_bytes(_pdf("\n".join(ops).encode("ascii")))
    return path


def _pdf(content: bytes) -> bytes:
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica"
        b" /Encoding /WinAnsiEncoding >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for n, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 6\n0000000000 65535 f \n" + table
    tail = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + head + tail
