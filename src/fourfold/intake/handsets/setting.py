"""What must a reader know besides the file: zone, dates, device, words in pictures?"""

from dataclasses import dataclass, field

from fourfold.intake.handsets.clock import Clock
from fourfold.intake.handsets.picture_words import PictureWords


@dataclass
class Setting:
    """What holds for one thing given.

    `dates` is the style an officer named, "" for none; `device` is what the rows are
    taken from where the file does not say it. `sought` is the SHA-256 of the one
    picture wanted: pictures then give no rows, and that one its bytes.
    """

    device: str
    clock: Clock = field(default_factory=Clock)
    dates: str = ""
    words: PictureWords = field(default_factory=lambda: PictureWords(most=0))
    sought: str = ""
