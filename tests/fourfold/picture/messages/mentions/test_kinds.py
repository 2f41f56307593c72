"""Is each kind of thing found by its form, with its value, and not where it is not?"""

from datetime import datetime

import pytest

from fourfold.picture.messages.mentions.finding import mentions_of
from fourfold.picture.messages.mentions.keccak import keccak_256
from fourfold.picture.messages.mentions.money import RULES as MONEY
from fourfold.picture.messages.mentions.people import saved_people
from fourfold.picture.messages.mentions.phones import full_number
from fourfold.picture.messages.mentions.plates import RULES as PLATES
from fourfold.picture.messages.mentions.quantities import RULES as QUANTITIES

SHEETS = [
    *(("plate", e["text"], e["value"]) for r in PLATES for e in r.examples),
    *(
        ("quantity", e["text"], e.get("value", ""))
        for r in QUANTITIES
        for e in r.examples
    ),
    *(
        ("money", e["text"], f"GBP {e['pounds']:.2f}" if "pounds" in e else "")
        for r in MONEY
        for e in r.examples
    ),
]


def values(kind: str, text: str, **given) -> list[str]:
    return [m.value for m in mentions_of(text, kinds=(kind,), **given)]


@pytest.mark.parametrize(("kind", "text", "value"), SHEETS)
def test_an_example_of_a_sheet_holds(kind, text, value):
    assert values(kind, text)[:1] == ([value] if value else [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ring 07700 900123 or 07700900456", ["+447700900123", "+447700900456"]),
        ("+44 (0)7700 900 123", ["+447700900123"]),
        ("00447700900123", ["+447700900123"]),
        ("0115 496 0123.", ["+441154960123"]),
        ("(0115) 496-0123", ["+441154960123"]),
        ("call +33 6 12 34 56 78", ["+33612345678"]),
        ("order 12345678901234567890", []),
        ("£07700900123", []),
        ("at 1230 on 01/02/2026", []),
        ("ref 20260501-1234", []),
    ],
)
def test_phones(text, found):
    assert values("phone", text) == found


def test_a_number_in_full():
    assert full_number("07700 900123") == "+447700900123"
    assert full_number("Dave") == "" == full_number("123")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("at NG1 5FS now", ["NG1 5FS"]),
        ("ng15fs", ["NG1 5FS"]),
        ("W1A 1AA", ["W1A 1AA"]),
        ("EC1A 1BB", ["EC1A 1BB"]),
        ("BT1 1AA", ["BT1 1AA"]),
        ("ZZ99 4QZ", ["ZZ99 4QZ"]),
        ("NG1 5CS", []),
        ("XX1 5FS", []),
        ("b4 2nd one", []),
        ("NG1 5FSX", []),
    ],
)
def test_postcodes(text, found):
    assert values("postcode", text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("20-00-00 55779911", ["20-00-00 55779911"]),
        ("acc 55779911 sort code 200000", ["20-00-00 55779911"]),
        ("sort code 20-00-00", ["20-00-00"]),
        ("account no 55779911", ["55779911"]),
        ("on 20-05-26", []),
        ("55779911", []),
    ],
)
def test_british_accounts(text, found):
    assert values("account", text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("GB82 WEST 1234 5698 7654 32", ["GB82WEST12345698765432"]),
        ("pay DE89370400440532013000 today", ["DE89370400440532013000"]),
        ("GB83 WEST 1234 5698 7654 32", []),
        ("GB82 WEST 1234 5698 7654", []),
    ],
)
def test_iban_need_their_check_digits(text, found):
    assert values("iban", text) == found


@pytest.mark.parametrize(
    ("wallet", "note"),
    [
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "Bitcoin"),
        ("3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", "Bitcoin"),
        ("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "Bitcoin"),
        ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "Ethereum"),
        (
            "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
            "Ethereum; written without a check sum",
        ),
    ],
)
def test_wallets_need_their_check_sums(wallet, note):
    (found,) = mentions_of(f"send to {wallet}.", kinds=("wallet",))
    assert (found.text, found.note) == (wallet, note)
    swapped = {"1": "2", "a": "e", "A": "E", "q": "p"}
    at = max(n for n, sign in enumerate(wallet) if sign in swapped)
    wrong = wallet[:at] + swapped[wallet[at]] + wallet[at + 1 :]
    if "without" not in note:
        assert mentions_of(f"send to {wrong}", kinds=("wallet",)) == []


