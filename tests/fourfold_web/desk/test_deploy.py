"""Is a server set up by `deploy/roles.sql` like the embedded one where it matters?"""

from pathlib import Path

import pytest

from fourfold_web.desk.embedded import EXTENSIONS, LEAKPROOF, OWNER, SITE

ROLES = (Path(__file__).parents[3] / "deploy" / "roles.sql").read_text()


@pytest.mark.parametrize("name", EXTENSIONS)
def test_every_extension_is_made(name):
    assert f"CREATE EXTENSION IF NOT EXISTS {name};" in ROLES


@pytest.mark.parametrize("function", LEAKPROOF)
def test_every_function_an_index_needs_is_marked(function):
    assert f"ALTER FUNCTION {function} LEAKPROOF;" in ROLES


@pytest.mark.parametrize("role", [OWNER, SITE])
def test_both_roles_are_below_row_security(role):
    line = next(line for line in ROLES.splitlines() if f"ROLE {role} " in line)
    assert "NOSUPERUSER" in line
    assert "NOBYPASSRLS" in line
