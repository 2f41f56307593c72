"""Which questions can be asked about calls?"""

from fourfold.base.analysis import Analysis

ANALYSES: tuple[Analysis, ...] = ()
