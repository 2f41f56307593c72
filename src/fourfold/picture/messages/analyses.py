"""Which questions can be asked about messages?"""

from fourfold.base.analysis import Analysis
from fourfold.picture.messages import (
    broadcasts,
    conversations,
    finding_words,
    languages,
    named_things,
    threads,
    urgent_messages,
    watch,
    words_of_interest,
)

ANALYSES: tuple[Analysis, ...] = (
    urgent_messages.ANALYSIS,
    finding_words.ANALYSIS,
    named_things.ANALYSIS,
    words_of_interest.ANALYSIS,
    broadcasts.ANALYSIS,
    watch.ANALYSIS,
    threads.ANALYSIS,
    conversations.ANALYSIS,
    languages.ANALYSIS,
)
