"""Where are the made-up region and a site that holds it, at any scale?

Made once a run and used by every benchmark that asks; kept for the next run when a
folder is named.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.processes import Run, fourfold, python
from fourfold_web.desk.embedded import Server, using_server


@dataclass
class Regions:
    """Regions and data homes below a folder, and what it cost to make them."""

    folder: Path
    made_in: dict[int, Run] = field(default_factory=dict)
    loaded_in: dict[int, Run] = field(default_factory=dict)

    def extracts(self, scale: int) -> Path:
        """Which folder holds the extracts of the region at a scale?"""
        place = self.folder / f"region-{scale}"
        if not (place / "manifest.json").exists():
            shutil.rmtree(place, ignore_errors=True)
            words = ("region", "make", "--scale", str(scale), "--out", str(place))
            self.made_in[scale] = fourfold(*words, home=self.folder / "unused")
        return place

    def manifest(self, scale: int) -> list[dict[str, Any]]:
        """Which files has the region, in the order in which they come in?"""
        text = (self.extracts(scale) / "manifest.json").read_text(encoding="utf-8")
        files: list[dict[str, Any]] = json.loads(text)["files"]
        return files

    @contextmanager
    def empty(self, name: str) -> Iterator[tuple[Path, Server]]:
        """A new data home whose server runs and whose database is prepared."""
        home = self.folder / name
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(mode=0o711)
        with using_server(home) as server:
            fourfold("audit", "verify", home=home)
            yield home, server

    @contextmanager
    def loaded(self, scale: int) -> Iterator[tuple[Path, Server]]:
        """A data home that holds the region at a scale, its server running."""
        home, done = self.folder / f"home-{scale}", self.folder / f"home-{scale}.loaded"
        if done.exists():
            with using_server(home) as server:
                fourfold("audit", "verify", home=home)  # in case the code has changed
                yield home, server
            return
        extracts = self.extracts(scale)
        with self.empty(home.name) as (_, server):
            words = ("benchmarks.load_region", str(extracts))
            run = self.loaded_in[scale] = python(*words, home=home)
            done.write_text(run.said)
            yield home, server

    def what_came_in(self, scale: int) -> dict[str, Any]:
        """What did the loading of a region say: rows, and seconds by file?"""
        text = (self.folder / f"home-{scale}.loaded").read_text()
        said: dict[str, Any] = json.loads(text.splitlines()[-1])
        return said
