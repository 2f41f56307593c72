"""Which numbers were replaced by which, as a question that can be asked of calls?"""

from datetime import UTC, date, datetime, time
from typing import Any

from fourfold.base.analysis import Analysis, Case, Findings, Parameter
from fourfold.picture.calls.handover_change import Changes, falls, on_day, rises
from fourfold.picture.calls.handover_found import (
    Asked,
    handovers_found,
    nothing_found,
)
from fourfold.picture.calls.handover_match import best_match
from fourfold.picture.calls.handover_narrow import fetched_traffic, promising
from fourfold.picture.calls.handover_sides import sides_of
from fourfold.picture.calls.handover_traffic import MICROSECONDS_A_DAY

LEAST_SURE = 1.0


def run_handovers(case: Case) -> Findings:
    """Find which new number took over from which old one, for a case."""
    asked = _asked(case.parameters)
    case.tell(0.05, "Counting the events of each number")
    traffic, notes = fetched_traffic(case)
    case.tell(0.6, "Looking for numbers that fall silent or come into use")
    least, left = case.parameters["least_events"], case.parameters["most_left"]
    old, new = falls(traffic, least, left), rises(traffic, least, left)
    old, new = (c.where(c.sure >= LEAST_SURE) for c in (old, new))
    old, new = _near(old, case.parameters), _near(new, case.parameters)
    if not len(old) or not len(new):
        return nothing_found(
            f"No replacement can be looked for: {len(old)} numbers fall silent and "
            f"{len(new)} come into use.",
        )
    old, new = promising(traffic, old, new, case.parameters["most_numbers"])
    case.tell(0.7, "Weighing each new number against each old one")
    sides = sides_of(traffic, old, new)
    found = best_match(
        sides,
        case.parameters["longest_gap"],
        case.parameters["longest_overlap"],
        cells=case.parameters["cells"],
    )
    case.tell(0.95, "Putting the evidence into words")
    findings = handovers_found(sides, found, asked)
    return Findings(findings.answers, findings.tables, notes=notes)


def _asked(parameters: Any) -> Asked:
    return Asked(
        targets=frozenset(parameters["targets"] or ()),
        least_score=float(parameters["least_score"]),
        most_pairs=int(parameters["most_pairs"]),
    )


def _near(changes: Changes, parameters: Any) -> Changes:
    day: date | None = parameters["changed_on"]
    if day is None:
        return changes
    noon = datetime.combine(day, time(12), tzinfo=UTC)
    within = int(1.5 * MICROSECONDS_A_DAY)
    return on_day(changes, int(noon.timestamp()) * 1_000_000, within)


METHOD = (
    "Each number's traffic is searched for the moment at which it clearly falls away "
    "or sets in. Each number that sets in is weighed against each that falls away at "
    "about that time: contacts in common (one that few have counts more), cells, time "
    "between, volume, hours and direction of calls, and a shared handset. Contacts "
    "that changed numbers themselves are followed to their own replacements, so that "
    "a crew that changes all its phones at once is found by who rings whom. Each new "
    "number is given to one old number at most, so that the whole fits best. What is "
    "in common is compared with what others in the same data have in common by "
    "chance."
)

HANDOVERS = Analysis(
    key="calls.handovers",
    question="Which new phone numbers took over from numbers that fell silent?",
    method=METHOD,
    takes=("calls",),
    run=run_handovers,
    parameters=(
        Parameter("targets", "Only these old numbers; empty: any.", "texts", ()),
        Parameter(
            "changed_on",
            "Only numbers that change within a day and a half of noon on this day.",
            "day",
        ),
        Parameter(
            "least_events",
            "Fewest events of the old before it falls silent, and of the new since.",
            "whole",
            4,
            least=2,
            most=1000,
        ),
        Parameter(
            "longest_gap",
            "Longest time between old and new.",
            "number",
            7.0,
            "days",
            least=0,
            most=365,
        ),
        Parameter(
            "longest_overlap",
            "Longest time that both were in use.",
            "number",
            2.0,
            "days",
            least=0,
            most=90,
        ),
        Parameter(
            "most_left",
            "Most traffic left after a number falls silent, as a share of that before.",
            "number",
            0.35,
            least=0,
            most=0.9,
        ),
        Parameter("cells", "Count cells in common as evidence.", "flag", default=True),
        Parameter(
            "least_score", "Least score to list.", "number", 0.02, least=0, most=1
        ),
        Parameter("most_pairs", "Most pairs to list.", "whole", 50, least=1, most=1000),
        Parameter(
            "most_calls",
            "Calls up to which all numbers are weighed; of more, those that change.",
            "whole",
            300_000,
            least=0,
            most=2_000_000,
        ),
        Parameter(
            "most_numbers",
            "Most numbers to weigh in full on each side; in larger data those that "
            "share rare contacts or changed together.",
            "whole",
            1500,
            least=10,
            most=5000,
        ),
    ),
    limits=(
        "A number is not a person: the list names candidates for an officer to test "
        "against other evidence.",
        "A number passed to another person is found only if its traffic falls.",
        "The data must hold some days before and after the change; a silence that is "
        "short for how busy the number was counts little.",
        "If the data covers only some numbers, others look as if they fell silent when "
        "their cover ends.",
        "The score ranks. It is not the probability that two numbers had one user.",
        "Members of a crew who ring each other equally can be told apart only by cells "
        "and habits; the column 'ahead of its best alternative' shows by how much.",
    ),
    source="Own method; weights in the sheet handover; default of 7 days from common "
    "practice (inference)",
)

ANALYSES: tuple[Analysis, ...] = (HANDOVERS,)
