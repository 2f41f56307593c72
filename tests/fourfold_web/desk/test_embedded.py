"""Does the embedded server start, stay closed, survive what happens, and end?"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from fourfold_web.desk.cluster import LONGEST_SOCKET_PATH
from fourfold_web.desk.embedded import (
    OWNER,
    SITE,
    Server,
    create_database,
    drop_database,
    ensure_server,
    stop_server,
    throwaway_server,
    using_server,
)
from fourfold_web.desk.home import HomeNotWritable, PasswordsLost

OLDER_SERVER = Path("/usr/lib/postgresql/15/bin")
USE_UNTIL_KILLED = """
import sys, time
from pathlib import Path
from fourfold_web.desk.embedded import using_server
with using_server(Path(sys.argv[1]), durable=False):
    print("using", flush=True)
    time.sleep(60)
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with throwaway_server() as running:
        yield running


@pytest.fixture
def home() -> Iterator[Path]:
    """A data home that does not exist yet, in a folder that everybody may enter."""
    folder = Path(tempfile.mkdtemp(prefix="fourfold-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder / "home"
    stop_server(folder / "home")
    shutil.rmtree(folder)


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        answer = connection.execute(question).fetchone()
    assert answer is not None
    return answer[0]


def server_pid(home: Path) -> int:
    pid_file = home / "postgres" / "data" / "postmaster.pid"
    return int(pid_file.read_text().split()[0])


def remember_a_row(server: Server) -> None:
    with psycopg.connect(server.owner_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")


@pytest.mark.parametrize("role", [OWNER, SITE])
def test_a_role_signs_in_and_has_no_power_over_row_security(server, role):
    powers = (
        "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb"
        " FROM pg_roles WHERE rolname = current_user"
    )
    assert ask(server.url(role), "SELECT current_user") == role
    assert ask(server.url(role), powers) is False


def test_the_owner_makes_tables_and_the_site_may_not(server):
    make = "CREATE TABLE made_by_owner (n integer)"
    with psycopg.connect(server.owner_url) as connection:
        connection.execute(make)
    refused = pytest.raises(psycopg.errors.InsufficientPrivilege)
    with psycopg.connect(server.site_url) as connection, refused:
        connection.execute(make.replace("made_by_owner", "made_by_site"))


def test_a_wrong_password_is_refused(server):
    assert ask(server.site_url, "SELECT 1") == 1
    wrong = server.site_url.replace(server.passwords[SITE], "wrong")
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(wrong)


def test_the_server_opens_no_network_port(server):
    assert ask(server.superuser_url, "SHOW listen_addresses") == ""


def test_passwords_and_socket_are_for_nobody_else(server):
    assert (server.home / "passwords.json").stat().st_mode & 0o777 == 0o600
    assert server.socket_folder.stat().st_mode & 0o777 == 0o700
    assert server.passwords[SITE] not in repr(server)


def test_the_server_never_runs_as_root(server):
    assert Path(f"/proc/{server_pid(server.home)}").stat().st_uid != 0


def test_a_hidden_row_does_not_cost_the_reader_the_index(server):
    with psycopg.connect(server.owner_url) as connection:
        connection.execute(
            f"""CREATE TABLE noted (body text, open boolean);
            INSERT INTO noted SELECT md5(n::text), n % 2 = 0
              FROM generate_series(1, 20000) AS n;
            CREATE INDEX ON noted USING gin (body gin_trgm_ops);
            ALTER TABLE noted ENABLE ROW LEVEL SECURITY;
            CREATE POLICY seen ON noted FOR SELECT TO {SITE} USING (open);
            GRANT SELECT ON noted TO {SITE}"""
        )
        connection.execute("ANALYZE noted")
    with psycopg.connect(server.site_url) as connection:
        plan = connection.execute(
            "EXPLAIN SELECT * FROM noted WHERE body ILIKE '%abcdef1%'"
        ).fetchall()
    assert "Bitmap Index Scan" in str(plan)
    assert ask(server.site_url, "SELECT count(*) FROM noted") == 10_000


def test_a_database_from_a_template_has_its_rows_and_goes_when_dropped(server):
    create_database(server, "template_rows")
    with psycopg.connect(server.url(OWNER, "template_rows")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    create_database(server, "copied rows", template="template_rows")
    assert ask(server.url(OWNER, "copied rows"), "SELECT answer FROM kept") == 42
    drop_database(server, "copied rows")
    drop_database(server, "copied rows")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(server.url(OWNER, "copied rows"))


def test_a_second_call_finds_the_server_and_a_restart_finds_the_rows(home):
    first = ensure_server(home)
    assert first.started_by_us
    assert not ensure_server(home).started_by_us
    remember_a_row(first)
    assert stop_server(home)
    assert not stop_server(home)
    assert ask(ensure_server(home).owner_url, "SELECT answer FROM kept") == 42


def test_a_killed_server_comes_back_with_its_rows(home):
    remember_a_row(ensure_server(home))
    os.kill(server_pid(home), signal.SIGKILL)
    again = ensure_server(home)
    assert again.started_by_us
    assert ask(again.owner_url, "SELECT answer FROM kept") == 42


def test_a_stale_note_that_names_a_living_stranger_is_seen_through(home):
    ensure_server(home, durable=False)
    note = home / "postgres" / "data" / "postmaster.pid"
    words = note.read_text().split("\n", 1)[1]
    stop_server(home)
    note.write_text(f"{os.getpid()}\n{words}")
    assert ensure_server(home, durable=False).started_by_us


def test_the_last_user_to_leave_stops_the_server(home):
    with using_server(home, durable=False):
        with using_server(home, durable=False) as inner:
            assert not inner.started_by_us
        assert ask(inner.site_url, "SELECT 1") == 1
    assert not stop_server(home)


def test_a_killed_user_counts_as_gone(home):
    command = [sys.executable, "-c", USE_UNTIL_KILLED, str(home)]
    ours_too = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    other = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ours_too)
    assert other.stdout is not None
    assert other.stdout.readline() == "using\n"
    with using_server(home, durable=False) as ours:
        assert not ours.started_by_us
        other.kill()
        other.communicate()
    assert not stop_server(home)


def test_a_home_with_a_long_path_still_has_a_socket(home):
    deep = home / ("a" * 60) / ("b c" * 20) / "home"
    with using_server(deep, durable=False) as server:
        assert len(str(server.socket_folder)) < LONGEST_SOCKET_PATH
        assert ask(server.site_url, "SELECT 1") == 1


def test_a_home_that_is_a_file_is_named_in_the_refusal(home):
    home.write_text("in the way")
    with pytest.raises(HomeNotWritable, match=str(home)):
        ensure_server(home)


def test_a_database_without_its_passwords_is_not_thrown_away(home):
    ensure_server(home, durable=False)
    stop_server(home)
    (home / "passwords.json").unlink()
    with pytest.raises(PasswordsLost):
        ensure_server(home)
    assert (home / "postgres" / "data").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can close a folder to others")
def test_root_may_keep_its_home_where_nobody_else_can_enter(home):
    home.parent.chmod(0o700)
    with using_server(home, durable=False) as server:
        assert ask(server.site_url, "SELECT 1") == 1
    assert home.parent.stat().st_mode & 0o777 == 0o700
    shutil.rmtree((home / "postgres").resolve())


@pytest.mark.skipif(not OLDER_SERVER.exists(), reason="needs Debian's PostgreSQL 15")
def test_the_machines_own_older_server_will_do(home, monkeypatch):
    monkeypatch.setenv("FOURFOLD_POSTGRES", str(OLDER_SERVER))
    with using_server(home, durable=False) as server:
        assert server.version.startswith("15.")
        assert ask(server.site_url, "SELECT 1") == 1
    monkeypatch.delenv("FOURFOLD_POSTGRES")
    with using_server(home, durable=False) as server:
        assert server.version.startswith("15."), "the data decides the version"


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.4, 0.7, 1.0, 1.4, 2.0])
def test_a_first_start_that_was_cut_off_anywhere_is_taken_up_again(home, seconds):
    command = [sys.executable, "-c", USE_UNTIL_KILLED, str(home)]
    ours_too = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=ours_too) as first:
        time.sleep(seconds)
        first.kill()
    with using_server(home, durable=False) as server:
        assert ask(server.site_url, "SELECT current_user") == SITE
        assert ask(server.owner_url, "SELECT current_user") == OWNER
    assert not list((home / "postgres").glob(".new-*"))
