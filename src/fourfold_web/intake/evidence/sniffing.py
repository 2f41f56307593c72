"""What do the first rows of a file look like, before anybody says how to read it?"""

from pathlib import Path
from typing import Any


def sniffed_file(path: Path, kind: str) -> dict[str, Any]:
    """What the confirmation page shows."""
    return {}
