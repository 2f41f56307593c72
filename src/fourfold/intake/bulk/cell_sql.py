"""Which SQL makes the name of a cell out of its parts?

A cell is named by country, network, area and number: 234-15-12345-678; in 4G by its
28-bit identity, 234-15-4G-5242881; in 5G by its 36-bit one, 234-15-5G-….
"""

from collections.abc import Mapping


def composed_cell(raw: Mapping[str, str]) -> str:
    """SQL for a cell's name made of its parts; "" when the file has none of them.

    Args:
        raw: raw SQL of each field that the file gives: `plmn` or `mcc` and `mnc`, then
            `lac` and `cid`, `eci` or `nci`.
    """
    network = network_of(raw)
    ends: list[list[str]] = []
    if "eci" in raw:
        ends.append(["'4G'", f"whole_of({raw['eci']})"])
    if "nci" in raw:
        ends.append(["'5G'", f"whole_of({raw['nci']})"])
    if "cid" in raw:
        area = [f"whole_of({raw['lac']})"] if "lac" in raw else []
        ends.append([*area, f"whole_of({raw['cid']})"])
    made = [
        f"CASE WHEN {end[-1]} NOT IN ('', '0')"
        f" THEN concat_ws('-', {', '.join([*network, *end])}) END"
        for end in ends
    ]
    return f"coalesce({', '.join(made)}, '')" if made else ""


def network_of(raw: Mapping[str, str]) -> list[str]:
    """SQL for country and network, as the file gives them; empty when it does not."""
    if "plmn" in raw:
        plmn = f"{raw['plmn']}"
        return [f"left({plmn}, 3)", f"ltrim(substr({plmn}, 4), '-/ ')"]
    return [f"{raw[part]}" for part in ("mcc", "mnc") if part in raw]
