"""What lies in the data home, and may we use it?"""

import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from fourfold.base.errors import FourfoldError
from fourfold_web.desk.binaries import copy_programs, find_programs, server_account
from fourfold_web.desk.cluster import Cluster, new_password

SHARED_FOLDER = Path("/var/lib/fourfold")


class HomeNotWritable(FourfoldError):
    """The data home cannot be made or written to."""

    what = "The data folder {home} cannot be written to: {said}."
    do = "Set FOURFOLD_HOME to a folder you may write to."
    status = 503


class HomeOfSomebodyElse(FourfoldError):
    """The data home was made by another account of this machine."""

    what = "The database in {home} belongs to the account {owner}, and you are {we}."
    do = "Start Fourfold as {owner}, or set FOURFOLD_HOME to a folder of your own."
    status = 503


class PasswordsLost(FourfoldError):
    """There is a database, but not the file with its passwords."""

    what = "The passwords of the database in {home} are gone."
    do = "Put passwords.json back; or delete {home} to begin with an empty database."
    status = 503


def make_home(home: Path) -> None:
    """Make the data home, closed to others, and see that we can write in it.

    Raises:
        HomeNotWritable: we cannot.
    """
    try:
        if not home.is_dir():
            home.mkdir(parents=True)
            home.chmod(0o711 if os.geteuid() == 0 else 0o700)
        with tempfile.TemporaryFile(dir=home):
            pass
    except OSError as error:
        raise HomeNotWritable(home=str(home), said=error.strerror or "?") from error


def cluster_of(home: Path, *, durable: bool) -> Cluster:
    """Which cluster lies in this data home? Its folder and its programs are made.

    Root's cluster lies under /var/lib where the server's account cannot enter the
    home; a link in the home leads there.

    Raises:
        HomeOfSomebodyElse: another account made it.
        FourfoldError: no PostgreSQL fits it, or no account can run it.
    """
    folder = home.resolve() / "postgres"
    account = server_account(folder / "data")
    if not folder.exists():
        if account.drops and not account.can_enter(home.resolve()):
            folder.unlink(missing_ok=True)  # a link whose target is gone
            folder.symlink_to(_folder_open_to_all())
        else:
            folder.mkdir()
        folder.chmod(0o711 if account.drops else 0o700)
    folder = folder.resolve()
    data = folder / "data"
    if not account.drops and data.exists() and data.stat().st_uid != account.uid:
        owner = data.stat().st_uid
        raise HomeOfSomebodyElse(home=str(home), owner=owner, we=account.uid)
    version_file = data / "PG_VERSION"
    major = int(version_file.read_text()) if version_file.exists() else None
    programs = find_programs(major)
    if account.drops:
        programs = copy_programs(programs, into=folder)
    return Cluster(folder=folder, programs=programs, account=account, durable=durable)


def _folder_open_to_all() -> Path:
    """A new folder for data of root's where an account without rights can reach it."""
    SHARED_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix="postgres-", dir=SHARED_FOLDER))


def passwords_in(home: Path, roles: Sequence[str], *, new: bool) -> dict[str, str]:
    """What is the password of each role? They lie in a file that only we can read.

    Args:
        home: the data home.
        roles: whose passwords to make when there is no file yet.
        new: whether there is no database yet, so that passwords may be made.

    Raises:
        PasswordsLost: there is a database already, and no file.
    """
    file = home / "passwords.json"
    if file.exists():
        found: dict[str, str] = json.loads(file.read_text())
        return found
    if not new:
        raise PasswordsLost(home=str(home))
    made = {role: new_password() for role in roles}
    half_written = file.with_suffix(".new")
    half_written.touch(mode=0o600)
    half_written.write_text(json.dumps(made))
    half_written.rename(file)
    return made
