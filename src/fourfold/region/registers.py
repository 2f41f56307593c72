"""Which profiles, earlier recommendations and national entries stand in registers?"""

from datetime import date

from fourfold.region.rows import BODIES, EMSOU, Row, days, ref, row
from fourfold.region.threats import AREAS

# body: (area, dated, revised, readers of 100, partners that received it)
LOCAL_PROFILES: dict[
    str, tuple[tuple[str | None, date, date | None, int, int], ...]
] = {
    "emsou": ((None, date(2021, 9, 6), date(2022, 3, 14), 91, 12),),
    "derbyshire": ((None, date(2019, 5, 20), None, 58, 3),),
    "leicestershire": ((None, date(2021, 11, 8), date(2022, 4, 11), 93, 14),),
    "lincolnshire": ((None, date(2017, 5, 15), None, 12, 1),),
    "northamptonshire": ((None, date(2021, 10, 11), date(2022, 3, 28), 86, 6),),
    "nottinghamshire": (
        ("City", date(2022, 1, 17), None, 92, 9),
        ("County", date(2022, 2, 7), None, 90, 8),
    ),
}
SENSITIVE = (
    "Improve how sensitive intelligence is used when threats are assessed.",
    "Sensitive intelligence network inspection, 2021",
    "sensitive intelligence",
)
EARLIER: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "emsou": (("being_progressed", "2022-01-31", *SENSITIVE[:1], SENSITIVE[2]),),
    "derbyshire": (
        ("complete", "2021-09-30", "Allocate a financial investigator.", "finance"),
    ),
    "leicestershire": (
        ("complete", "2021-06-30", "Speed up communications data.", "comms data"),
    ),
    "lincolnshire": (
        ("being_progressed", "2022-12-31", "Join up the systems.", "systems"),
    ),
    "northamptonshire": (
        ("being_progressed", "2022-11-30", "Support lead officers.", "lead officers"),
    ),
    "nottinghamshire": (("complete", "2021-10-31", "Use ancillary orders.", "orders"),),
}
LISTED_FIELDS = (
    "national_ref",
    "name",
    "kind",
    "theme",
    "type",
    "moderation",
    "soc",
    "tier",
    "phase",
    "listed_on",
)


def profiles() -> list[Row]:
    """Which local and problem profiles does each body keep?"""
    made = []
    for body in BODIES:
        number = 0
        for area, dated, revised, readers, partners in LOCAL_PROFILES[body]:
            number += 1
            made.append(
                row(
                    "profiles",
                    body,
                    ref=ref(body, "PF", number),
                    title=f"SOC local profile {area or ''}".strip(),
                    kind="local",
                    area=area,
                    dated_on=dated,
                    revised_on=revised,
                    readers=readers,
                    readers_expected=100,
                    partners=partners,
                )
            )
        if body not in ("lincolnshire", "derbyshire"):
            made.append(_problem(body, number + 1))
    return made


def _problem(body: str, number: int) -> Row:
    return row(
        "profiles",
        body,
        ref=ref(body, "PF", number),
        title="County lines problem profile",
        kind="problem",
        area=AREAS[body][0] if body in AREAS else None,
        dated_on=date(2021, 12, 6),
        readers=80,
        readers_expected=90,
        partners=4,
    )


def recommendations() -> list[Row]:
    """Where do earlier recommendations stand? EMSOU's is four months overdue."""
    made = []
    for body, rows in EARLIER.items():
        for number, (state, due, text, theme) in enumerate(rows, start=1):
            done = state == "complete"
            due_on = date.fromisoformat(due)
            report = SENSITIVE[1] if body == EMSOU else "PEEL 2018/19"
            published = date(2021, 7, 8) if body == EMSOU else date(2019, 9, 27)
            made.append(
                row(
                    "recommendations",
                    body,
                    ref=ref(body, "RC", number),
                    report=report,
                    published_on=published,
                    kind="Recommendation" if body == EMSOU else "Area for improvement",
                    theme=theme,
                    text=text,
                    due_on=due_on,
                    state=state,
                    completed_on=due_on - days(20) if done else None,
                    evidence="Closing report to the chief officer." if done else None,
                )
            )
    return made


def national_list(threats: list[Row]) -> list[Row]:
    """What does the national list say of the threats that have a number there?"""
    return [
        row(
            "national-list",
            EMSOU,
            holder=threat["body"],
            **{name: threat[name] for name in LISTED_FIELDS},
        )
        for threat in threats
        if threat["national_ref"] is not None
    ]
