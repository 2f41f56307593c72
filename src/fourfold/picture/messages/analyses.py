"""Which questions can be asked about messages?"""

from fourfold.base.analysis import Analysis
from fourfold.picture.messages import finding_words, urgent_messages, words_of_interest

ANALYSES: tuple[Analysis, ...] = (
    finding_words.ANALYSIS,
    words_of_interest.ANALYSIS,
    urgent_messages.ANALYSIS,
)
