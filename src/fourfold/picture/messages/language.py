"""In which language is a text written, if it is long enough to tell?"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from fourfold.base.errors import FourfoldError

TOO_SHORT, NOT_SURE = "too short to tell", "not sure"
LEAST_LETTERS = 20
LEAST_SURE = 0.8
NAMES = {
    "en": "English",
    "ar": "Arabic",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "cs": "Czech",
    "cy": "Welsh",
    "de": "German",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "gu": "Gujarati",
    "hi": "Hindi",
    "hu": "Hungarian",
    "it": "Italian",
    "ku": "Kurdish",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "nl": "Dutch",
    "pa": "Punjabi",
    "pl": "Polish",
    "ps": "Pashto",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sq": "Albanian",
    "ta": "Tamil",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
"""Languages looked for unless others are asked for (chosen)."""


class UnknownLanguage(FourfoldError):
    """A language that the identifier does not know was asked for."""

    what = "The language '{language}' cannot be told."
    do = "Use codes of two letters, such as: {known}."
    status = 422


@cache
def identifier(languages: tuple[str, ...]) -> Any:
    """An identifier that chooses among these languages only.

    Raises:
        UnknownLanguage: one is not among those it learned.
    """
    made = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    unknown = sorted(set(languages) - set(made.labels)) or ([] if languages else ["-"])
    if unknown:
        known = ", ".join(sorted(NAMES))
        raise UnknownLanguage(language=", ".join(unknown), known=known)
    made.set_languages(list(languages))
    return made


def languages_of(
    texts: Sequence[str | None],
    languages: tuple[str, ...] = tuple(NAMES),
    least_letters: int = LEAST_LETTERS,
    least_sure: float = LEAST_SURE,
) -> list[str]:
    """In which language is each text: a code, `TOO_SHORT` or `NOT_SURE`?

    Args:
        texts: addresses of the web and signs do not count as letters.
        languages: codes to choose among; each text gets one of these or none.
        least_letters: fewer are too short to tell.
        least_sure: below this share of the identifier's belief it is not sure.
    """
    known = identifier(languages)
    told: dict[str, str] = {}
    found = []
    for text in texts:
        words = " ".join(
            part for part in (text or "").split() if "/" not in part and "@" not in part
        )
        if words not in told:
            told[words] = _told(words, known, least_letters, least_sure)
        found.append(told[words])
    return found


def _told(words: str, known: Any, least_letters: int, least_sure: float) -> str:
    if sum(map(str.isalpha, words)) < least_letters:
        return TOO_SHORT
    language, belief = known.classify(words)
    return str(language) if belief >= least_sure else NOT_SURE
