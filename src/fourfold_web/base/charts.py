"""What must a chart say beside its picture?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FOUR_P_COLOURS = {
    "Pursue": "#12436d",
    "Prevent": "#28a197",
    "Protect": "#801650",
    "Prepare": "#f46a25",
}


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart with its finding as title, its base as caption and its numbers as table.

    `key`: names it on the page and in file names: letters, figures and dashes.
    `title`: the finding: "Pursue is 67% of what EMSOU led". `base`: what the figures
    stand on: "533 disruptions led, 1 June 2021 to 31 May 2022". `spec`: Vega-Lite,
    data included. `headings` and `rows`: the same numbers.
    """

    key: str
    title: str
    base: str
    spec: Mapping[str, Any]
    headings: Sequence[str]
    rows: Sequence[Sequence[Any]]

    @property
    def spec_id(self) -> str:
        """Which element of the page holds the specification?"""
        return f"chart-{self.key}"


def four_p_colours() -> dict[str, Any]:
    """Which scale gives the four Ps the same colours in every chart?"""
    return {"domain": list(FOUR_P_COLOURS), "range": list(FOUR_P_COLOURS.values())}
