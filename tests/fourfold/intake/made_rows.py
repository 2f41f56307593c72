"""Which canonical rows can a kind have? Strategies and plain examples for the tests."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from fourfold.base.bodies import BODIES
from fourfold.base.codes import CODES
from fourfold.intake.kinds import KINDS, Field, Kind
from fourfold.intake.layout import Layout
from fourfold.intake.words import tidy

LETTERS = "abcdefghij ABCDEF0123456789éü£'&,.()/"
UNKNOWN_OR_EMPTY = {"", "n/k", "nk", "n/a", "tbc", "null", "-", "unknown", "not known"}
DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))

THREAT: dict[str, Any] = {
    "ref": "T-1",
    "name": "Op Copper Kettle",
    "kind": "ocg",
    "theme": "drugs",
    "type": "tactical",
    "moderation": "moderated",
    "soc": "soc",
    "phase": "Active",
    "opened_on": "2021-03-01",
}
"""The cells of a threat that is whole under the layout `canonical`."""


def blank_row(kind: Kind, body: str = "derbyshire") -> dict[str, Any]:
    """A row of the kind in which nothing is known."""
    blank: dict[str, Any] = {
        name: [] if field.type in ("list", "bodies") else None
        for name, field in kind.fields.items()
    }
    return blank | {"body": body}


def threat(**changed: Any) -> dict[str, Any]:
    """The canonical row of THREAT, with some fields changed."""
    known = THREAT | {"opened_on": date(2021, 3, 1)}
    return blank_row(KINDS["threats"]) | known | changed


def texts(least: int = 1) -> st.SearchStrategy[str]:
    """Tidy texts that are neither empty nor a word for unknown."""
    return (
        st.text(LETTERS, min_size=least, max_size=30)
        .map(tidy)
        .filter(lambda t: t.casefold() not in UNKNOWN_OR_EMPTY)
        .filter(lambda t: not t.casefold().startswith(("total", "end", "row")))
    )


@st.composite
def rows_for(draw: st.DrawFn, layout: Layout) -> list[dict[str, Any]]:
    """Rows that a layout can print: up to five, each with its own key."""
    kind = layout.kind
    found = []
    for n in range(draw(st.integers(0, 5))):
        day = draw(DAYS)
        row = blank_row(kind, layout.body)
        for name, column in layout.columns.items():
            field = kind.fields[name]
            value = draw(_value(field, layout, day))
            if value is None and field.required:
                value = draw(_value(field, layout, day).filter(bool))
            row[name] = value
            assert column.field == name
        row[kind.key[-1]] = f"R-{n}" if kind.key[-1] != "unit" else f"Unit {n}"
        for name, value in layout.constants.items():
            row[name] = value
        found.append(row)
    return found


def _value(field: Field, layout: Layout, day: date) -> st.SearchStrategy[Any]:
    maybe = st.none() if not field.required else st.nothing()
    if field.type == "date":
        return maybe | st.just(day)
    if field.codes and field.type == "code":
        return maybe | st.sampled_from(sorted(CODES[field.codes].values))
    if field.codes or field.name == "compartments":
        codes = CODES[field.codes].values if field.codes else ["sycamore", "juniper"]
        return st.lists(st.sampled_from(sorted(codes)), max_size=3, unique=True)
    if field.type == "body":
        return maybe | st.sampled_from(sorted(BODIES))
    if field.type == "bodies":
        return st.lists(st.sampled_from(sorted(BODIES)), max_size=3, unique=True)
    if field.type == "boolean":
        return maybe | st.booleans()
    if field.type == "integer":
        return maybe | st.integers(1, 5)
    if field.type in ("number", "money"):
        return maybe | st.integers(0, 100).map(lambda n: n / 100)
    return maybe | texts(3).filter(lambda t: t not in layout.codes.get(field.name, {}))
