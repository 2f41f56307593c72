"""May we listen here, and if not, who does?"""

import socket
from contextlib import suppress
from pathlib import Path

from fourfold.base.errors import FourfoldError

LISTENING = "0A"  # the state, as /proc/net/tcp writes it


class PortTaken(FourfoldError):
    """Another program listens at the port we want."""

    what = "Port {port} on {host} is taken by {holder}."
    do = "Stop that program, or choose another port, as in `make up PORT=8001`."
    status = 503


class CannotListen(FourfoldError):
    """The machine does not let us listen there."""

    what = "Fourfold cannot listen on {host} port {port}: {said}."
    do = "Choose another with HOST and PORT, as in `make up PORT=8001`."
    status = 503


def insist_on_free(host: str, port: int) -> None:
    """Make sure that we can listen on this port.

    Raises:
        PortTaken: somebody else does; their process is named where we can see it.
        CannotListen: the host is not ours, or the port needs rights we lack.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
            trial.listen(1)
    except (OSError, OverflowError) as error:
        said = getattr(error, "strerror", None) or str(error)
        if "in use" in said:
            holder = holder_of(port) or "another program"
            raise PortTaken(host=host, port=port, holder=holder) from error
        raise CannotListen(host=host, port=port, said=said) from error


def holder_of(port: int) -> str | None:
    """Which process listens on this port: its number and name, if we may know?"""
    wanted = {f"socket:[{inode}]" for inode in _listening_sockets(port)}
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if any(str(fd.readlink()) in wanted for fd in (process / "fd").iterdir()):
                name = (process / "comm").read_text().strip()
                return f"process {process.name} ({name})"
    return None


def _listening_sockets(port: int) -> list[str]:
    """The numbers of the sockets that listen on this port."""
    found: list[str] = []
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with suppress(OSError):
            rows = [row.split() for row in Path(table).read_text().splitlines()[1:]]
            here = [row for row in rows if row[1].endswith(f":{port:04X}")]
            found += [row[9] for row in here if row[3] == LISTENING]
    return found
