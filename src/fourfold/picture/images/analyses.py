"""Which questions can be asked about images?"""

from fourfold.base.analysis import Analysis
from fourfold.picture.images.known import KNOWN
from fourfold.picture.images.near_duplicates import NEAR_DUPLICATES
from fourfold.picture.images.taken import TAKEN
from fourfold.picture.images.words import WORDS

ANALYSES: tuple[Analysis, ...] = (NEAR_DUPLICATES, KNOWN, TAKEN, WORDS)
