"""Which questions can be asked about messages?"""

from fourfold.base.analysis import Analysis

ANALYSES: tuple[Analysis, ...] = ()
