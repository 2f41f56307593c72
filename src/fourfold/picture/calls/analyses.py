"""Which questions can be asked about calls?"""

from fourfold.base.analysis import Analysis
from fourfold.picture.calls.handover_analyses import ANALYSES as HANDOVERS

ANALYSES: tuple[Analysis, ...] = (*HANDOVERS,)
