"""Which questions can be asked of bulk evidence, area by area?"""

from fourfold.base.analysis import Analysis
from fourfold.base.errors import FourfoldError
from fourfold.picture.calls.analyses import ANALYSES as CALLS
from fourfold.picture.images.analyses import ANALYSES as IMAGES
from fourfold.picture.joined.analyses import ANALYSES as JOINED
from fourfold.picture.messages.analyses import ANALYSES as MESSAGES
from fourfold.picture.survey.analyses import ANALYSES as SURVEY
from fourfold.picture.vehicles.analyses import ANALYSES as VEHICLES


class UnknownAnalysis(FourfoldError):
    """Nobody knows an analysis by that name."""

    what = "No analysis is called '{analysis}'."
    do = "Use one of: {known}."
    status = 404


ANALYSES: dict[str, Analysis] = {
    analysis.key: analysis
    for analysis in (*CALLS, *MESSAGES, *IMAGES, *SURVEY, *VEHICLES, *JOINED)
}


def analysis(key: str) -> Analysis:
    """Which analysis is called `key`, such as "calls.handovers"?

    Raises:
        UnknownAnalysis: none is.
    """
    if key not in ANALYSES:
        raise UnknownAnalysis(analysis=key, known=", ".join(ANALYSES))
    return ANALYSES[key]
