"""`fourfold audit verify`: any altered, removed or re-ordered line is named."""

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fourfold_web.base.verify import LinesHidden, verify_log
from fourfold_web.picture.models import Threat
from tests.conftest import THREAT, saved

LINES = 5
ALTERATIONS = {
    "its text is changed": "UPDATE base_entry SET line = line || ' ' WHERE seq = {n}",
    "its event is changed": "UPDATE base_entry SET event = 'x' WHERE seq = {n}",
    "its time is changed": "UPDATE base_entry SET at = at + '1 s' WHERE seq = {n}",
    "what it made is changed": "UPDATE base_entry SET made = '[]' WHERE seq = {n}",
    "it is removed": "DELETE FROM base_entry WHERE seq = {n}",
}


def alter(words: str) -> None:
    """Do what only somebody with the keys to the database could do."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE base_entry DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE base_entry NO FORCE ROW LEVEL SECURITY")
        cursor.execute(words)
        cursor.execute("ALTER TABLE base_entry ENABLE TRIGGER USER")
        cursor.execute("ALTER TABLE base_entry FORCE ROW LEVEL SECURITY")


@pytest.fixture
def log(own_database):
    for number in range(LINES):
        saved(Threat, "derbyshire", **(THREAT | {"name": f"Group {number}"}))


def test_a_log_nobody_touched_is_whole(log):
    verdict = verify_log()
    assert verdict.whole
    assert verdict.lines == LINES


def test_a_log_read_as_the_site_is_not_called_broken(log, monkeypatch):
    site = connections["default"].settings_dict["USER"]
    monkeypatch.setitem(connections["owner"].settings_dict, "USER", site)
    with pytest.raises(LinesHidden):
        verify_log()


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(number=st.integers(1, LINES), how=st.sampled_from(sorted(ALTERATIONS)))
def test_any_alteration_is_found_and_its_line_named(own_database, number, how):
    own_database.copy("fourfold_template", "own_altered")
    own_database.use("own_altered")
    for n in range(LINES):
        saved(Threat, "derbyshire", **(THREAT | {"name": f"Group {n}"}))
    alter(ALTERATIONS[how].format(n=number))
    assert number in {found.line for found in verify_log().breaks}


def test_two_lines_that_changed_places_are_found(log):
    alter(
        "UPDATE base_entry SET seq = CASE seq WHEN 2 THEN 103 WHEN 3 THEN 102 END"
        " WHERE seq IN (2, 3)"
    )
    alter("UPDATE base_entry SET seq = seq - 100 WHERE seq > 100")
    assert {found.line for found in verify_log().breaks} >= {2, 3}


def test_a_log_rewritten_whole_is_found_by_the_seals_noted_before(log, tmp_path):
    seals = tmp_path / "seals.txt"
    assert verify_log(seals).whole
    alter("DELETE FROM base_entry")
    alter(f"UPDATE base_chainhead SET seq = 0, digest = '{'0' * 64}'")
    for number in range(LINES):
        saved(Threat, "derbyshire", **(THREAT | {"name": f"Other {number}"}))
    assert verify_log().whole, "by itself it looks whole"
    assert [found.line for found in verify_log(seals).breaks] == [LINES]
