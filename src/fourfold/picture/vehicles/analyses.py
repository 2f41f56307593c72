"""Which questions can be asked about vehicles?"""

from fourfold.base.analysis import Analysis
from fourfold.picture.vehicles.hits import HITS_ANALYSIS

ANALYSES: tuple[Analysis, ...] = (HITS_ANALYSIS,)
