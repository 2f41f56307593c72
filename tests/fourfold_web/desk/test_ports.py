"""Is a taken port seen before anything else is started, and its holder named?"""

import os
import socket
from collections.abc import Iterator

import pytest

from fourfold_web.desk.ports import CannotListen, PortTaken, holder_of, insist_on_free


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        yield listener.getsockname()[1]


def test_a_taken_port_is_refused_and_its_holder_named(taken):
    with pytest.raises(PortTaken, match=f"process {os.getpid()}"):
        insist_on_free("127.0.0.1", taken)


def test_the_same_port_is_free_once_its_holder_has_gone():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        port = listener.getsockname()[1]
    insist_on_free("127.0.0.1", port)
    assert holder_of(port) is None


@pytest.mark.parametrize(
    ("host", "port"), [("192.0.2.1", 8000), ("no.such.host.invalid", 8000)]
)
def test_a_host_that_is_not_ours_is_refused(host, port):
    with pytest.raises(CannotListen, match=host):
        insist_on_free(host, port)


def test_a_port_that_does_not_exist_is_refused():
    with pytest.raises(CannotListen, match="70000"):
        insist_on_free("127.0.0.1", 70000)
