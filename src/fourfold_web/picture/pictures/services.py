"""How is one picture shown, and how is it known that it was?"""

from django.core import signing

from fourfold.base.errors import FourfoldError
from fourfold.intake.handsets.one_picture import picture_bytes
from fourfold.picture.images.preview import blurred_preview, clear_preview
from fourfold_web.base.audit import NoReason, looked
from fourfold_web.base.models import Officer
from fourfold_web.intake.evidence import store
from fourfold_web.picture.pictures.queries import Picture, may_be_shown

SALT = "fourfold.picture.clear"
SECONDS = 300
"""For so long an officer who said why may load the picture itself (chosen)."""


class NotShown(FourfoldError):
    """A picture that nobody looks at here."""

    what = "This picture is not shown here."
    do = "Look at it with the tool that it came from, if you must and may."
    status = 403


def blurred(actor: Officer, picture: Picture) -> bytes:
    """A blurred JPEG of a picture; that it was looked at is written down.

    Raises:
        NotShown: it is on a list, set aside, or no longer to be found.
        NotAPicture: it cannot be opened.
    """
    data = _bytes_of(actor, picture)
    looked(actor, "record", f"{picture.about} (blurred)"[:200], count=1)
    return blurred_preview(data, str(picture.facts["path"]))


def ask_clear(actor: Officer, picture: Picture, reason: str) -> str:
    """A pass with which the officer may load the picture itself for some minutes.

    Raises:
        NoReason: no reason was given.
        NotShown: it is on a list or set aside.
    """
    if not reason.strip():
        raise NoReason(kind="picture")
    if not may_be_shown(actor, picture):
        raise NotShown
    looked(actor, "record", f"{picture.about} (clear)"[:200], reason=reason, count=1)
    return signing.dumps(_whose(actor, picture), salt=SALT)


def clear(actor: Officer, picture: Picture, given: str) -> bytes:
    """The picture itself, as a JPEG made anew.

    Raises:
        NotShown: the pass is another's, another picture's or too old, or as `blurred`.
        NotAPicture: it cannot be opened.
    """
    try:
        whose = signing.loads(given, salt=SALT, max_age=SECONDS)
    except signing.BadSignature as error:
        raise NotShown from error
    if whose != _whose(actor, picture):
        raise NotShown
    return clear_preview(_bytes_of(actor, picture), str(picture.facts["path"]))


def _whose(actor: Officer, picture: Picture) -> list[str]:
    return [actor.username, picture.file.reference, picture.sha256]


def _bytes_of(actor: Officer, picture: Picture) -> bytes:
    if not may_be_shown(actor, picture):
        raise NotShown
    given = store.bytes_of(picture.file.sha256, picture.file.name)
    data = picture_bytes(given, picture.sha256, str(picture.facts["path"]))
    if data is None:
        raise NotShown
    return data
