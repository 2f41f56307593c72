"""Which fields has each kind of row? The table goes into the page of its record."""

from collections.abc import Iterator

from checks.sources import ROOT
from fourfold.intake.kinds import KINDS, Field, Kind

WORDS = ROOT / "docs" / "words"
BEGIN, END = "<!-- fields of {kind} -->", "<!-- end of fields -->"
TYPES = {
    "boolean": "yes or no",
    "integer": "whole number",
    "money": "pounds",
    "bodies": "list of bodies",
}


def pages() -> dict[str, str]:
    """Each page of a record, today's fields in it where it has a place for them."""
    made = {}
    for path in sorted(WORDS.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        for name, kind in KINDS.items():
            text = filled(text, kind, BEGIN.format(kind=name))
        made[f"words/{path.name}"] = text
    return made


def filled(text: str, kind: Kind, begin: str) -> str:
    """The page with the table of this kind between its two marks, if it has them."""
    if begin not in text:
        return text
    before, rest = text.split(begin, 1)
    _, after = rest.split(END, 1)
    return f"{before}{begin}\n\n" + "\n".join(table(kind)) + f"\n\n{END}{after}"


def table(kind: Kind) -> Iterator[str]:
    """Field, what it holds, what it means: the lines of the table."""
    yield f"Rows of the kind `{kind.name}`; told apart by {_key(kind)} and the body."
    yield ""
    yield "| Field | Holds | Needed | Meaning |"
    yield "|---|---|---|---|"
    for field in kind.fields.values():
        needed = "yes" if field.required else ""
        yield f"| `{field.name}` | {_holds(field)} | {needed} | {field.says} |"


def _key(kind: Kind) -> str:
    return ", ".join(f"`{name}`" for name in kind.key)


def _holds(field: Field) -> str:
    if field.type == "ref":
        return f"reference ({field.to})"
    if field.codes:
        where = f"[{field.codes}](../rules/base-codes.md#{field.codes})"
        return f"{where}{', a list' if field.type == 'list' else ''}"
    return TYPES.get(field.type, field.type)
