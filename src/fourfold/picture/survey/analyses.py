"""Which questions can be asked about a survey of radio cells?"""

from fourfold.base.analysis import Analysis
from fourfold.picture.survey import (
    best_server,
    calls_check,
    compare,
    could_serve,
    coverage,
    footprint,
    plan,
    quality,
)

GUIDE = (
    "Forensic Science Regulator, Code of Practice v2 (in force 2 October 2025), "
    "FSA-DIG-200, cell site analysis for geolocation"
)
TIME = "A survey shows the network on the days of the survey; networks change."
PLACE = (
    "A position is where the receiver's antenna was; inside a building, on another "
    "floor or at another height the answer may differ."
)
NOT_THE_PHONE = (
    "The survey instrument is not the phone in the case; models differ by several dB "
    "and choose cells by settings that a survey does not see."
)
NO_PLACE_OF_A_PHONE = (
    "It does not show where a phone was, only which cells served where."
)
RESOLVED = (
    "A neighbour known by channel and colour only was named by rule, not measured by "
    "its identity; such readings are counted apart."
)
GAPS = "Where nobody surveyed, nothing is known; no reading is not no coverage."
EVERYWHERE = (TIME, PLACE, NOT_THE_PHONE, NO_PLACE_OF_A_PHONE)

ANALYSES: tuple[Analysis, ...] = (
    Analysis(
        key="survey.quality",
        question="How good is this survey, and what of it may be used?",
        method=(
            "Every reading is put through the gates of the rule sheet in their order "
            "and counted under the first that it fails. Gaps are measured between "
            "moments of one survey, instrument and file. What fails a gate that leaves "
            "out is used by no other question."
        ),
        takes=("survey",),
        run=quality.quality,
        parameters=quality.PARAMETERS,
        limits=(
            "A gate finds what the file shows; a receiver that was wrongly calibrated "
            "and wrote plausible values passes.",
            "Whether the instrument was calibrated and when is not in the file; record "
            "it with the exhibit.",
        ),
        source=GUIDE,
    ),
    Analysis(
        key="survey.best-server",
        question="Which cell served in each square of the ground?",
        method=(
            "Observed, not computed: for each square, operator and technology, the "
            "cell on which the instrument camped in most moments, with its share, the "
            "next cell, and the difference of their mean levels while each served."
        ),
        takes=("survey",),
        run=best_server.best_server,
        parameters=best_server.PARAMETERS,
        limits=(GAPS, *EVERYWHERE),
        source=GUIDE,
    ),
    Analysis(
        key="survey.strongest",
        question="Which cell was heard strongest in each square of the ground?",
        method=(
            "Computed: in each moment the cell with the highest level among the "
            "serving cell and its neighbours counts; for each square, operator and "
            "technology the cell that was so most often is shown. Neighbours known by "
            "channel and colour only are named by the rules of neighbours and counted "
            "as resolved."
        ),
        takes=("survey",),
        may_take=("cells",),
        run=best_server.strongest,
        parameters=best_server.PARAMETERS,
        limits=(
            "The strongest cell is not always the one that serves: networks steer "
            "phones by priorities, offsets and load.",
            RESOLVED,
            GAPS,
            *EVERYWHERE,
        ),
        source=GUIDE,
    ),
    Analysis(
        key="survey.footprint",
        question="Where did each cell serve?",
        method=(
            "The places where a cell served are parted wherever nothing bridges a gap "
            "of the length asked for; an outline goes round each part and never beyond "
            "its places. What other cells served inside the outline is counted."
        ),
        takes=("survey",),
        run=footprint.footprint,
        parameters=footprint.PARAMETERS,
        limits=(
            "An outline holds the places where the cell was seen to serve; it may "
            "serve beyond, and inside it other cells serve too.",
            GAPS,
            *EVERYWHERE,
        ),
        source=f"{GUIDE}; outlines: Andrew (1979), Edelsbrunner and others (1983)",
    ),
    Analysis(
        key="survey.coverage",
        question="Which cells cover this address, this way, or were seen in this time?",
        method=(
            "All readings within the distance asked for are counted by moment: how "
            "often each cell served, how often it was heard, how strong, when, and how "
            "near. Distances are along a great circle, or to the nearest stretch of a "
            "way."
        ),
        takes=("survey",),
        may_take=("cells",),
        run=coverage.coverage,
        parameters=coverage.PARAMETERS,
        limits=(RESOLVED, GAPS, *EVERYWHERE),
        source=GUIDE,
    ),
    Analysis(
        key="survey.could-serve",
        question="Could this cell have served here?",
        method=(
            "What was seen of the cell near the place and elsewhere is put together as "
            "evidence for and against. From it facts are drawn by the parameters, and "
            "the first rule of the sheet whose facts hold gives one of three words: "
            "consistent, not consistent, cannot tell."
        ),
        takes=("survey",),
        may_take=("cells",),
        run=could_serve.could_serve,
        parameters=could_serve.PARAMETERS,
        limits=(
            "Consistent is not proof: the cell serves elsewhere too.",
            "Not consistent is not impossible: masts near by may have been off at the "
            "time. Ask the operator whether this mast and its neighbours were working.",
            RESOLVED,
            *EVERYWHERE,
        ),
        source=GUIDE,
    ),
    Analysis(
        key="survey.compare",
        question="What changed between two surveys?",
        method=(
            "Only squares with enough moments in both count. A cell is gone or new "
            "when one survey heard it in none of them, the other in so many that a "
            "sign test rules out chance; a square where an unnamed neighbour of its "
            "channel and colour was heard counts for neither. Levels are compared "
            "square by square with a "
            "paired t test; chances are corrected for the number of cells. The best "
            "server of each square is the cell that served most often."
        ),
        takes=("survey",),
        may_take=("cells",),
        run=compare.compare,
        parameters=compare.PARAMETERS,
        limits=(
            "Two instruments, antennas or vehicles differ; a change of all levels by "
            "the same amount is most likely the kit.",
            "A cell that is gone from the shared squares may still serve elsewhere.",
            RESOLVED,
            PLACE,
        ),
        source=f"{GUIDE}; sign test: Conover (1999); Student (1908); Holm (1979)",
    ),
    Analysis(
        key="survey.calls-check",
        question="Are the cells that this phone used among those seen at a place?",
        method=(
            "The cells named in the events of the phones asked for are looked up among "
            "the cells that served, or were heard, in moments near the place."
        ),
        takes=("survey", "calls"),
        may_take=("cells",),
        run=calls_check.calls_check,
        parameters=calls_check.PARAMETERS,
        limits=(
            "A cell that was seen at the place is seen at other places too.",
            RESOLVED,
            *EVERYWHERE,
        ),
        source=GUIDE,
    ),
    Analysis(
        key="survey.plan",
        question="What is the shortest drive that covers these cells and addresses?",
        method=(
            "Each cell is expected to serve where its antenna looks, at the distance "
            "asked for. The fewest crossings are chosen from which all places are "
            "within reach (set cover, solved exactly where that is quick), then the "
            "quickest order of stops is sought over the roads, home again included "
            "(guided local search from three starts), and stops are moved along the "
            "way. No clock ends the search: the same input gives the same plan."
        ),
        takes=(),
        may_take=("visits", "cells", "roads"),
        run=plan.plan,
        parameters=plan.PARAMETERS,
        limits=(
            "The order is the best found, not proven to be the best there is.",
            "Speeds are as given: traffic, lights and closures are not known.",
            "Where a cell should serve is reckoned from the cell-site list; the survey "
            "shows where it does.",
            "Without roads a square grid stands in for them: the saving is then an "
            "estimate.",
        ),
        source=(
            "Set cover and vehicle routing by OR-tools (Google); quickest ways: "
            "Dijkstra (1959)"
        ),
    ),
)
