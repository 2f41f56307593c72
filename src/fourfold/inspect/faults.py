"""Why can a document not be read?"""

from fourfold.base.errors import FourfoldError


class MissingFile(FourfoldError):
    """There is no file to read."""

    what = "There is no file {file}."
    do = "Check the name and the folder."
    status = 404


class UnknownFormat(FourfoldError):
    """The name's ending is not one we read."""

    what = "{file} is not a text, web page, Word or PDF file by its name."
    do = "Save it as .txt, .html, .docx or .pdf and try again."
    status = 415


class WrongSuffix(FourfoldError):
    """The name's ending says one thing and the content another."""

    what = "{file} is named {suffix} but holds {holds}."
    do = "Give the file the ending of what it holds, or find the right file."
    status = 415


class EmptyFile(FourfoldError):
    """The file has no bytes, or no words."""

    what = "{file} holds no words."
    do = "Check the download; a scanned PDF needs its text recognised first."
    status = 422


class ProtectedFile(FourfoldError):
    """The file opens only with a password."""

    what = "{file} is protected by a password."
    do = "Save a copy without a password and try again."
    status = 422


class NotText(FourfoldError):
    """A file named as text holds bytes that are no text."""

    what = "{file} holds bytes that are not text."
    do = "Check that it is the report; export it as text, web page, Word or PDF."
    status = 415


class DamagedFile(FourfoldError):
    """The file begins as it should but cannot be read to its end."""

    what = "{file} is damaged: its {holds} cannot be read."
    do = "Download or save the file again."
    status = 422


class TooLarge(FourfoldError):
    """The file is larger than any report."""

    what = "{file} has {megabytes} MB; a report has at most {most} MB."
    do = "Check that it is the report itself."
    status = 413
