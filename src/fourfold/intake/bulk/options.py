"""What may an officer say of a file before it is read?"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ReadingOptions:
    """What is known of the files of one reading. All of it may be left out.

    `columns` says which of our fields stands under which of their headings. `dates` is
    how moments are written: "%d/%m/%Y %H:%M", "DD/MM/YYYY HH:MM", or iso, uk, us,
    epoch or excel. `zone` is that of times which name none. `layout` is the key of a
    sheet, or the path of one. `authority` is the reference under which the files were
    obtained, and goes with each input.
    """

    layout: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    dates: str = ""
    zone: str = ""
    authority: str = ""
