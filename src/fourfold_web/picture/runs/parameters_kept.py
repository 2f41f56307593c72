"""How are the parameters of a run kept, and what do kept ones stand for?

A process without Django reads them too.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from fourfold.base.analysis import Analysis, Value
from fourfold.base.result import plain


def kept(settled: Mapping[str, Value]) -> dict[str, Any]:
    """How are parameters kept? As plain values."""
    return {name: plain(value) for name, value in settled.items()}


def taken_up(analysis: Analysis, said: Mapping[str, Any]) -> dict[str, Value]:
    """What do kept parameters stand for? Days and instants are read again."""
    values: dict[str, Value] = {}
    for parameter in analysis.parameters:
        value = said.get(parameter.name)
        if isinstance(value, str) and parameter.kind == "day":
            value = date.fromisoformat(value)
        elif isinstance(value, str) and parameter.kind == "instant":
            value = datetime.fromisoformat(value)
        elif isinstance(value, list):
            value = tuple(value)
        values[parameter.name] = value
    return values
