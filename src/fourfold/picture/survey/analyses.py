"""Which questions can be asked about a survey of radio cells?"""

from fourfold.base.analysis import Analysis
from fourfold.picture.survey import best_server, quality

GUIDE = (
    "Forensic Science Regulator, Code of Practice v2 (in force 2 October 2025), "
    "FSA-DIG-200, cell site analysis for geolocation"
)
TIME = "A survey shows the network on the days of the survey; networks change."
PLACE = (
    "A position is where the receiver's antenna was; inside a building, on another floor "
    "or at another height the answer may differ."
)
NOT_THE_PHONE = (
    "The survey instrument is not the phone in the case; models differ by several dB and "
    "choose cells by settings that a survey does not see."
)
NO_PLACE_OF_A_PHONE = (
    "It does not show where a phone was, only which cells served where."
)

ANALYSES: tuple[Analysis, ...] = (
    Analysis(
        key="survey.quality",
        question="How good is this survey, and what of it may be used?",
        method=(
            "Every reading is put through the gates of the rule sheet in their order and "
            "counted under the first that it fails. Gaps are measured between moments of "
            "one survey, instrument and file. What fails a gate that leaves out is used "
            "by no other question."
        ),
        takes=("survey",),
        run=quality.quality,
        parameters=quality.PARAMETERS,
        limits=(
            "A gate finds what the file shows; a receiver that was wrongly calibrated "
            "and wrote plausible values passes.",
        ),
        source=GUIDE,
    ),
    Analysis(
        key="survey.best-server",
        question="Which cell served in each square of the ground?",
        method=(
            "Observed, not computed: for each square, operator and technology, the cell "
            "on which the instrument camped in most moments, with its share, the next "
            "cell, and the difference of their mean levels while each served."
        ),
        takes=("survey",),
        run=best_server.best_server,
        parameters=best_server.PARAMETERS,
        limits=(TIME, PLACE, NOT_THE_PHONE, NO_PLACE_OF_A_PHONE),
        source=GUIDE,
    ),
    Analysis(
        key="survey.strongest",
        question="Which cell was heard strongest in each square of the ground?",
        method=(
            "Computed: in each moment the cell with the highest level among the serving "
            "cell and its neighbours counts; for each square, operator and technology the "
            "cell that was so most often is shown. Neighbours known by channel and colour "
            "only are named by the rules of neighbours and counted as resolved."
        ),
        takes=("survey",),
        may_take=("cells",),
        run=best_server.strongest,
        parameters=best_server.PARAMETERS,
        limits=(
            "The strongest cell is not always the one that serves: networks steer phones "
            "by priorities, offsets and load.",
            "A neighbour that was resolved was not measured by its identity.",
            TIME,
            PLACE,
            NOT_THE_PHONE,
            NO_PLACE_OF_A_PHONE,
        ),
        source=GUIDE,
    ),
)
