"""What did two operators send for one invented operation against a drug line?

Every person and number is invented; numbers lie in the range that Ofcom keeps for
drama. The truth is planted: a crew of five changes all its phones on one day, and the
line tells its customers with texts.
"""

import csv
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

LONDON, UTC = ZoneInfo("Europe/London"), ZoneInfo("UTC")
BEGINS = datetime(2022, 5, 2, tzinfo=LONDON)
DAYS, CHANGE_DAY = 28, 17
CREW = ("Reed", "Mallow", "Teasel", "Sorrel", "Vetch")
OLD = tuple(f"07700900{101 + n}" for n in range(len(CREW)))
NEW = tuple(f"07700900{121 + n}" for n in range(len(CREW)))
CUSTOMERS = tuple(f"07700900{n}" for n in range(201, 261))
LINE, RUNNERS = 1, (2, 3)
"""Who of the crew holds the line's phone, and who runs for it."""
CUSTOMERS_A_TEXT = 24
MASTS = (
    ("Radford", 52.962, -1.176),
    ("Sneinton", 52.952, -1.131),
    ("Beeston", 52.927, -1.216),
    ("Long Eaton", 52.898, -1.271),
    ("Loughborough", 52.772, -1.206),
    ("Leicester North", 52.652, -1.134),
    ("Mansfield", 53.144, -1.196),
    ("Newark", 53.076, -0.811),
    ("Grantham", 52.912, -0.642),
    ("Lincoln South", 53.214, -0.545),
)
NORTHWAY_HEADINGS = (
    "Subject Number",
    "Other Party",
    "Direction",
    "Event",
    "Call Date",
    "Call Time",
    "Duration (s)",
    "IMEI",
    "IMSI",
    "MCC",
    "MNC",
    "LAC",
    "CID",
)
CASTLE_HEADINGS = (
    "A_NUMBER",
    "B_NUMBER",
    "C_NUMBER",
    "CALL_TYPE",
    "START_UTC",
    "DURATION",
    "A_IMEI",
    "A_IMSI",
    "B_IMEI",
    "B_IMSI",
    "A_FIRST_CELL",
    "A_LAST_CELL",
    "B_FIRST_CELL",
    "B_LAST_CELL",
)


@dataclass(frozen=True)
class Ring:
    """One call or text of the invented operation."""

    caller: str
    called: str
    at: datetime
    seconds: int
    text: bool
    mast: int
    called_mast: int


def write_operation(out: Path, seed: int = 1) -> dict[str, str]:
    """Write the operators' files, the list of masts and the list of who is who.

    Args:
        out: a folder; made if need be.
        seed: another seed, other days and hours; the same, the same bytes.

    Returns:
        The planted truth: each old number and the one that replaced it, in E.164.
    """
    out.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)  # noqa: S311 (nothing secret hangs on it)
    rings = sorted(_rings(chance), key=lambda r: (r.at, r.caller, r.called))
    leader = {OLD[0], NEW[0]}
    northway = [r for r in rings if leader & {r.caller, r.called}]
    castle = [r for r in rings if r not in northway]
    _write_northway(out / "northway-schedule.csv", northway)
    _write_castle(out / "castle-mobile-return.csv", [*castle, *castle[:12]])
    _write_masts(out / "masts.csv")
    write_people(out / "who-is-who.csv", ())
    return {_e164(old): _e164(new) for old, new in zip(OLD, NEW, strict=True)}


def _rings(chance: random.Random) -> Iterator[Ring]:
    for day in range(DAYS):
        crew = NEW if day >= CHANGE_DAY else OLD
        yield from _among(chance, day, crew)
        yield from _with_customers(chance, day, crew[LINE])
        if day % 3 == 0:
            yield from _broadcast(chance, day, crew[LINE])


def _among(chance: random.Random, day: int, crew: tuple[str, ...]) -> Iterator[Ring]:
    """The leader calls the holder of the line, who calls the runners."""
    weights = [(0, LINE, 3), (LINE, 0, 2), (0, 4, 1), (4, 0, 1), (2, 3, 1)]
    weights += [(LINE, runner, 4) for runner in RUNNERS]
    weights += [(runner, LINE, 4) for runner in RUNNERS]
    for caller, called, often in weights:
        for _ in range(chance.randint(0, often)):
            at = _moment(chance, day)
            seconds = chance.choice((0, 14, 31, 62, 118, 240))
            yield Ring(
                crew[caller],
                crew[called],
                at,
                seconds,
                text=False,
                mast=_mast(chance, caller),
                called_mast=_mast(chance, called),
            )


def _with_customers(chance: random.Random, day: int, line: str) -> Iterator[Ring]:
    for _ in range(chance.randint(14, 26)):
        customer = chance.choice(CUSTOMERS)
        out = chance.random() < 0.2
        caller, called = (line, customer) if out else (customer, line)
        yield Ring(
            caller,
            called,
            _moment(chance, day),
            chance.choice((0, 9, 22, 35)),
            text=chance.random() < 0.3,
            mast=_mast(chance, LINE),
            called_mast=_mast(chance, LINE),
        )


