"""What does somebody read when we cannot do what they asked?"""

from datetime import date
from typing import ClassVar

Fact = str | int | float | date


class FourfoldError(Exception):
    """Every error we raise on purpose: what happened, and what to do now.

    A subclass gives both sentences as templates. The keywords it is raised with
    fill them, and stay on the error as data for the API and the log.
    """

    what: ClassVar[str]
    do: ClassVar[str]
    status: ClassVar[int] = 400

    def __init__(self, **facts: Fact) -> None:
        self.facts = facts
        super().__init__(f"{self.what} {self.do}".format(**facts))


class SheetFault(FourfoldError):
    """A rule sheet says something that its reader does not understand."""

    what = "{sheet}, row {row}: {fault}."
    do = "Correct the sheet; nothing was loaded from it."
    status = 500


class UnknownCode(FourfoldError):
    """A value is not in the code list it should come from."""

    what = "'{value}' is not in the list {codes}."
    do = "Use one of: {known}."
    status = 422


class MissingColumns(FourfoldError):
    """A table handed to a sum lacks columns that it needs."""

    what = "{table} has no column {missing}; it has {present}."
    do = "Give the table the missing columns, or correct the layout that reads it."
    status = 422


class UnknownBody(FourfoldError):
    """Nobody knows a body by that name."""

    what = "No body is called '{body}'."
    do = "Use one of: {known}."
    status = 404


class UnknownRegion(FourfoldError):
    """Nobody knows a region by that name."""

    what = "No region is called '{region}'."
    do = "Use one of: {known}."
    status = 404
