"""Which addresses of mail and web does a text name?"""

import re
from collections.abc import Iterator

from fourfold.picture.messages.mentions.mention import Mention, Written, mention

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_ENDINGS = (
    "com|co\\.uk|org\\.uk|gov\\.uk|ac\\.uk|net|org|info|biz|uk|io|me|tv|ly|to|app|link|"
    "xyz|site|online|shop|eu|ru|cc"
)
_WEB = re.compile(
    r"[a-z2-7]{16,56}\.onion(?:/[^\s<>\"]*)?|(?:https?://|www\.)[^\s<>\"«»]+"
    rf"|(?<![\w@.-])(?:[a-z0-9-]{{2,63}}\.){{1,4}}(?:{_ENDINGS})(?![\w-]|\.\w)(?:/[^\s<>\"]*)?",
    re.IGNORECASE,
)


def mails(written: Written) -> Iterator[Mention]:
    """Which addresses of mail? The value is in small letters."""
    for found in _MAIL.finditer(written.text):
        yield mention("email", found, found[0].lower())


def webs(written: Written) -> Iterator[Mention]:
    """Which addresses of the web? The value lacks the scheme and the last stop."""
    for found in _WEB.finditer(written.text):
        text = found[0].rstrip(".,;:!?)'’]")
        value = re.sub(r"^https?://(?:www\.)?|^www\.", "", text, flags=re.IGNORECASE)
        if "." in value:
            host, slash, rest = value.partition("/")
            value = (host.lower() + slash + rest).rstrip("/")
            start = found.start()
            yield Mention("web", text, value, start, start + len(text))