def _broadcast(chance: random.Random, day: int, line: str) -> Iterator[Ring]:
    """The line tells its customers that it is open, within a few minutes."""
    at = BEGINS + timedelta(days=day, hours=11, minutes=chance.randint(0, 20))
    for number, customer in enumerate(chance.sample(CUSTOMERS, CUSTOMERS_A_TEXT)):
        yield Ring(
            line,
            customer,
            at + timedelta(seconds=6 * number),
            0,
            text=True,
            mast=_mast(chance, LINE),
            called_mast=_mast(chance, LINE),
        )


def _moment(chance: random.Random, day: int) -> datetime:
    hour = min(23.9, max(0.1, chance.gauss(15.5, 3.6)))
    return BEGINS + timedelta(days=day, seconds=int(hour * 3600))


def _mast(chance: random.Random, who: int) -> int:
    return who * 2 if chance.random() < 0.6 else chance.randrange(len(MASTS))


def _write_northway(path: Path, rings: list[Ring]) -> None:
    """The leader's own schedule, with a title over it, a legend under it and faults."""
    with path.open("w", encoding="windows-1252", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Northway – schedule of call data", *[""] * 12])
        writer.writerow(NORTHWAY_HEADINGS)
        for number, ring in enumerate(rings):
            writer.writerow(_northway_row(ring, number))
        writer.writerow(["Legend: M_O originated, M_T terminated"])
        writer.writerow([f"End of report: {len(rings)} rows"])


def _northway_row(ring: Ring, number: int) -> list[str]:
    out = ring.caller in (OLD[0], NEW[0])
    own, other = (ring.caller, ring.called) if out else (ring.called, ring.caller)
    mast = ring.mast if out else ring.called_mast
    day = f"{ring.at:%d/%m/%Y}"
    if number == 40:
        day = "31/04/2022"
    if number == 55:
        other = "4.47701E+11"
    kind = "SMSMO" if ring.text else ("MOC" if out else "MTC")
    return [
        own,
        other,
        "M_O" if out else "M_T",
        kind,
        day,
        f"{ring.at:%H:%M:%S}",
        str(ring.seconds),
        _imei(own, spoilt=number == 70),
        _imsi(own),
        "234",
        "15",
        "4101",
        str(700 + mast),
    ]


def _write_castle(path: Path, rings: list[Ring]) -> None:
    """Both sides of the others' calls, in UTC; some rows stand twice."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(CASTLE_HEADINGS)
        for ring in rings:
            first, last = _cell(ring.mast), _cell(ring.called_mast)
            writer.writerow(
                [
                    _e164(ring.caller),
                    _e164(ring.called),
                    "",
                    "SMS" if ring.text else "VOICE",
                    f"{ring.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
                    str(ring.seconds),
                    _imei(ring.caller),
                    _imsi(ring.caller),
                    _imei(ring.called),
                    _imsi(ring.called),
                    first,
                    first,
                    last,
                    last,
                ]
            )


def _write_masts(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            [
                "Cell",
                "Operator",
                "Technology",
                "Latitude",
                "Longitude",
                "Azimuth",
                "Site",
            ]
        )
        for number, (site, lat, lon) in enumerate(MASTS):
            writer.writerow(
                [_cell(number), "Northway", "3G", lat, lon, number * 36, site]
            )


def write_people(path: Path, more: Iterable[tuple[str, str, str, str]]) -> None:
    """Write the list of who is who: the old phones, and what else is known.

    Args:
        path: of the list.
        more: person, kind, identifier and why, for all the time.
    """
    until = BEGINS + timedelta(days=CHANGE_DAY)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Person", "Kind", "Identifier", "From", "Until", "Reason"])
        for name, number in zip(CREW, OLD, strict=True):
            writer.writerow(
                [
                    name,
                    "phone",
                    _e164(number),
                    f"{BEGINS:%d/%m/%Y}",
                    f"{until:%d/%m/%Y}",
                    "Called by an officer; answered by name.",
                ]
            )
        for name, kind, identifier, reason in more:
            writer.writerow([name, kind, identifier, "", "", reason])


def _cell(mast: int) -> str:
    return f"234-15-4101-{700 + mast}"


def _e164(number: str) -> str:
    return "+44" + number[1:]


def _imsi(number: str) -> str:
    return "23415" + number[-10:]


def _imei(number: str, *, spoilt: bool = False) -> str:
    body = "35209911" + number[-6:]
    digits = [int(d) for d in body]
    doubled = [
        d if n % 2 == 0 else (2 * d - 9 if d > 4 else 2 * d)
        for n, d in enumerate(digits)
    ]
    check = (10 - sum(doubled) % 10) % 10
    return body + str((check + 5) % 10 or 7 if spoilt else check)
