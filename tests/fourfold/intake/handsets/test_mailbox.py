"""Are letters read with who, when, thread, words and what hangs on them?"""

import hashlib
from email.message import EmailMessage

import pytest

from fourfold.intake.errors import LineTooLong
from fourfold.intake.handsets.html_text import text_of_html
from tests.fourfold.intake.handsets.made_material import adds_up, jpeg, read, rows

HEADERS = "From: Dez <Dez@Example.com>\nTo: a@example.org, b@example.org\n"


def mbox(folder, *letters):
    path = folder / "box.mbox"
    whole = "".join(f"From - Mon May 08 09:00:00 2023\n{one}\n\n" for one in letters)
    path.write_bytes(whole.encode())
    return path


def test_a_letter_gives_sender_recipients_time_and_words(tmp_path):
    letter = (
        HEADERS + "Date: Mon, 08 May 2023 11:02:00 +0100\nMessage-ID: <1@x>\n"
        "Subject: =?utf-8?q?Caf=C3=A9?=\nDelivered-To: a@example.org\n\n"
        "first\n>From the top\n"
    )
    reading = read(mbox(tmp_path, letter))
    (found,) = rows(reading)
    assert adds_up(reading)
    assert (found["sender"], found["sender_name"]) == ("dez@example.com", "Dez")
    assert found["recipients"] == ["a@example.org", "b@example.org"]
    assert found["sent_at"].isoformat() == "2023-05-08T10:02:00+00:00"
    assert found["sent_local"].isoformat() == "2023-05-08T11:02:00"
    assert (found["subject"], found["direction"]) == ("Café", "in")
    assert found["body"] == "first\nFrom the top"
    assert found["place_in_source"] == "letter 1, line 1"


def test_answers_share_the_thread_of_what_they_answer(tmp_path):
    first = HEADERS + "Message-ID: <1@x>\nSubject: a\n\na"
    second = HEADERS + "Message-ID: <2@x>\nIn-Reply-To: <1@x>\nSubject: b\n\nb"
    third = HEADERS + "Message-ID: <3@x>\nReferences: <1@x> <2@x>\nSubject: c\n\nc"
    other = HEADERS + "Message-ID: <4@x>\nSubject: d\n\nd"
    found = rows(read(mbox(tmp_path, first, second, third, other)))
    assert [r["thread"] for r in found] == ["<1@x>", "<1@x>", "<1@x>", "<4@x>"]


def test_what_hangs_on_a_letter_is_named_by_its_digest_and_pictures_are_read(tmp_path):
    picture = jpeg()
    letter = EmailMessage()
    letter["From"], letter["To"] = "a@example.org", "b@example.org"
    letter.set_content("see")
    letter.add_attachment(picture, maintype="image", subtype="jpeg", filename="a.jpg")
    path = tmp_path / "one.eml"
    path.write_bytes(letter.as_bytes())
    reading = read(path)
    digest = hashlib.sha256(picture).hexdigest()
    assert rows(reading)[0]["attachments"] == [f"a.jpg sha256:{digest}"]
    assert [r["sha256"] for r in rows(reading, "images")] == [digest]
    assert adds_up(reading)


def test_html_alone_becomes_words(tmp_path):
    letter = (
        HEADERS + "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
        "<html><head><style>p{}</style></head><body><p>Hello<br>you &amp; me</p>"
        "<script>steal()</script></body></html>"
    )
    assert rows(read(mbox(tmp_path, letter)))[0]["body"] == "Hello\nyou & me"


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<tr><td>a</td><td>b</td></tr>", "a b"),
        ("<title>no</title>a", "a"),
        ("unclosed <b>bold", "unclosed bold"),
        ("", ""),
    ],
)
def test_html_keeps_what_a_reader_sees(html, words):
    assert text_of_html(html) == words


@pytest.mark.parametrize(
    "broken",
    [
        "From: =?utf-99?q?x?= <\nDate: never\nSubject: =?bad\n\nwords",
        "From: a@x\nContent-Type: multipart/mixed\nSubject: s\n\nno boundary",
        "From: a@x\nContent-Type: text/plain; charset=klingon\nSubject: s\n\nwords",
        "From: a@x\nContent-Transfer-Encoding: base64\nSubject: s\n\n!!!not base64",
        "From: a@x\nDate: Mon, 99 May 9999 99:99:99 +9999\nSubject: s\n\nx",
        "Subject: s\nReceived: x\n\n",
    ],
)
def test_a_malformed_letter_never_stops_the_mailbox(tmp_path, broken):
    good = HEADERS + "Message-ID: <1@x>\nSubject: a\n\nfine"
    reading = read(mbox(tmp_path, good, broken, good.replace("1@x", "2@x")))
    assert adds_up(reading)
    assert reading.rows == 3
    assert [r["body"] for r in rows(reading)].count("fine") == 2


def test_a_line_of_a_mailbox_without_end_is_refused(tmp_path):
    path = mbox(tmp_path, HEADERS + "Subject: a\n\nfine")
    read(path)
    path.write_bytes(path.read_bytes() + b"x" * 20_000_100)
    with pytest.raises(LineTooLong):
        read(path)
