"""How is the whole site run for a while, and visited as an officer does?"""

import http.cookiejar
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.processes import environment, fourfold
from fourfold_web.desk.readiness import program

PATIENCE_SECONDS = 900.0
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
SIGN_IN = "/accounts/login/"


class Visitor:
    """A browser without a screen: keeps cookies, follows the way, sends forms."""

    def __init__(self, address: str, home: Path) -> None:
        self.address, self.home = address, home
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(jar)

    def read(self, path: str, form: dict[str, str] | None = None) -> tuple[str, str]:
        """What does the page say, and where did it lead? Address and text."""
        data = None if form is None else urllib.parse.urlencode(form).encode()
        headers = {"Referer": self.address + path}
        asked = urllib.request.Request(self.address + path, data, headers)
        with self._opener.open(asked, timeout=60) as page:
            return page.url, page.read().decode()

    def status(self, path: str) -> int:
        """Is the page there? Its HTTP status."""
        try:
            self.read(path)
        except urllib.error.HTTPError as error:
            return error.code
        return 200

    def sign_in(self, username: str) -> None:
        """Sign in with name, password and the code of the second factor."""
        _, page = self.read(SIGN_IN)
        said = {"login": username, "password": f"fourfold-{username}-2022"}
        url, page = self.read(SIGN_IN, said | _token(page))
        code = fourfold("code", username, home=self.home).said.split()[-1]
        path = urllib.parse.urlsplit(url).path
        url, page = self.read(path, {"code": code} | _token(page))
        assert "Sign out" in page, f"not signed in: {url}"


@contextmanager
def running_site(home: Path) -> Iterator[str]:
    """The address of a site that runs from a data home until the block ends."""
    port = free_port()
    command = [program(), "up", "--port", str(port)]
    up = subprocess.Popen(command, env=environment(home), stdout=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(address + SIGN_IN, up)
        yield address
    finally:
        up.send_signal(signal.SIGTERM)
        up.wait(60)


def wait_for(address: str, up: "subprocess.Popen[bytes]") -> None:
    """Return when the page is there and says what it should."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert up.poll() is None, "it ended before it served a page"
        try:
            with urllib.request.urlopen(address, timeout=10) as page:
                assert b"Sign in" in page.read(), "a page came, but not the right one"
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("no page came")


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        number: int = trial.getsockname()[1]
        return number


def _token(page: str) -> dict[str, str]:
    found = TOKEN.search(page)
    return {"csrfmiddlewaretoken": found.group(1)} if found else {}
