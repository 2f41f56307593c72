"""Which questions can be asked about calls?"""

from fourfold.base.analysis import Analysis
from fourfold.picture.calls.attribution import ATTRIBUTION
from fourfold.picture.calls.broadcasts import BROADCASTS
from fourfold.picture.calls.chains import CHAINS
from fourfold.picture.calls.common_contacts import COMMON
from fourfold.picture.calls.first_last import FIRST_LAST
from fourfold.picture.calls.handover_analyses import ANALYSES as HANDOVERS
from fourfold.picture.calls.identity_changes import HANDSETS, SIMS
from fourfold.picture.calls.new_since import NEW_SINCE
from fourfold.picture.calls.pattern import PATTERN
from fourfold.picture.calls.place_analyses import ANALYSES as PLACES
from fourfold.picture.calls.short_lived import SHORT_LIVED
from fourfold.picture.calls.silences import SILENCES
from fourfold.picture.calls.summary import SUMMARY
from fourfold.picture.calls.top_contacts import CONTACTS

ANALYSES: tuple[Analysis, ...] = (
    SUMMARY,
    CONTACTS,
    COMMON,
    FIRST_LAST,
    PATTERN,
    SILENCES,
    CHAINS,
    HANDSETS,
    SIMS,
    BROADCASTS,
    NEW_SINCE,
    SHORT_LIVED,
    ATTRIBUTION,
    *HANDOVERS,
    *PLACES,
)
