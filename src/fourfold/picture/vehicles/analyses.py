"""Which questions can be asked about vehicles?"""

from fourfold.base.analysis import Analysis

ANALYSES: tuple[Analysis, ...] = ()
