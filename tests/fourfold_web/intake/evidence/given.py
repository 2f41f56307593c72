"""What evidence do the tests drop in? A short chat, made up."""

import os
from datetime import date
from pathlib import Path
from typing import Any

CHAT = """\
27/03/2022, 14:01 - Red: you about later
27/03/2022, 14:03 - Blue: yeah bring the 2 oz to Carter Street
27/03/2022, 14:05 - Red: how much
27/03/2022, 14:06 - Blue: £900 cash
28/03/2022, 09:10 - Red: I am going to kill myself if they find me
"""
MARKED = {"classification": "official_sensitive", "compartments": []}


def authority_of(actor: Any, **changed: Any) -> Any:
    """Record an authority that covers handsets."""
    from fourfold_web.intake.evidence.services import record_authority

    said: dict[str, Any] = {
        "power": "pace_seizure",
        "number": "PACE-22-0117",
        "purpose": "Phone seized at arrest",
        "granted_by": "Superintendent Lime",
        "from_on": date(2022, 3, 1),
        "until_on": None,
        "permitted_use": "The investigation named",
        **MARKED,
    }
    return record_authority(actor=actor, **(said | changed))


def dropped(actor: Any, folder: Path, **changed: Any) -> Any:
    """Take the chat in as a handset's, under an authority unless told otherwise."""
    from fourfold_web.intake.evidence.services import take_in

    said: dict[str, Any] = {
        "name": "WhatsApp Chat with Red.txt",
        "kind": "handset",
        "why": "Who supplied whom",
        "words": CHAT,
        **MARKED,
    } | changed
    if "authority" not in said:
        number = f"PACE-{os.urandom(3).hex()}"
        marked = {name: said[name] for name in MARKED}
        said["authority"] = authority_of(actor, number=number, **marked)
    path = folder / f"arrived-{os.urandom(4).hex()}"
    words = said.pop("words")
    path.write_bytes(words if isinstance(words, bytes) else words.encode())
    return take_in(actor=actor, path=path, **said)
