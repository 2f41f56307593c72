"""Which questions can be asked about images?"""

from fourfold.base.analysis import Analysis

ANALYSES: tuple[Analysis, ...] = ()
