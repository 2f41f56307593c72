"""What do the questions about movement of vehicles take, and how are they answered?"""

from fourfold.base.analysis import Analysis, Parameter
from fourfold.picture.vehicles.convoys import run_convoys
from fourfold.picture.vehicles.first_in_area import run_first_in_area
from fourfold.picture.vehicles.impossible import run_impossible
from fourfold.picture.vehicles.pattern import run_pattern
from fourfold.picture.vehicles.reads import PERIOD, TARGETS
from fourfold.picture.vehicles.regular_trips import run_regular_trips
from fourfold.picture.vehicles.travelled import run_travelled

LIMITS = (
    "A read is of a plate, not of a vehicle or a person: plates are cloned, borrowed "
    "and misread.",
    "Cameras do not stand everywhere, and miss plates: what was not read may still "
    "have been there.",
)
SOURCE = "NASPLE terms; definitions and defaults are common practice (inference)"


def _most(says: str, default: int = 200) -> Parameter:
    return Parameter("most_rows", says, "whole", default, least=1, most=10_000)


CONVOYS = Analysis(
    key="vehicles.convoys",
    question="Which vehicles travel together, past the same cameras in the same order?",
    method=(
        "Two vehicles pass a camera together when their reads there lie within the "
        "minutes set. Passes without a longer pause than set between them are one "
        "journey; it counts from so many different cameras on, which both must pass in "
        "the same order. Pairs are ranked by weight: for each camera, the logarithm of "
        "how unlikely it is that any one vehicle passes there within the minutes in "
        "that hour of the day, so that busy roads weigh little. The passes expected by "
        "chance are what would come of the cameras and hours that each vehicle keeps; "
        "surprise 3 is one in a thousand."
    ),
    takes=("reads",),
    run=run_convoys,
    parameters=(
        TARGETS,
        Parameter(
            "minutes", "Two passes this close count.", "number", 2.0, "minutes",
            least=0.25, most=30,
        ),
        Parameter(
            "least_cameras", "Fewest different cameras of a journey.", "whole", 3,
            least=2, most=50,
        ),
        Parameter(
            "least_journeys", "Fewest journeys together.", "whole", 1, least=1, most=99
        ),
        Parameter(
            "longest_pause", "Longest pause within a journey.", "number", 60.0,
            "minutes", least=1, most=1440,
        ),
        _most("Most pairs to list.", 100),
        *PERIOD,
    ),
    limits=(
        *LIMITS,
        "Traffic on one road goes together without knowing each other: look at the "
        "other vehicles on those journeys, and for repeated journeys.",
        "Only the pairs of greatest weight are put in order, twenty for each to list.",
    ),
    source=SOURCE,
)  # fmt: skip

FIRST_IN_AREA = Analysis(
    key="vehicles.first-in-area",
    question="Which vehicles came into an area for the first time in the data?",
    method=(
        "The area is a list of cameras, or those within so many metres of a place. A "
        "vehicle is new when its first read there falls on or after the day asked for. "
        "How far back the data reach, and whether it was read elsewhere before, is "
        "said."
    ),
    takes=("reads",),
    run=run_first_in_area,
    parameters=(
        Parameter("cameras", "Cameras of the area.", "texts", ()),
        Parameter("lat", "Or: degrees north of its middle.", "number", least=-90,
                  most=90),
        Parameter("lon", "And degrees east of its middle.", "number", least=-180,
                  most=180),
        Parameter("metres", "And how far from there.", "number", 2000.0, "metres",
                  least=1, most=200_000),
        Parameter("since", "First day on which a vehicle counts as new; empty: the "
                  "last days of the data.", "day"),
        Parameter("last_days", "Without such a day: how many days before the end of "
                  "the data.", "whole", 7, "days", least=1, most=366),
        TARGETS,
        _most("Most vehicles to list.", 500),
        *PERIOD,
    ),
    limits=(
        *LIMITS,
        "First in the data is not first ever: it means no more than the data reach "
        "back.",
    ),
    source=SOURCE,
)  # fmt: skip

