"""What do journeys share: the region, a real site over it, and a real browser."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client, override_settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import REGION, TestDatabases

ROOT = Path(__file__).parents[2]
NOTED = ROOT / ".fourfold-tools/chromium-path"
AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BACKEND = "fourfold_web.base.sign_in.OfficerBackend"
START_SECONDS = 60


@dataclass
class Site:
    """A running site and the browser that visits it."""

    address: str
    browser: Browser
    environment: dict[str, str] = field(default_factory=dict)
    contexts: dict[str, BrowserContext] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def page(self, username: str = "", width: int = 1280) -> Page:
        """A new page, signed in as the officer; nobody when none is named."""
        if username not in self.contexts:
            self.contexts[username] = self._context(username)
        page = self.contexts[username].new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", self._asked)
        return page

    def _context(self, username: str) -> BrowserContext:
        context = self.browser.new_context(base_url=self.address)
        if username:
            value = session_of(username)
            cookie: Any = {
                "name": "sessionid", "value": value, "url": self.address,
            }  # fmt: skip
            context.add_cookies([cookie])
        return context

    def _heard(self, message: Any) -> None:
        # How fast a map is drawn without a graphics card is no fault of the page.
        of_driver = "GL Driver Message" in message.text
        if message.type in ("error", "warning") and not of_driver:
            self.said.append(message.text)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.elsewhere.append(request.url)


def session_of(username: str) -> str:
    """A signed-in session of the officer, as the site itself makes them."""
    from fourfold_web.base.models import Officer

    client = Client()
    client.force_login(Officer.objects.get(username=username), BACKEND)
    return client.cookies["sessionid"].value


@pytest.fixture(scope="session")
def region(databases: TestDatabases, django_db_blocker: Any) -> TestDatabases:
    """The region, loaded once a run into a template that every module copies."""
    with django_db_blocker.unblock(), databases.locked():
        if not databases.exists(REGION):
            with override_settings(FOURFOLD_HOME=databases.home / "region"):
                databases.make(REGION, _load_region)
    return databases


def _load_region() -> None:
    from fourfold.region.extracts import write
    from fourfold.region.make import SEED, make
    from fourfold_web.desk.region_load import load_region

    folder = Path(settings.FOURFOLD_HOME) / "extracts"
    folder.mkdir(parents=True)
    write(make(SEED, 1), folder, seed=SEED)
    load_region(folder)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser that `make browser` found.

    Playwright runs its own event loop in this thread; Django's records are asked
    between its steps, never inside one.
    """
    path = NOTED.read_text().strip() if NOTED.exists() else "/usr/bin/chromium"
    if not (Path(path).exists() and AXE.exists()):
        pytest.skip("needs Chromium and a built front end (make install)")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def region_site(
    region: TestDatabases,
    chromium: Browser,
    worker_id: str,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """A real site process over a copy of the region, for one module."""
    own, home = f"site_{worker_id}", tmp_path_factory.mktemp("site")
    with django_db_blocker.unblock():
        region.copy(REGION, own)
        region.use(own)
        _give_passwords()
        environment = _environment(region, own, home)
        with _served(environment, home) as address:
            site = Site(address, chromium, environment)
            yield site
            for context in site.contexts.values():
                context.close()
        if region.exists(f"test_{worker_id}"):
            region.use(f"test_{worker_id}")


def _give_passwords() -> None:
    """The site hashes with Argon2; tests hash faster."""
    from fourfold_web.base.demo import OFFICERS
    from fourfold_web.base.models import Officer

    for username in ("holt", "dale"):
        hasher = Argon2PasswordHasher()
        hashed = hasher.encode(OFFICERS[username].password, hasher.salt())
        Officer.objects.using("owner").filter(username=username).update(password=hashed)


@pytest.fixture(scope="module")
def worker(region_site: Site) -> Iterator[None]:
    """A jobs worker beside the site, as `fourfold up` keeps one."""
    work = [sys.executable, "-m", "fourfold_web.desk.worker"]
    process = subprocess.Popen(work, env=region_site.environment)
    yield
    process.terminate()
    process.wait(timeout=30)


def _environment(databases: TestDatabases, name: str, home: Path) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": databases.server.url("fourfold_site", name),
        "DJANGO_SETTINGS_MODULE": "fourfold_web.desk.settings",
        "FOURFOLD_DEMONSTRATION": "1",
        "FOURFOLD_HOME": str(home),
        "FOURFOLD_SECRET_KEY": settings.SECRET_KEY,
        "PYTHONPATH": str(ROOT / "src"),
    }


def _served(environment: dict[str, str], home: Path) -> Any:
    from contextlib import contextmanager

    @contextmanager
    def serving() -> Iterator[str]:
        port = _free_port()
        gather = [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"]
        subprocess.run(gather, check=True, env=environment)
        serve = [
            sys.executable, "-m", "granian", "--interface", "wsgi",
            "--port", str(port), "--blocking-threads", "4", "--log-level", "error",
            "fourfold_web.desk.wsgi:application",
        ]  # fmt: skip
        process = subprocess.Popen(serve, env=environment, cwd=home)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, process)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)

    return serving()


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/accounts/login/", timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("the site did not start")


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port: int = tried.getsockname()[1]
        return port


@pytest.fixture
def asking_as() -> Callable[[str], Any]:
    """`with asking_as("holt"):` asks the site's database as that officer."""
    from fourfold_web.base.audit import acting_as
    from fourfold_web.base.models import Officer

    return lambda username: acting_as(Officer.objects.get(username=username))
