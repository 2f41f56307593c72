"""Which questions can be asked about vehicles?"""

from fourfold.base.analysis import Analysis
from fourfold.picture.vehicles.bulk_search import BULK_SEARCH
from fourfold.picture.vehicles.hits import HITS_ANALYSIS
from fourfold.picture.vehicles.movement_analyses import ANALYSES as MOVEMENT
from fourfold.picture.vehicles.outcomes import OUTCOMES

ANALYSES: tuple[Analysis, ...] = (HITS_ANALYSIS, *MOVEMENT, BULK_SEARCH, OUTCOMES)
