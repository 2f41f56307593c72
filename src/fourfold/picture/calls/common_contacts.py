"""Which contacts do several numbers share?"""

from collections.abc import Collection, Mapping
from typing import Any

import pyarrow as pa
from ibis import _

from fourfold.base.analysis import Analysis, Answer, Case, Findings, Parameter
from fourfold.picture.calls.asked import (
    PERIOD,
    SERVICES_TOO,
    TARGETS,
    Asked,
    asked_calls,
    shown,
)
from fourfold.picture.calls.events import contact_events
from fourfold.picture.calls.numbers import numbers_meant
from fourfold.picture.calls.said import many, named
from fourfold.picture.calls.top_contacts import contact_sums

COLUMNS = (
    ("contact", "Contact in common", "text", ""),
    ("targets", "Targets in touch with it", "whole", ""),
    ("of", "Of", "whole", ""),
    ("names", "Which", "list", ""),
    ("events", "Events", "whole", ""),
    ("least", "Fewest with one target", "whole", ""),
    ("others", "Other numbers it is in touch with", "whole", ""),
    ("is_target", "Is itself a target", "flag", ""),
    ("first_at", "First", "instant", "UTC"),
    ("last_at", "Last", "instant", "UTC"),
)
TIES = (
    ("contact", "Contact in common", "text", ""),
    ("target", "Target", "text", ""),
    ("events", "Events", "whole", ""),
    ("out", "Begun by the target", "whole", ""),
    ("back", "Begun by the contact", "whole", ""),
    ("seconds", "Talked", "whole", "seconds"),
    ("days", "Days in touch", "whole", ""),
    ("first_at", "First", "instant", "UTC"),
    ("last_at", "Last", "instant", "UTC"),
)
HUBS = (
    ("contact", "Number left out", "text", ""),
    ("others", "Other numbers it is in touch with", "whole", ""),
    ("targets", "Targets in touch with it", "whole", ""),
)
SAID = 10


def common_ties(calls: Any, targets: Collection[str], least: int) -> Any:
    """Which ties has each target with a contact that `least` targets or more have?

    Args:
        calls: calls as `contact_events` takes them.
        targets: the numbers to compare.
        least: how many of them must be in touch with the contact.

    Returns:
        The rows of `contact_sums` of the targets whose contact is shared, in no order.
    """
    sums = contact_sums(calls, targets)
    shared = sums.group_by("contact").agg(targets=_.count()).filter(_.targets >= least)
    return sums.semi_join(shared, "contact")


def numbers_met(calls: Any, numbers: Collection[str]) -> Any:
    """With how many numbers is each of these in touch? `number`, `met`, no order."""
    met = contact_events(calls, numbers).select("number", "other").distinct()
    return met.group_by("number").agg(met=_.count())


def run_common(case: Case) -> Findings:
    """Find the contacts in common of the targets of a case."""
    targets = numbers_meant(case.parameters["targets"])
    asked = asked_calls(case)
    case.tell(0.2, "Counting the contacts of each target")
    ties = common_ties(asked.calls, targets, case.parameters["least_targets"])
    ties = asked.without_services(ties, "contact", keep=case.parameters["services"])
    rows = ties.to_pyarrow()
    case.tell(0.6, "Looking for hubs")
    contacts = _contacts(rows, targets, _met(asked, rows))
    limit = case.parameters["hub_limit"]
    hubs = [c for c in contacts if c["others"] > limit and not c["is_target"]]
    left_out = {c["contact"] for c in hubs}
    kept = [c for c in contacts if c["contact"] not in left_out]
    tables = (
        shown("common", _caption(kept, targets, case), COLUMNS, kept),
        shown(
            "ties",
            f"How each of {many(len(kept), 'contact')} is in touch with each target.",
            TIES,
            _ties(rows, kept),
        ),
        shown(
            "hubs",
            f"{many(len(hubs), 'number')} left out for being in touch with more than "
            f"{limit:,} numbers that are no targets.",
            HUBS,
            hubs,
        ),
    )
    return Findings(_answers(kept, targets, hubs, limit), tables, notes=asked.notes)