def test_keccak_is_that_of_its_authors():
    empty = "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
    assert keccak_256(b"").hex() == empty


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("£250", ["GBP 250.00"]),
        ("£2.5k", ["GBP 2500.00"]),
        ("2k by friday", ["GBP 2000.00"]),
        ("£1,250.50 each", ["GBP 1250.50"]),
        ("€30 or $40", ["EUR 30.00", "USD 40.00"]),
        ("50p", ["GBP 0.50"]),
        ("5km", []),
        ("in 2 minutes", []),
    ],
)
def test_sums(text, found):
    assert values("money", text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see www.example.com/a?b=1.", ["example.com/a?b=1"]),
        ("https://t.me/abc", ["t.me/abc"]),
        ("Example.CO.UK", ["example.co.uk"]),
        ("end of it.com on", ["it.com"]),
        ("ok.then", []),
    ],
)
def test_addresses_of_the_web(text, found):
    assert values("web", text) == found


def test_an_address_of_mail_is_not_one_of_the_web_too():
    (found,) = mentions_of("Me.Too@Example.co.uk")
    assert (found.kind, found.value) == ("email", "me.too@example.co.uk")


NOW = datetime.fromisoformat("2026-05-01T14:00")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tmrw 6ish", ["2026-05-02T18:00"]),
        ("tonight at 9", ["2026-05-01T21:00"]),
        ("half 7 tomorrow", ["2026-05-02T19:30"]),
        ("in 20 mins", ["2026-05-01T14:20"]),
        ("yeah 10 mins by the shop", ["2026-05-01T14:10"]),
        ("10 mins ago", []),
        ("in half an hour", ["2026-05-01T14:30"]),
        ("in 2 days", ["2026-05-03"]),
        ("6pm", ["2026-05-01T18:00"]),
        ("12am", ["2026-05-01T00:00"]),
        ("17:45", ["2026-05-01T17:45"]),
        ("quarter to 8", ["2026-05-01T19:45"]),
        ("on tuesday", ["2026-05-05"]),
        ("last friday", ["2026-04-24"]),
        ("12/06/2026", ["2026-06-12"]),
        ("2026-06-12", ["2026-06-12"]),
        ("3rd of june at 10am", ["2026-06-03T10:00"]),
        ("31/02/2026", []),
        ("got 6 pills", []),
        ("at 6 people", []),
        ("sat in the sun", []),
        ("25:70", []),
    ],
)
def test_times_hang_on_the_local_day_of_the_message(text, found):
    assert values("time", text, sent_local=NOW) == found


def test_a_time_says_how_it_was_worked_out():
    (found,) = mentions_of("tmrw 6ish", sent_local=NOW, kinds=("time",))
    assert found.note == (
        "derived from 'tmrw 6ish', sent Friday 01 May 2026 14:00 by the local clock; "
        "afternoon taken"
    )


def test_without_a_time_of_sending_only_whole_dates_have_a_value():
    assert values("time", "tmrw 6ish") == [""]
    assert values("time", "on 12/06/2026 at 6pm") == ["2026-06-12T18:00"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("back in nottingham", ["Nottingham"]),
        ("NOTTINGHAM", ["Nottingham"]),
        ("going to Long Eaton", ["Long Eaton"]),
        ("in bath", []),
        ("having a bath", []),
        ("in the hyson green", ["Hyson Green"]),
        ("on Mansfield Road", ["Mansfield Road"]),
        ("off the M1", ["M1"]),
        ("M1 rifle", []),
    ],
)
def test_places(text, found):
    assert values("place", text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("my name is Darren", ["Darren"]),
        ("Its Dave here", ["Dave"]),
        ("its great", []),
        ("It's Monday here", []),
        ("ask for Mick Tull.", ["Mick Tull"]),
        ("spoke with little jay yesterday", ["Little Jay"]),
        ("saw Kez", ["Kez"]),
        ("kez", []),
    ],
)
def test_people_as_saved_or_introduced(text, found):
    saved = saved_people(
        [
            {"name": "Little Jay", "identifier": "07700900105", "device": "h"},
            {"name": "Kez", "identifier": "07700900102", "device": "h"},
            {"name": "The", "identifier": "07700900103", "device": "h"},
        ]
    )
    assert values("person", text, saved=saved) == found


def test_a_saved_person_comes_with_the_numbers():
    rows = [
        {"name": "Kez", "identifier": number, "device": "h"}
        for number in ("07700900102", "07700900108")
    ]
    (found,) = mentions_of("Kez rang", saved=saved_people(rows), kinds=("person",))
    assert found.note == "saved as Kez: 07700900102, 07700900108"
