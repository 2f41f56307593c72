"""One engine for all questions of these tests."""

from collections.abc import Iterator
from typing import Any

import pytest

from fourfold.base.engine import open_engine


@pytest.fixture(scope="package")
def engine() -> Iterator[Any]:
    with open_engine("duckdb") as backend:
        yield backend
