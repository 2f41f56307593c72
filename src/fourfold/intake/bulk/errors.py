"""What do we say when a table of evidence cannot be read as a whole?"""

from fourfold.base.errors import FourfoldError
from fourfold.intake.errors import FileRefused


class NotRecognised(FileRefused):
    """No heading of the file says what its columns are."""

    what = "{file} was not recognised as {kind}: it lacks {lacks}. It has {present}."
    do = "Say which is which with --columns ours=theirs; ours may be: {ours}."


class NoSuchColumn(FileRefused):
    """A column was named that the file does not have, or that we do not know."""

    what = "{file}: {faults}."
    do = "Its columns are {present}. Ours may be: {ours}."


class UnreadDates(FileRefused):
    """The moments of a file are written in no style that we know."""

    what = "The moments of {file} could not be read: {seen}."
    do = "Say how they are written, such as --dates '%d/%m/%Y %H:%M:%S'."


class UnknownZone(FourfoldError):
    """No time zone has that name."""

    what = "No time zone is called '{zone}'."
    do = "Use a name such as Europe/London or UTC."
    status = 422


class SeveralRefused(FileRefused):
    """More than one of the files cannot be read; all are named at once."""

    what = "{count} files cannot be read: {faults}"
    do = "Mend them and read again; nothing was loaded."


class UnknownBulkLayout(FourfoldError):
    """Nobody knows a layout of bulk evidence by that name."""

    what = "No layout of {kind} is called '{layout}'."
    do = "Use one of: {known}; or give the path of a layout's file."
    status = 404


class BulkLayoutFault(FourfoldError):
    """A layout sheet of bulk evidence says something that its reader cannot use."""

    what = "Layout {layout} cannot be used: {faults}."
    do = "Correct the sheet; nothing was read with it."
    status = 422
