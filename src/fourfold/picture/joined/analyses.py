"""Which questions can be asked about all kinds of evidence together?"""

from fourfold.base.analysis import Analysis, Parameter
from fourfold.picture.joined.events import WHO, ZONE
from fourfold.picture.joined.gaps import run_gaps
from fourfold.picture.joined.links import run_links
from fourfold.picture.joined.sightings import SOURCES
from fourfold.picture.joined.timeline import run_day, run_timeline
from fourfold.picture.joined.together import NEAR
from fourfold.picture.joined.where_together import run_where_together

MAY_TAKE = (*SOURCES, "cells")
LIMITS = (
    "A phone, a plate or an account is not a person: who used it is an attribution, "
    "and "
    "each row says which and why.",
    "A phone used a cell: where in the reach of the cell it was is not known.",
    "A picture and a handset say what their clock and receiver were set to say.",
    "What was not handed over is not here: silence is not absence.",
)
JOIN = (
    "Each kind of evidence is asked for the identifiers that the list attributes to "
    "the "
    "people, between the moments for which it does so; records outside are not used, "
    "and "
    "are counted. A cell takes the place of its mast on that day. "
)
SOURCE = "Definitions and defaults are common practice (inference)"


def _most(says: str, default: int) -> Parameter:
    return Parameter("most_rows", says, "whole", default, least=1, most=200_000)


TIMELINE = Analysis(
    key="joined.timeline",
    question="What did these people's phones, plates and accounts do, in order?",
    method=JOIN
    + "The records stand in order of time, each once, each with its file and "
    "line; where both sides are asked about it is seen from the side that began it.",
    takes=("identifiers",),
    may_take=MAY_TAKE,
    run=run_timeline,
    parameters=(*WHO, _most("Most events to show.", 5_000)),
    limits=LIMITS,
    source=SOURCE,
)

WHERE_TOGETHER = Analysis(
    key="joined.where-together",
    question="Where were two people's things near each other at about the same time?",
    method=JOIN
    + "Records of two people within the minutes set count when they name one "
    "cell or one camera, or when their places are no further apart than the metres set "
    "and the metres by which they are uncertain: a phone that used a cell may be as "
    "far "
    "from its mast as is set. The windows expected by chance are what would come of "
    "the "
    "windows that each spent at these places, at other times; surprise 3 is one in a "
    "thousand.",
    takes=("identifiers",),
    may_take=MAY_TAKE,
    run=run_where_together,
    parameters=(*WHO, *NEAR, _most("Most times to list.", 2_000)),
    limits=(
        *LIMITS,
        "Two phones on one cell may be miles apart.",
        "People who live or work near each other use the same cells: look at what "
        "chance "
        "would give.",
        "Chance is reckoned from the places at which they came together only.",
    ),
    source=SOURCE + "; 30 minutes and one cell as officers ask (chosen)",
)

LINKS = Analysis(
    key="joined.links",
    question="Who is tied to whom, by which kinds of evidence?",
    method=JOIN + "Records whose two sides are attributed to two people are counted by "
    "kind and way, with the first and the last; so are windows of time in which their "
    "things were near each other, and identifiers attributed to both. The rows are "
    "candidates for ties: no record is made of them here.",
    takes=("identifiers",),
    may_take=MAY_TAKE,
    run=run_links,
    parameters=(
        *WHO,
        *NEAR,
        Parameter("near", "Count times near each other too.", "flag", default=True),
        Parameter(
            "others", "Ties to numbers and accounts that nobody is attributed too.",
            "flag", default=False,
        ),
        _most("Most ties to list.", 2_000),
    ),
    limits=LIMITS,
    source=SOURCE,
)  # fmt: skip

DAY = Analysis(
    key="joined.day",
    question="What did one person's phones, plates and accounts do on a day?",
    method=JOIN + "The records of that day by the clock of the zone, in order of time, "
    "and hour by hour.",
    takes=("identifiers",),
    may_take=MAY_TAKE,
    run=run_day,
    parameters=(
        Parameter(
            "person", "Who, as the identifiers name them.", "text", required=True
        ),
        Parameter("on", "Which day.", "day", required=True),
        ZONE,
        _most("Most events to show.", 5_000),
    ),
    limits=LIMITS,
    source=SOURCE,
)

GAPS = Analysis(
    key="joined.gaps",
    question="For which times is nothing known of a person?",
    method=JOIN + "Times between two records that are longer than the hours set, and "
    "those from the start and to the end of the data, with how long half of the "
    "person's "
    "times are at most.",
    takes=("identifiers",),
    may_take=MAY_TAKE,
    run=run_gaps,
    parameters=(
        *WHO,
        Parameter(
            "hours", "Shortest time to list.", "number", 24.0, "hours", least=0.1,
            most=8760,
        ),
        _most("Most times to list.", 1_000),
    ),
    limits=LIMITS,
    source=SOURCE,
)  # fmt: skip

ANALYSES: tuple[Analysis, ...] = (TIMELINE, WHERE_TOGETHER, LINKS, DAY, GAPS)
