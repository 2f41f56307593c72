"""Literal rows of one small force: each figure below can be counted by eye."""

from datetime import date
from typing import Any

Row = dict[str, Any]
BODY = "derbyshire"
FROM, TO = date(2021, 6, 1), date(2022, 5, 31)
OPENED = date(2021, 1, 4)


def rows(*given: Row) -> list[Row]:
    """Rows of the force, each with a sending reference."""
    return [{"body": BODY, "ref": f"R{n}"} | row for n, row in enumerate(given, 1)]


LISTED = {
    "name": "Group",
    "kind": "ocg",
    "theme": "drugs",
    "tags": [],
    "type": "tactical",
    "moderation": "moderated",
    "soc": "soc",
    "tier": 2,
    "phase": "Active",
    "national_ref": "N",
    "opened_on": OPENED,
    "lro": "L1",
}
LED = {
    "threat": "R1",
    "recorded_on": date(2022, 1, 1),
    "event_on": date(2022, 1, 1),
    "role": "lead",
    "p": "pursue",
    "impact": "minor",
    "unit": "Team",
}
LINE = {"kind": "vulnerability", "theme": "csea", "tags": ["county_line"]}

THREATS = rows(
    LISTED,
    LISTED | {"theme": "acquisitive", "lro": "L2", "intelligence_officer": "I1"},
    LISTED | LINE | {"lro": "L1"},
    LISTED | {"national_ref": None, "theme": "msht", "lro": None},
    LISTED | {"closed_on": date(2022, 5, 1), "phase": "Closed"},
)
DISRUPTIONS = rows(
    LED | {"operation": "R1"},
    LED | {"p": "prevent", "impact": "major", "threat": "R3"},
    LED | {"p": "protect", "impact": "moderate", "threat": "R4"},
    LED | {"p": "prepare", "unit": "Prison Intelligence Unit", "threat": "R2"},
    LED | {"impact": "none"},
    LED | {"impact": None},
    LED | {"recorded_on": date(2021, 5, 31)},
    LED | {"role": "support", "threat": "R3"},
    LED | {"role": "support", "p": "prevent", "threat": "R4"},
)
POST = {"purpose": "soc_team", "team": "T", "fte": 1.0, "opened_on": OPENED}
HELD = {"holder": "O", "filled_from": OPENED, "funding": "core"}
PHONE = {
    "queue": "device",
    "category": "Standard phone",
    "received_on": date(2021, 9, 1),
    "done_on": date(2022, 3, 1),
}
REPORT = {"queue": "intelligence", "received_on": date(2022, 5, 1)}
MEETING = {
    "level": "regional",
    "purpose": "priorities",
    "planned_on": date(2022, 1, 5),
    "state": "held",
}
STOP = {
    "operation": "Amber",
    "stopped_on": date(2020, 10, 9),
    "seized": True,
    "arrests": 2,
    "assets_gbp": 1000.5,
    "warrants_sought": 1,
    "sex_offenders": 0,
}
EVENT = {"store": "S", "event": "arrest", "event_on": date(2021, 2, 1), "threat": "R1"}
PRISON = {"programme": "marsoc", "prison": "AAI", "managed_from": OPENED}

WORLD: dict[str, list[Row]] = {
    "threats": THREATS,
    "disruptions": DISRUPTIONS,
    "operations": rows({"theme": "drugs", "rank": 1, "opened_on": OPENED}),
    "training": rows({"officer": "L2", "appointed_on": date(2022, 5, 17)}),
    "posts": rows(
        POST | HELD,
        POST | HELD | {"filled_to": date(2022, 5, 1)},
        POST | {"funding": "fixed_term", "closed_on": date(2022, 6, 30)},
        POST | HELD | {"purpose": "investigation", "theme": "fraud", "fte": 0.5},
    ),
    "assets": rows(
        {"kind": "vehicle", "capital_line": True},
        {"kind": "vehicle", "capital_line": False},
        {"kind": "vehicle", "capital_line": True, "retired_on": TO},
        {"kind": "software", "capital_line": True},
    ),
    "agreements": rows(
        {
            "kind": "collaboration",
            "signed_on": date(2015, 1, 1),
            "reviewed_on": date(2019, 4, 30),
        },
        {"kind": "sharing", "signed_on": date(2001, 1, 1)},
    ),
    "profiles": rows(
        {"kind": "local", "area": "North", "dated_on": date(2019, 6, 1)},
        {"kind": "local", "area": "North", "dated_on": date(2022, 1, 1)},
        {"kind": "local", "area": "South", "dated_on": date(2020, 7, 1)},
        {"kind": "problem", "dated_on": date(2010, 1, 1)},
    ),
    "queue-items": rows(
        PHONE,
        PHONE | {"done_on": date(2022, 4, 1)},
        PHONE | {"category": "Complex device", "received_on": OPENED},
        PHONE | {"done_on": None},
        REPORT | {"triaged_on": date(2022, 5, 1)},
        REPORT,
        REPORT | {"done_on": date(2022, 5, 2)},
    ),
    "meetings": rows(
        MEETING,
        MEETING | {"state": "cancelled", "cancelled_for": "attendance"},
        MEETING | {"state": "cancelled", "cancelled_for": "other"},
        MEETING | {"level": "force", "state": "cancelled"},
        MEETING | {"planned_on": date(2021, 5, 1)},
    ),
    "bids": rows(
        {"bidder": "lincolnshire", "asked": BODY, "theme": "drugs", "made_on": TO},
        {"bidder": "lincolnshire", "asked": BODY, "theme": "fraud", "made_on": TO},
    ),
    "plans": rows(
        {"threat": "R1", "made_on": OPENED, "finance_lead": "F1"},
        {"threat": "R2", "made_on": OPENED},
        {"threat": "R3", "made_on": OPENED, "closed_on": TO},
    ),
    "plan-actions": rows(
        {"plan": "R1", "p": "prevent", "set_on": OPENED},
        {"plan": "R2", "p": "prevent", "set_on": OPENED, "dropped_on": TO},
        {"plan": "R2", "p": "pursue", "set_on": OPENED},
    ),
    "activity": rows(
        EVENT,
        EVENT | {"event": "warrant", "disruption": "R1"},
        EVENT | {"event": "stop_search", "threat": None},
        EVENT | {"event_on": date(2022, 6, 1)},
    ),
    "offenders": rows(
        PRISON,
        PRISON | {"programme": "prison_intelligence"},
        PRISON | {"prison": None},
        PRISON | {"prison": "BBI", "managed_to": TO},
    ),
    "vehicle-stops": rows(
        STOP,
        STOP | {"seized": False, "arrests": 0, "assets_gbp": None},
        STOP | {"stopped_on": date(2022, 6, 1)},
    ),
}
