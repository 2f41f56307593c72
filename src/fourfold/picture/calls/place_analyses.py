"""What do cells say: together, travelling, meeting, at home and at work?"""

from fourfold.base.analysis import Analysis, Parameter
from fourfold.picture.calls.place_colocation import run_colocation
from fourfold.picture.calls.place_homes import run_homes
from fourfold.picture.calls.place_joint import TARGETS, TOGETHER
from fourfold.picture.calls.place_meetings import run_meetings
from fourfold.picture.calls.place_travel import run_travel

LIMITS = (
    "A phone used a cell: it was somewhere in the area that the cell serves, which may "
    "be large, and not always the nearest.",
    "A phone is not a person.",
    "Cells are known only where the record gives them; texts and the other side of a "
    "call often have none.",
)
SOURCE = "Definitions and defaults are common practice (inference)"


def _most(name: str, says: str, default: int) -> Parameter:
    return Parameter(name, says, "whole", default, least=1, most=5000)


COLOCATION = Analysis(
    key="calls.colocation",
    question="Which phones used the same cell at about the same time?",
    method=(
        "Uses of one cell by two phones within the minutes set are counted, at most "
        "once in each such window. The number expected by chance is what would come of "
        "the cells that each used if the other's times were spread over all hours with "
        "traffic. Pairs are ranked by how unlikely their count is by chance (surprise: "
        "3 is one in a thousand); cells that few phones used weigh more."
    ),
    takes=("calls",),
    may_take=("cells",),
    run=run_colocation,
    parameters=(
        *TOGETHER,
        Parameter(
            "least_times", "Fewest times together.", "whole", 2, least=1, most=1000
        ),
        _most("most_pairs", "Most pairs to list.", 100),
    ),
    limits=(
        *LIMITS,
        "People of one street or one office use the same cells daily: together is not "
        "acquainted.",
    ),
    source=SOURCE,
)

TRAVEL = Analysis(
    key="calls.travel",
    question="Which phones travelled together, over the same sites in the same order?",
    method=(
        "Uses of one cell by two phones at about the same time are put in order. "
        "Those without a longer pause than set between them are one journey; a journey "
        "counts when it comes to enough different sites."
    ),
    takes=("calls",),
    may_take=("cells",),
    run=run_travel,
    parameters=(
        *TOGETHER,
        Parameter(
            "least_sites", "Fewest sites of a journey.", "whole", 3, least=2, most=50
        ),
        Parameter(
            "least_journeys", "Fewest journeys together.", "whole", 1, least=1, most=50
        ),
        Parameter(
            "longest_pause", "Longest pause within a journey.", "number", 3.0, "hours",
            least=0.25, most=24,
        ),
        _most("most_pairs", "Most pairs to list.", 100),
    ),
    limits=(*LIMITS, "Two who take one train or road at one hour look the same."),
    source=SOURCE,
)  # fmt: skip

MEETINGS = Analysis(
    key="calls.meetings",
    question="When did phones that ring each other come together and stop ringing?",
    method=(
        "Two phones that ring each other use one cell at about the same time; at least "
        "one of them used another cell before; they do not ring each other while "
        "there, nor for the silence set around it, and ring before and after. Pairs "
        "on one cell at one time are one meeting."
    ),
    takes=("calls",),
    may_take=("cells",),
    run=run_meetings,
    parameters=(
        *TOGETHER,
        Parameter(
            "silence", "Shortest silence between the calls before and after.", "number",
            60.0, "minutes", least=10, most=1440,
        ),
        Parameter(
            "within", "How long before and after they ring each other.", "number", 12.0,
            "hours", least=1, most=72,
        ),
        Parameter(
            "least_calls", "Fewest calls between the two in all.", "whole", 2, least=2,
            most=1000,
        ),
        _most("most_rows", "Most meetings to list.", 100),
    ),
    limits=(*LIMITS, "Silence and one cell are also what neighbours have at night."),
    source=SOURCE,
)  # fmt: skip

HOMES = Analysis(
    key="calls.homes",
    question="Which cell did each phone use at night, and which in working hours?",
    method=(
        "For each phone the cell used on most different nights (22:00 to 06:00 by the "
        "clock on the wall) and on most different weekdays (09:00 to 17:00), with how "
        "many there were. It is a likely home or work cell from the days and share on. "
        "The first and last cell of each day are shown; a day turns at 04:00."
    ),
    takes=("calls",),
    may_take=("cells",),
    run=run_homes,
    parameters=(
        TARGETS,
        Parameter("least_days", "Fewest nights or days.", "whole", 5, least=1, most=99),
        Parameter(
            "least_share", "Least share of the nights or days.", "number", 0.3, least=0,
            most=1,
        ),
        _most("most_rows", "Most rows to list.", 500),
    ),
    limits=(*LIMITS, "A cell of the nights is not an address."),
    source=SOURCE,
)  # fmt: skip

ANALYSES: tuple[Analysis, ...] = (COLOCATION, TRAVEL, MEETINGS, HOMES)
