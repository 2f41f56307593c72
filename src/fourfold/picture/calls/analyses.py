"""Which questions can be asked about calls?"""

from fourfold.base.analysis import Analysis
from fourfold.picture.calls.common_contacts import COMMON
from fourfold.picture.calls.first_last import FIRST_LAST
from fourfold.picture.calls.handover_analyses import ANALYSES as HANDOVERS
from fourfold.picture.calls.pattern import PATTERN
from fourfold.picture.calls.top_contacts import CONTACTS

ANALYSES: tuple[Analysis, ...] = (CONTACTS, COMMON, FIRST_LAST, PATTERN, *HANDOVERS)