REGULAR_TRIPS = Analysis(
    key="vehicles.regular-trips",
    question="Which vehicles make the same trip at about the same time of day?",
    method=(
        "A trip is two reads of a vehicle after each other, at two cameras, within the "
        "longest time set. Trips between the same two cameras in the same order count "
        "together when they begin in one window of the day; the window with most days "
        "is shown. Hours are by the clock of the zone."
    ),
    takes=("reads",),
    run=run_regular_trips,
    parameters=(
        TARGETS,
        Parameter(
            "minutes", "Half the window of the day in which they begin.", "number",
            30.0, "minutes", least=5, most=240,
        ),
        Parameter(
            "longest_trip", "Longest time from one camera to the next.", "number",
            120.0, "minutes", least=1, most=1440,
        ),
        Parameter(
            "least_days", "Fewest different days.", "whole", 4, least=2, most=366
        ),
        _most("Most trips to list."),
        *PERIOD,
    ),
    limits=(*LIMITS, "People go to work and to school at the same time every day."),
    source=SOURCE,
)  # fmt: skip

IMPOSSIBLE = Analysis(
    key="vehicles.impossible",
    question="Which plates were read at two places too far apart for one vehicle?",
    method=(
        "Two reads of a plate after each other are impossible when the great circle "
        "between the cameras, in the time between them and the seconds by which clocks "
        "may differ, needs a speed above the limit set. For each side it is looked "
        "whether the camera was unsure, and whether another plate that a camera may "
        "take for this one was read near enough that the read fits its journey. Plates "
        "are ranked by how many impossible pairs stay unexplained."
    ),
    takes=("reads",),
    run=run_impossible,
    parameters=(
        TARGETS,
        Parameter("kmh", "Faster than this is impossible.", "number", 200.0, "km/h",
                  least=50, most=1000),
        Parameter("least_metres", "Nearer than this is not looked at.", "number",
                  2000.0, "metres", least=0, most=1_000_000),
        Parameter("clock_seconds", "By how much the clocks of two cameras may differ.",
                  "whole", 60, "seconds", least=0, most=3600),
        Parameter("least_confidence", "A read below this is doubtful; one without a "
                  "confidence is not.", "number", 0.8, least=0, most=1),
        Parameter("around", "How near in time a plate that looks alike must be.",
                  "number", 60.0, "minutes", least=1, most=1440),
        _most("Most plates to list."),
        *PERIOD,
    ),
    limits=(
        *LIMITS,
        "Two vehicles may bear the plate, or one read may be wrong: the pictures "
        "decide.",
        "The way by road is longer than the great circle, so that some that are "
        "impossible by road are not shown.",
    ),
    source=SOURCE,
)  # fmt: skip

PATTERN = Analysis(
    key="vehicles.pattern",
    question="When and where is a vehicle usually read?",
    method=(
        "The reads of each vehicle are counted by hour and day of the week, by the "
        "clock of the zone, and by camera. Days are told apart at midnight."
    ),
    takes=("reads",),
    run=run_pattern,
    parameters=(TARGETS, *PERIOD),
    limits=LIMITS,
    source=SOURCE,
)

TRAVELLED = Analysis(
    key="vehicles.travelled",
    question="Which journeys did these vehicles make, and when is nothing known?",
    method=(
        "The reads of a vehicle in order of time; a journey ends where the pause to "
        "the "
        "next read is longer than set. Kilometres are along the great circles between "
        "cameras, and less than by road."
    ),
    takes=("reads",),
    run=run_travelled,
    parameters=(
        TARGETS,
        Parameter(
            "longest_pause", "Longest pause within a journey.", "number", 45.0,
            "minutes", least=1, most=1440,
        ),
        Parameter(
            "least_gap", "Shortest time without a read that is listed.", "number", 12.0,
            "hours", least=0.5, most=8760,
        ),
        _most("Most journeys to list.", 1000),
        *PERIOD,
    ),
    limits=(*LIMITS, "A gap says that no camera read the plate, not that it stood."),
    source=SOURCE,
)  # fmt: skip

ANALYSES: tuple[Analysis, ...] = (
    CONVOYS,
    FIRST_IN_AREA,
    REGULAR_TRIPS,
    IMPOSSIBLE,
    PATTERN,
    TRAVELLED,
)
