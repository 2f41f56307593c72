"""Which questions can be asked about all kinds of evidence together?"""

from fourfold.base.analysis import Analysis

ANALYSES: tuple[Analysis, ...] = ()
