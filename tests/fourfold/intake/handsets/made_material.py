"""Small handset material, made by hand for the tests."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from PIL import Image

from fourfold.intake.evidence import Reading
from fourfold.intake.handsets.reading import read_container
from fourfold.region.bulk.handset_pictures import scene


@dataclass(frozen=True)
class Said:
    """What an officer says of the files."""

    layout: str = "no-words"
    dates: str = ""
    zone: str = ""
    authority: str = "URN-1"


def read(path: Path, *others: Path, kind: str = "messages", **said: str) -> Reading:
    """Read files into a folder beside the first."""
    out = path.parent / "out"
    return read_container(kind, [path, *others], Said(**said), out, lambda *_: None)


def rows(reading: Reading, kind: str = "messages") -> list[dict[str, Any]]:
    """The rows of a kind as plain values."""
    table: list[dict[str, Any]] = pq.read_table(reading.tables[kind]).to_pylist()
    return table


def adds_up(reading: Reading) -> bool:
    """Does the arithmetic hold, down to the rows of the files?"""
    written = sum(pq.read_metadata(p).num_rows for p in reading.tables.values())
    whole = reading.loaded + reading.repeated + reading.quarantined
    return (
        reading.rows == whole
        and reading.loaded == written == sum(one.rows for one in reading.inputs)
        and reading.fault_count == reading.quarantined
    )


def zip_of(path: Path, members: Mapping[str, bytes | str]) -> Path:
    """A zip of these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def jpeg(seed: int = 1, size: tuple[int, int] = (400, 300), **more: Any) -> bytes:
    """A drawn picture."""
    return encoded(scene(seed).resize(size), "JPEG", **more)


def encoded(picture: Image.Image, form: str, **more: Any) -> bytes:
    """A picture as the bytes of a file."""
    into = io.BytesIO()
    picture.save(into, form, **more)
    return into.getvalue()


def ufdr_xml(
    models: str = "", *, facts: str = "", files: str = "", more: str = ""
) -> str:
    """A report with these models, facts of the device, files and what follows."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<project name="x" xmlns="http://pa.cellebrite.com/report/2.0">\n'
        f'<metadata section="Device Info">{facts}</metadata>\n'
        f"<taggedFiles>{files}</taggedFiles>\n"
        f"<decodedData>{models}</decodedData>\n{more}</project>\n"
    )


def field(name: str, value: str) -> str:
    """One field of a model."""
    return f'<field name="{name}" type="String"><value>{value}</value></field>'


def party(number: str, name: str = "", role: str = "", *, owner: bool = False) -> str:
    """One party of a call or message."""
    said = field("Identifier", number) + field("Name", name) + field("Role", role)
    return f'<model type="Party">{said}{field("IsPhoneOwner", str(owner))}</model>'


def sms(key: str, body: str, when: str = "2023-05-12T20:15:00.000+00:00") -> str:
    """One text that came in from 07700 900102."""
    said = field("Folder", "Inbox") + field("Body", body) + field("TimeStamp", when)
    return (
        f'<model type="SMS" id="{key}" deleted_state="Intact">{said}'
        f'<multiModelField name="Parties">{party("07700900102", "Kez", "From")}'
        "</multiModelField></model>"
    )


OWN = '<item name="MSISDN">07700 900101</item><item name="IMEI">001010000000019</item>'
"""Facts of a handset with a number and an IMEI."""
