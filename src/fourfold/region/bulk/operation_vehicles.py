"""Where were the cars of the invented operation's crew read, among others?

The marks belong to nobody that we know. Planted: the two runners' cars go to Leicester
together and back, one of the two is on a list, and its mark is also read on a car
elsewhere; once a camera takes one character of it for another.
"""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from fourfold.region.bulk.operation import BEGINS, CREW, DAYS, MASTS, RUNNERS, UTC
from fourfold.region.bulk.plates import TAKEN_FOR, plate_at

READS = (
    "Plate",
    "Confidence Score",
    "UTC Date and Time",
    "Camera Name",
    "Relative Motion",
    "Latitude",
    "Longitude",
)
LISTED = (
    "VRM",
    "VOI List",
    "Reason for Listing",
    "List Reference",
    "Keeper",
    "Listed From",
    "Listed Until",
)
FIRST_OTHER, OTHERS, OTHER_READS = 70_000, 400, 3_000
JOURNEY = (0, 2, 3, 4, 5)
"""From Radford by Beeston, Long Eaton and Loughborough to Leicester, as in MASTS."""
MINUTES_A_LEG = 14
JOURNEY_DAYS = (1, 5, 9, 13, 20, 24)
CLONE_DAY, MISREAD_DAY = 8, 5


@dataclass(frozen=True)
class Read:
    """One read of one plate by one camera."""

    plate: str
    at: datetime
    camera: int
    confidence: int


def crew_plates() -> dict[str, str]:
    """Which car is whose, of the crew?"""
    return {name: plate_at(60_000 + n) for n, name in enumerate(CREW)}


def write_vehicles(out: Path, seed: int = 1) -> None:
    """Write the reads of a camera system and a list of vehicles of interest.

    Args:
        out: a folder; made if need be.
        seed: another seed, other traffic; the same, the same bytes.
    """
    out.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)  # noqa: S311 (nothing secret hangs on it)
    reads = [*_traffic(chance), *_journeys(chance), *_clone()]
    with (out / "plate-reads.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(READS)
        for read in sorted(reads, key=lambda r: (r.at, r.plate, r.camera)):
            writer.writerow(_row(read))
    with (out / "of-interest.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(LISTED)
        writer.writerows(_listed())


def _traffic(chance: random.Random) -> Iterator[Read]:
    """Other cars, each by the camera near which it is kept."""
    for _ in range(OTHER_READS):
        car = chance.randrange(OTHERS)
        at = BEGINS + timedelta(seconds=chance.randrange(DAYS * 86_400))
        confidence = chance.randint(80, 99)
        yield Read(plate_at(FIRST_OTHER + car), at, car % len(MASTS), confidence)


def _journeys(chance: random.Random) -> Iterator[Read]:
    """The runners' cars, half a minute apart, there and back in the evening."""
    for day in JOURNEY_DAYS:
        out = BEGINS + timedelta(days=day, hours=13, minutes=chance.randrange(90))
        for begins, way in ((out, JOURNEY), (out + timedelta(hours=5), JOURNEY[::-1])):
            for leg, camera in enumerate(way):
                at = begins + timedelta(minutes=MINUTES_A_LEG * leg)
                yield from _pass(at, camera, misread=day == MISREAD_DAY and leg == 1)


def _pass(at: datetime, camera: int, *, misread: bool) -> Iterator[Read]:
    """Both cars at one camera; the first may be misread."""
    first, second = (crew_plates()[CREW[runner]] for runner in RUNNERS)
    if misread:
        yield Read(_misread(first), at, camera, 61)
    else:
        yield Read(first, at, camera, 96)
    yield Read(second, at + timedelta(seconds=30), camera, 96)


def _clone() -> Iterator[Read]:
    """The listed car's mark at Newark and, minutes later, at Leicester."""
    plate = crew_plates()[CREW[RUNNERS[0]]]
    at = BEGINS + timedelta(days=CLONE_DAY, hours=10)
    yield Read(plate, at, 7, 97)
    yield Read(plate, at + timedelta(minutes=6), 5, 97)


def _misread(plate: str) -> str:
    """The plate with its first character that looks like another taken for that."""
    place = next(n for n, mark in enumerate(plate) if mark in TAKEN_FOR)
    return plate[:place] + TAKEN_FOR[plate[place]] + plate[place + 1 :]


def _row(read: Read) -> list[str]:
    site, lat, lon = MASTS[read.camera]
    return [
        read.plate,
        str(read.confidence),
        f"{read.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        f"{site} camera",
        "towards",
        str(lat),
        str(lon),
    ]


def _listed() -> Iterator[list[str]]:
    name = CREW[RUNNERS[0]]
    reason = "Used to carry drugs (invented)"
    yield [
        crew_plates()[name],
        "Operation list",
        reason,
        "VOI/1",
        name,
        "01/05/2022",
        "",
    ]
    yield [plate_at(FIRST_OTHER), "Operation list", "Seen at an address", "VOI/2", "",
           "01/05/2022", "10/05/2022"]  # fmt: skip
