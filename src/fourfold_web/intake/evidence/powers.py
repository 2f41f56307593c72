"""Under which powers is evidence obtained, and which kinds of it need one?"""

from dataclasses import dataclass

from fourfold.base import rules
from fourfold.intake.evidence import EVIDENCE

HANDSET = "handset"
"""A report, export, mailbox or folder of one device: several kinds in one file."""

NAMES = {
    "calls": "Calls and cells",
    "cells": "List of cells and masts",
    "messages": "Messages",
    "contacts": "Contacts",
    "locations": "Locations",
    "images": "Pictures",
    "survey": "Radio survey",
    "reads": "Number plate reads",
    "vehicles": "List of vehicles",
    "payments": "Payments",
    "identifiers": "Who uses which phone, plate or account",
    "visits": "Places to visit on a drive",
    "roads": "Roads",
    "known": "List of known pictures, by hash",
    "stops": "Vehicles stopped, and what came of it",
    HANDSET: "Handset report, chat export or mailbox",
}
INITIALS = (
    *("imei", "imsi", "mcc", "mnc", "plmn", "lac", "cid", "eci", "nci", "pci", "arfcn"),
    *("md5", "sha256", "pdq", "id", "gps", "utc"),
)
SPELT = {
    **{word: word.upper() for word in INITIALS},
    "lat": "latitude",
    "lon": "longitude",
    "kmh": "km/h",
    "dbm": "dBm",
    "gbp": "£",
}


@dataclass(frozen=True)
class Power:
    """A kind of power, and the kinds of evidence that it may cover; none: any."""

    key: str
    says: str
    source: str
    covers: tuple[str, ...] = ()


POWERS = {row.key: row for row in rules.load(Power, "fourfold_web.intake", "powers")}


def kind_choices() -> list[tuple[str, str]]:
    """Which kinds of file may be dropped in? Key and name."""
    known = [(key, kind_name(key)) for key in EVIDENCE]
    return [*known, (HANDSET, NAMES[HANDSET])]


def kind_name(key: str) -> str:
    """What do officers call a kind of evidence?"""
    return NAMES.get(key, key.replace("_", " ").capitalize())


def field_name(name: str) -> str:
    """What do officers call one of our fields? As "Caller IMEI"."""
    said = " ".join(SPELT.get(word, word) for word in name.split("_"))
    return said[:1].upper() + said[1:]


def needs_authority(kind: str) -> bool:
    """Is a file of that kind kept back until its authority is recorded?"""
    return kind == HANDSET or (kind in EVIDENCE and EVIDENCE[kind].authority)


def may_cover(power: str, kind: str) -> bool:
    """May evidence of that kind be obtained under that power?"""
    covers = POWERS[power].covers
    return not covers or kind in covers
