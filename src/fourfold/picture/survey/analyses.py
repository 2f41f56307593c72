"""Which questions can be asked about survey?"""

from fourfold.base.analysis import Analysis

ANALYSES: tuple[Analysis, ...] = ()
