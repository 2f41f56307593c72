"""How much was disrupted, under which P, how hard, and against what?"""

from typing import Any

from fourfold.measure.selection import Selection, When, live, selected
from fourfold.measure.tables import table
from fourfold.picture.extracts import in_extract

DRUGS_FIREARMS = ["drugs", "firearms"]
EXPLOITATION_SLAVERY = ["csea", "msht"]
PRISON_UNIT = "prison intelligence"


def disruptions_in(extract: str, when: When) -> Any:
    """Which disruptions of the period are in an extract: `led` or `supported`?

    Returns:
        Rows of disruptions with `theme`, that of the threat, null when the threat is
        unknown here.
    """
    found = in_extract(table("disruptions"), extract, when.period)
    threats = table("threats")
    themes = threats.select(threat_reference=threats.reference, theme=threats.theme)
    joined = found.left_join(themes, found.threat == themes.threat_reference)
    return joined.drop("threat_reference")


def led(when: When) -> Selection:
    """How many disruptions did the body lead?"""
    return Selection(_rows(in_extract(table("disruptions"), "led", when.period)))


def led_pursue(when: When) -> Selection:
    """How many of the led disruptions pursued?"""
    return _share("led", when, lambda rows: rows.p == "pursue")


def led_prevent(when: When) -> Selection:
    """How many of the led disruptions prevented?"""
    return _share("led", when, lambda rows: rows.p == "prevent")


def led_protect(when: When) -> Selection:
    """How many of the led disruptions protected?"""
    return _share("led", when, lambda rows: rows.p == "protect")


def led_prepare(when: When) -> Selection:
    """How many of the led disruptions prepared?"""
    return _share("led", when, lambda rows: rows.p == "prepare")


def led_major_moderate(when: When) -> Selection:
    """How many of the led disruptions were felt as major or moderate?"""
    return _share("led", when, lambda rows: rows.impact.isin(["major", "moderate"]))


def led_drugs_firearms(when: When) -> Selection:
    """How many of the led disruptions were of threats of drugs or firearms?"""
    return _share("led", when, lambda rows: rows.theme.isin(DRUGS_FIREARMS))


def led_exploitation_slavery(when: When) -> Selection:
    """How many led disruptions were of child sexual exploitation or modern slavery?"""
    return _share("led", when, lambda rows: rows.theme.isin(EXPLOITATION_SLAVERY))


def led_prison_unit(when: When) -> Selection:
    """How many of the led disruptions did the prison intelligence unit bring about?"""
    return _share("led", when, lambda rows: rows.unit.lower().contains(PRISON_UNIT))


def led_share_of_region(when: When) -> Selection:
    """How many of all disruptions led in the region did the body lead?"""
    rows = led(when).numerator
    return Selection(rows, rows)


def supported(when: When) -> Selection:
    """How many disruptions that others led did the body support?"""
    return Selection(_rows(in_extract(table("disruptions"), "supported", when.period)))


def supported_pursue(when: When) -> Selection:
    """How many of the supported disruptions pursued?"""
    return _share("supported", when, lambda rows: rows.p == "pursue")


def supported_prevent(when: When) -> Selection:
    """How many of the supported disruptions prevented?"""
    return _share("supported", when, lambda rows: rows.p == "prevent")


def supported_csea(when: When) -> Selection:
    """How many of the supported disruptions were of child sexual exploitation?"""
    return _share("supported", when, lambda rows: rows.theme == "csea")


def supported_msht(when: When) -> Selection:
    """How many of the supported disruptions were of modern slavery?"""
    return _share("supported", when, lambda rows: rows.theme == "msht")


def top_priority_disruptions(when: When) -> Selection:
    """How many led disruptions belong to the open operation of first priority?"""
    operations = live(table("operations"), when.as_at)
    first = operations.filter(operations["rank"] == 1)
    rows = in_extract(table("disruptions"), "led", when.period)
    tied = rows.semi_join(first, rows.operation == first.reference)
    return Selection(_rows(tied), needs=selected(first))


def _share(extract: str, when: When, holds: Any) -> Selection:
    rows = disruptions_in(extract, when)
    return Selection(_rows(rows.filter(holds(rows))), _rows(rows))


def _rows(rows: Any) -> Any:
    return selected(rows, on="recorded_on")
