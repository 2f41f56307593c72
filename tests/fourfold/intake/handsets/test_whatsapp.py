"""Are WhatsApp exports read in all the forms that phones write?"""

import pytest

from fourfold.intake.errors import LineTooLong, NulByte
from fourfold.intake.handsets.chat_notices import NOTICES, is_notice, said_by
from fourfold.intake.handsets.errors import DatesDisagree
from tests.fourfold.intake.handsets.made_material import adds_up, read, rows

ANDROID = (
    "25/05/2023, 21:14 - Messages and calls are end-to-end encrypted. Tap to learn.\n"
    "25/05/2023, 21:15 - Kez: you about?\nbring the thing\n\nask for jay\n"
    "25/05/2023, 21:16 - +44 7700 900103: <Media omitted>\n"
    "25/05/2023, 21:17 - Kez: he left\n"
    "25/05/2023, 21:18 - Kez: ok\n"
    "25/05/2023, 21:18 - Kez: ok\n"
)
IPHONE = (
    "\u200e[25/05/2023, 21:14:05] Shop: \u200eMessages and calls are end-to-end "
    "encrypted.\n"
    "[25/05/2023, 21:15:06] Kez: you about?\n"
    "\u200e[25/05/2023, 21:16:07] ~\u202fUnc: \u200eimage omitted\n"
    "[25/05/2023, 21:16:09] Kez: image omitted from my notes: nothing\n"
    "\u200e[25/05/2023, 21:17:00] Kez: \u200e<attached: 00000012-PHOTO.jpg>\n"
)


def chat(folder, text, name="WhatsApp Chat with Kez.txt", encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_an_android_chat_keeps_lines_notices_media_and_repeated_words(tmp_path):
    reading = read(chat(tmp_path, ANDROID))
    found = rows(reading)
    assert adds_up(reading)
    assert (reading.loaded, reading.repeated, reading.quarantined) == (6, 0, 0)
    assert [r["line"] for r in found] == [1, 2, 6, 7, 8, 9]
    assert (found[0]["sender"], found[0]["direction"]) == ("", "")
    assert found[1]["body"] == "you about?\nbring the thing\n\nask for jay"
    assert found[1]["sent_local"].isoformat() == "2023-05-25T21:15:00"
    assert found[1]["sent_at"].isoformat() == "2023-05-25T20:15:00+00:00"
    assert found[2]["sender"] == "+447700900103"
    assert (found[2]["body"], found[2]["attachments"]) == (
        "",
        ["left out of the export"],
    )
    assert (found[3]["sender"], found[3]["body"]) == ("Kez", "he left")
    assert found[3]["recipients"] == ["+447700900103"]
    assert {r["thread"] for r in found} == {"Kez"}
    assert any("name no zone" in note for note in reading.notes)


def test_an_iphone_chat_tells_the_app_s_words_from_a_person_s(tmp_path):
    found = rows(read(chat(tmp_path, IPHONE, "_chat.txt")))
    assert [r["sender"] for r in found] == ["", "Kez", "Unc", "Kez", "Kez"]
    assert found[2]["attachments"] == ["left out of the export"]
    assert found[3]["body"] == "image omitted from my notes: nothing"
    assert found[4]["attachments"] == ["00000012-PHOTO.jpg"]
    assert found[1]["sent_local"].second == 6


@pytest.mark.parametrize(
    ("line", "local"),
    [
        ("13/05/2023, 9:16\u202fpm - Kez: x", "2023-05-13T21:16:00"),
        ("13/05/2023, 12:05 am - Kez: x", "2023-05-13T00:05:00"),
        ("13/05/23, 21:16 - Kez: x", "2023-05-13T21:16:00"),
        ("5/13/23, 9:16 PM - Kez: x", "2023-05-13T21:16:00"),
        ("13.05.23, 21:16 - Kez: x", "2023-05-13T21:16:00"),
        ("[13/05/2023, 9:16:44\u202fPM] Kez: x", "2023-05-13T21:16:44"),
        ("[2023-05-13, 21:16:44] Kez: x", "2023-05-13T21:16:44"),
    ],
)
def test_each_way_of_writing_a_time_is_read(tmp_path, line, local):
    found = rows(read(chat(tmp_path, line + "\n")))
    assert [(r["sent_local"].isoformat(), r["sender"]) for r in found] == [
        (local, "Kez")
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_chat_saved_again_in_another_encoding_is_read(tmp_path, encoding):
    found = rows(
        read(chat(tmp_path, "13/05/2023, 09:16 - Zoë: £40\n", encoding=encoding))
    )
    assert (found[0]["sender"], found[0]["body"]) == ("Zoë", "£40")


def test_dates_of_both_orders_in_one_file_are_refused(tmp_path):
    good = "13/05/2023, 09:16 - Kez: a\n02/06/2023, 09:17 - Kez: b\n"
    assert len(rows(read(chat(tmp_path, good)))) == 2
    with pytest.raises(DatesDisagree) as refused:
        read(chat(tmp_path, good.replace("02/06", "02/16")))
    assert refused.value.facts["month_first"] == 2


def test_a_time_that_never_was_is_kept_back_with_its_line(tmp_path):
    good = "13/05/2023, 09:16 - Kez: a\n28/02/2023, 09:17 - Kez: b\nmore of b\n"
    assert read(chat(tmp_path, good)).quarantined == 0
    reading = read(chat(tmp_path, good.replace("28/02", "31/02")))
    assert adds_up(reading)
    assert [(f.fault.line, f.fault.field) for f in reading.faults] == [(2, "sent_at")]
    assert [r["body"] for r in rows(reading)] == ["a"]


def test_a_line_before_the_first_message_is_a_fault(tmp_path):
    reading = read(chat(tmp_path, "printed by me\n13/05/2023, 09:16 - Kez: a\n"))
    assert [f.fault.line for f in reading.faults] == [1]
    assert adds_up(reading)


def test_two_exports_of_one_chat_give_each_message_once(tmp_path):
    first = chat(tmp_path, ANDROID)
    (tmp_path / "later").mkdir()
    second = chat(tmp_path / "later", ANDROID + "26/05/2023, 08:00 - Kez: new\n")
    reading = read(first, second)
    assert (reading.loaded, reading.repeated) == (7, 6)
    assert adds_up(reading)


def test_a_line_of_two_million_letters_stops_the_reading(tmp_path):
    good = "13/05/2023, 09:16 - Kez: a\n"
    read(chat(tmp_path, good))
    with pytest.raises(LineTooLong):
        read(chat(tmp_path, good + "x" * 2_000_000))


def test_a_damaged_chat_is_refused(tmp_path):
    good = "13/05/2023, 09:16 - Kez: a\n" * 4_000
    read(chat(tmp_path, good))
    with pytest.raises(NulByte):
        read(chat(tmp_path, good + "\0"))


@pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: notice.key)
def test_each_notice_keeps_its_examples(notice):
    for example in notice.examples:
        text = example["text"]
        if notice.kind == "notice":
            assert is_notice(text) is example["fits"], text
        else:
            marked = text if text.startswith("<") else f"\u200e{text}"
            assert (said_by(marked).kind == notice.kind) is example["fits"], text
