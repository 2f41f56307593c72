"""What do we say when a file as a whole cannot be read?"""

from fourfold.base.errors import FourfoldError


class FileRefused(FourfoldError):
    """A file that cannot be read as a whole; nothing is loaded from it."""

    what = "{file} cannot be read."
    do = "Ask the sender for the extract again."
    status = 422


class NoSuchFile(FileRefused):
    """There is no file at that path."""

    what = "There is no file at {file}."
    do = "Check the path."


class EmptyFile(FileRefused):
    """The file holds nothing."""

    what = "{file} is empty."
    do = "Ask the sender for the extract again; nothing was loaded."


class WrongEncoding(FileRefused):
    """The bytes are not in the encoding that the layout names."""

    what = "Line {line} of {file} is not {encoding}; {fits} would fit."
    do = "Save the file as {encoding}, or correct `encoding` in layout {layout}."


class Truncated(FileRefused):
    """The file stops before its end."""

    what = "{file} is cut short at line {line}: {seen}."
    do = "Ask the sender for the whole file; nothing was loaded."


class BrokenQuotes(FileRefused):
    """A quotation mark opens and does not close where it should."""

    what = "Line {line} of {file} has a quotation mark out of place: {seen}."
    do = "Double the quotation marks inside a value, or export the file again."


class LineTooLong(FileRefused):
    """One line is longer than any row could be."""

    what = "Line {line} of {file} is longer than {limit} characters."
    do = "Check that this is an extract with one row a line, and export it again."


class NulByte(FileRefused):
    """A text file holds a NUL byte, so it is damaged or not text."""

    what = "Line {line} of {file} holds a NUL byte, so it is damaged or not text."
    do = "Export the file again as text."


class NotThisFormat(FileRefused):
    """The file is of another format than its layout says."""

    what = "{file} is {found}, not {expected}."
    do = "Export it as {expected}, or choose a layout that reads {found}."


class PasswordProtected(FileRefused):
    """The workbook is locked with a password."""

    what = "{file} is protected by a password."
    do = "Ask the sender for it without one, over a secure channel."


class OldWorkbook(FileRefused):
    """The workbook is in the format of Excel 2003 or before."""

    what = "{file} is a workbook of Excel 2003 or before."
    do = "Open it in Excel and save it as .xlsx."


class UnsafeFile(FileRefused):
    """The file is built in a way that could exhaust the machine."""

    what = "{file} was refused: {seen}."
    do = "Ask the sender for a plain export; nothing was loaded."


class NotWellFormed(FileRefused):
    """The file breaks the grammar of its format."""

    what = "Line {line} of {file} breaks the rules of {format}: {seen}."
    do = "Export the file again; nothing was loaded."


class NoSuchSheet(FileRefused):
    """The workbook lacks the sheet that the layout reads."""

    what = "{file} has no sheet called '{sheet}'; it has {present}."
    do = "Rename the sheet{hint}, or correct `sheet` in layout {layout}."


class HeadingTwice(FileRefused):
    """A column that the layout reads stands twice in the heading."""

    what = "{file} has the column '{heading}' twice."
    do = "Remove or rename one of the two."


class WrongKind(FileRefused):
    """The columns are those of another kind of rows."""

    what = "{file} does not look like {kind}; it looks like {looks}."
    do = "Import it as {looks}, or choose the right file."


class NoLayoutFits(FileRefused):
    """No layout of this body and kind has the columns of the file."""

    what = "{file} lacks columns that layout {layout} reads: {missing}."
    do = "{hint}"


class UnknownLayout(FourfoldError):
    """Nobody knows a layout by that name."""

    what = "No layout is called '{layout}'."
    do = "Use one of: {known}; or give the path of a layout's file."
    status = 404


class LayoutFault(FourfoldError):
    """A layout says something that its reader does not understand."""

    what = "Layout {layout} cannot be used ({count} found): {faults}."
    do = "Correct the sheet; nothing was read with it."
    status = 422