def _met(asked: Asked, rows: pa.Table) -> dict[str, int]:
    shared = sorted(set(rows["contact"].to_pylist()))
    met = numbers_met(asked.calls, shared).to_pyarrow().to_pylist()
    return {row["number"]: row["met"] for row in met}


def _contacts(
    rows: pa.Table, targets: list[str], met: Mapping[str, int]
) -> list[dict[str, Any]]:
    by_contact: dict[str, list[dict[str, Any]]] = {}
    for row in rows.to_pylist():
        by_contact.setdefault(row["contact"], []).append(row)
    found = []
    for contact, ties in by_contact.items():
        counts = [tie["events"] for tie in ties]
        found.append(
            {
                "contact": contact,
                "targets": len(ties),
                "of": len(targets),
                "names": sorted(tie["number"] for tie in ties),
                "events": sum(counts),
                "least": min(counts),
                "others": met.get(contact, len(ties)) - len(ties),
                "is_target": contact in targets,
                "first_at": min(tie["first_at"] for tie in ties),
                "last_at": max(tie["last_at"] for tie in ties),
            }
        )
    return sorted(
        found, key=lambda c: (-c["targets"], -c["least"], -c["events"], c["contact"])
    )


def _ties(rows: pa.Table, kept: list[dict[str, Any]]) -> list[dict[str, Any]]:
    place = {contact["contact"]: n for n, contact in enumerate(kept)}
    ties = [
        row | {"target": row["number"]}
        for row in rows.to_pylist()
        if row["contact"] in place
    ]
    return sorted(ties, key=lambda t: (place[t["contact"]], -t["events"], t["target"]))


def _caption(kept: list[dict[str, Any]], targets: list[str], case: Case) -> str:
    least = case.parameters["least_targets"]
    return (
        f"{many(len(kept), 'contact')} that {least:,} or more of "
        f"{many(len(targets), 'target')} share."
    )


def _answers(
    kept: list[dict[str, Any]],
    targets: list[str],
    hubs: list[dict[str, Any]],
    limit: int,
) -> tuple[Answer, ...]:
    said = [Answer(_sentence(c), "common", (n,)) for n, c in enumerate(kept[:SAID])]
    if not kept:
        said.append(Answer(f"No contact is shared among the {len(targets):,} targets."))
    if hubs:
        names = named([hub["contact"] for hub in hubs])
        text = (
            f"{many(len(hubs), 'shared number')} left out as a hub, in touch with more "
            f"than {limit:,} numbers that are no targets: {names}."
        )
        said.append(Answer(text, "hubs"))
    return tuple(said)


def _sentence(contact: dict[str, Any]) -> str:
    own = ", itself a target," if contact["is_target"] else ""
    return (
        f"{contact['contact']}{own} is in touch with {contact['targets']:,} of "
        f"{contact['of']:,} targets ({named(contact['names'])}) in "
        f"{many(contact['events'], 'event')}, with each in {contact['least']:,} or "
        f"more; it is in touch with {many(contact['others'], 'other number')}."
    )


COMMON = Analysis(
    key="calls.common",
    question="Which contacts do these numbers have in common?",
    method=(
        "The contacts of each target are counted. A contact that enough targets share "
        "is listed, those of most targets first, then those whose fewest events with "
        "one target are most. A contact in touch with very many other numbers is "
        "likely a firm or a service: it is left out and named."
    ),
    takes=("calls",),
    run=run_common,
    parameters=(
        Parameter(TARGETS.name, "The numbers to compare.", "texts", required=True),
        Parameter(
            "least_targets",
            "A contact is in common when so many targets are in touch with it.",
            "whole",
            2,
            least=2,
            most=10_000,
        ),
        Parameter(
            "hub_limit",
            "Leave out contacts in touch with more other numbers than this.",
            "whole",
            100,
            least=1,
            most=1_000_000,
        ),
        SERVICES_TOO,
        *PERIOD,
    ),
    limits=(
        "A shared contact may be a shop, a school or a relative: it does not show that "
        "the targets know each other.",
        "How many others a contact is in touch with is known only as far as these "
        "records go.",
    ),
    source="Definition: common analytic practice (inference); limit of 100 chosen",
)
