"""Is nothing protected an input, and does Spark give the same answers?"""

import pytest

from fourfold.picture.messages.analyses import ANALYSES
from fourfold.picture.messages.lexicon import SHEETS, meanings

from .test_broadcasts import advert
from .told import messages, messages_of, rows, run

_WORDS = "ethnicity nationality religion muslim christian jewish gender disabled race"
PROTECTED = _WORDS.split()


def test_no_parameter_and_no_sheet_names_a_protected_characteristic():
    said = [p.name + p.says for a in ANALYSES for p in a.parameters]
    own = [s for name, sheets in SHEETS.items() for s in sheets if s != "drugs_listed"]
    said += [" ".join(row.terms) for sheet in own for row in meanings(sheet)]
    for word in PROTECTED:
        assert not any(word in text.lower().split() for text in said)


def test_every_analysis_says_its_question_method_and_limits():
    assert len({a.key for a in ANALYSES}) == len(ANALYSES) == 9
    for analysis in ANALYSES:
        assert analysis.question.endswith("?")
        assert analysis.method
        assert analysis.limits
        assert analysis.area == "messages"


@pytest.mark.slow
def test_duckdb_and_spark_give_the_same_answers():
    bodies = (
        "He's selling bikes",
        "don't sell❄️it 🔌🍁, tmrw 6ish",
        "hes been stabbed",
        "",
    )
    asked = {
        "search": {"words": "sell"},
        "urgent": {},
        "lexicons": {},
        "mentions": {},
        "threads": {},
        "languages": {},
        "conversations": {},
        "watch": {"terms": ("bikes", "+447700900002")},
    }
    for name, given in asked.items():
        one, other = (
            run(name, messages(*bodies), engine=engine, **given)
            for engine in ("duckdb", "spark")
        )
        assert one.answers == other.answers, name
        assert [rows(one, n) for n in range(len(one.tables))] == [
            rows(other, n) for n in range(len(other.tables))
        ], name
    table = messages_of([*advert(12), {"body": "é ü — naïve café words here"}])
    one, other = (run("broadcasts", table, engine=e) for e in ("duckdb", "spark"))
    assert rows(one) == rows(other)
    assert rows(one, 1) == rows(other, 1)
