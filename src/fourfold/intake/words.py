"""Do two pieces of writing say the same word?"""

import re
import unicodedata

DASHES = re.compile("[\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d]")
INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
SPACES = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
WORD_BREAKS = re.compile(r"[\s_\-/.:*]+")


def tidy(text: str) -> str:
    """What does a cell say without its stray spaces?

    Runs of spaces, non-breaking ones too, become one; spaces at both ends, soft
    hyphens, zero-width and control characters go; line ends become a line feed.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    text = unicodedata.normalize("NFC", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = CONTROL.sub("", INVISIBLE.sub("", text))
    return SPACES.sub(" ", text).strip()


def plain_dashes(text: str) -> str:
    """What does the text say when every dash is a hyphen?"""
    return text if text.isascii() else DASHES.sub("-", text)


def same_word(text: str) -> str:
    """What stands for every way to write one word or heading?

    Case, spaces, dashes, underscores, colons, full stops and asterisks do not count.
    """
    return WORD_BREAKS.sub(" ", plain_dashes(tidy(text)).casefold()).strip()


def singular(text: str) -> str:
    """What stands for a word or phrase whether or not it ends in a plural s?"""
    return " ".join(
        word[:-1] if word.endswith("s") and len(word) > 3 else word
        for word in same_word(text).split()
    )
