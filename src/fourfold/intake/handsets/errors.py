"""What do we say when a handset report, chat, mailbox or picture cannot be read?"""

from fourfold.intake.errors import FileRefused


class NothingKnown(FileRefused):
    """A file is none of the forms that we read."""

    what = "{file} is {found}, which none of our readers of handsets reads."
    do = (
        "Give a UFDR or CASE report, a WhatsApp export, mbox, .eml, PDF, Word file, "
        "picture, or a folder or zip of these."
    )


class SeveralRefused(FileRefused):
    """More than one of the files given cannot be read as a whole."""

    what = "{count} files cannot be read: {file}"
    do = "Nothing was loaded. Mend or leave out these files and read the rest."


class DatesDisagree(FileRefused):
    """A chat writes the day first in one line and the month first in another."""

    what = (
        "{file} writes the day first in line {day_first} and the month first in line "
        "{month_first}, so its dates cannot be told."
    )
    do = "Export the chat again from one handset, or split the file where it changes."


class UnknownZone(FileRefused):
    """Nobody knows a time zone by that name."""

    what = "There is no time zone called '{file}'."
    do = "Use a name such as Europe/London or UTC."


class EmptyContainer(FileRefused):
    """A folder or zip holds no file."""

    what = "{file} holds no file."
    do = "Check that it was copied whole; nothing was loaded."
