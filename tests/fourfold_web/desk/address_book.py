"""Which addresses has the site, what does each name, and who may open it?

An address that is missing here fails `test_every_address_is_in_the_book`: say what it
names before it goes live.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

ABSENT = "9999"
"""The number of a record that is not there."""


@dataclass(frozen=True)
class Page:
    """One address: what it names, the right it asks for, what may be sent to it.

    `names` is the code of the kind of record in the address, "any" for any kind,
    "measure", "rule" or "analysis" for a key, "upload" for a digest, "" for nothing.
    `needs` is the right without which the whole page is refused; "": none. `writes`
    says whether something can be sent to it.
    """

    names: str = ""
    needs: str = "read"
    writes: bool = False


OPEN = {
    "account_login",
    "account_signup",
    "account_inactive",
    "mfa_authenticate",
}
"""Answer a stranger, since nobody has signed in yet."""

ACCOUNT = {
    "account_logout",
    "account_reauthenticate",
    "account_change_password",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
}
"""About the officer's own sign-in; they stand before the second factor is set up."""

PAGES = {
    "desk:home": Page(needs=""),
    "desk:search-all": Page(needs="", writes=True),
    "desk:log": Page(needs="audit"),
    "desk:looks": Page(needs=""),
    "desk:threat-plan": Page("THR"),
    "desk:api-docs": Page(needs=""),
    "picture:threat-list": Page(needs=""),
    "picture:threat-record": Page(needs="write", writes=True),
    "picture:threat": Page("THR"),
    "picture:threat-people": Page("THR", writes=True),
    "picture:threat-history": Page("THR"),
    "picture:threat-change": Page("THR", writes=True),
    "picture:threat-share": Page("THR", writes=True),
    "picture:analysis-list": Page(needs=""),
    "picture:analysis-new": Page("analysis", needs="analyse", writes=True),
    "picture:run": Page("RUN"),
    "picture:run-places": Page("RUN"),
    "picture:run-timeline": Page("RUN"),
    "picture:run-report": Page("RUN"),
    "picture:run-keep": Page("RUN", writes=True),
    "picture:run-steer": Page("RUN", writes=True),
    "picture:run-table": Page("RUN"),
    "picture:evidence-runs": Page("EVF"),
    "picture:picture": Page("EVF", writes=True),
    "picture:blurred": Page("EVF"),
    "picture:clear": Page("EVF"),
    "picture:review-list": Page(needs=""),
    "picture:review": Page("EVF", writes=True),
    "picture:review-log": Page("EVF"),
    "picture:set-aside-list": Page(needs="privileged"),
    "picture:set-aside": Page("REV", writes=True),
    "picture:bulk-search-list": Page(needs=""),
    "picture:bulk-search-ask": Page(needs="analyse", writes=True),
    "picture:bulk-search": Page("BSR", writes=True),
    "act:disruption-list": Page(needs=""),
    "act:disruption-waiting": Page(needs=""),
    "act:disruption": Page("DIS"),
    "act:disruption-change": Page("DIS", writes=True),
    "act:disruption-grade": Page("DIS", writes=True),
    "act:disruption-claim": Page("THR", writes=True),
    "act:threat-results": Page("THR"),
    "act:threat-timeline": Page("THR"),
    "resolve:pair-list": Page(needs=""),
    "resolve:pair": Page("PAR", writes=True),
    "resolve:pair-undo": Page("PAR", writes=True),
    "assess:assessment-list": Page(needs=""),
    "assess:assessment-due": Page(needs=""),
    "assess:threat-assessment": Page("THR"),
    "assess:threat-assess": Page("THR", writes=True),
    "assess:assessment-moderate": Page("THR", writes=True),
    "plan:plan-list": Page(needs=""),
    "plan:priority-list": Page(needs=""),
    "plan:requirement-list": Page(needs=""),
    "plan:plan": Page("PLN"),
    "plan:plan-make": Page("THR", writes=True),
    "plan:plan-change": Page("PLN", writes=True),
    "plan:plan-review": Page("PLN", writes=True),
    "plan:action-add": Page("PLN", writes=True),
    "plan:action-finish": Page("ACT", writes=True),
    "task:meeting-list": Page(needs=""),
    "task:meeting": Page("MTG"),
    "task:meeting-plan": Page(needs="", writes=True),
    "task:meeting-held": Page("MTG", writes=True),
    "task:meeting-cancelled": Page("MTG", writes=True),
    "task:bid-list": Page(needs=""),
    "task:bid": Page("BID", writes=True),
    "task:post-list": Page(needs=""),
    "task:agreement-list": Page(needs=""),
    "task:funding-list": Page(needs=""),
    "task:kit-list": Page(needs=""),
    "task:intelligence-list": Page(needs=""),
    "task:sar-list": Page(needs=""),
    "task:device-list": Page(needs=""),
    "task:application-list": Page(needs=""),
    "measure:measure-list": Page(needs=""),
    "measure:record": Page("any"),
    "measure:vehicle-outcomes": Page(needs=""),
    "measure:measure": Page("measure", needs=""),
    "measure:measure-rows": Page("measure", needs=""),
    "inspect:inspection": Page(needs=""),
    "inspect:rule": Page("rule", needs=""),
    "inspect:rule-rows": Page("rule", needs=""),
    "inspect:finding": Page("FND"),
    "inspect:promise-make": Page("FND", writes=True),
    "inspect:promise-keep": Page("PRO", writes=True),
    "inspect:report-list": Page(needs=""),
    "inspect:report-new": Page(needs="", writes=True),
    "inspect:report-preview": Page("upload", writes=True),
    "inspect:report": Page("RPT"),
    "inspect:report-text": Page("RPT"),
    "intake:delivery-list": Page(needs="import"),
    "intake:delivery-new": Page(needs="import", writes=True),
    "intake:delivery-preview": Page("upload", needs="import", writes=True),
    "intake:row-mend": Page("QRN", writes=True),
    "intake:delivery": Page("DEL"),
    "intake:delivery-faults": Page("DEL"),
    "intake:evidence-list": Page(needs=""),
    "intake:evidence-new": Page(needs="analyse", writes=True),
    "intake:evidence-file": Page("EVF"),
    "intake:evidence-faults": Page("EVF"),
    "intake:evidence-confirm": Page("EVF", writes=True),
    "intake:evidence-authorise": Page("EVF", writes=True),
    "intake:authority-list": Page(needs=""),
    "intake:authority-record": Page(needs="analyse", writes=True),
    "intake:authority": Page("AUT"),
    "api:openapi-json": Page(needs=""),
    "api:api-root": Page(needs=""),
    "api:threat_list": Page(needs=""),
    "api:threat": Page("THR"),
    "api:threat_results": Page("THR"),
    "api:claim_disruption": Page("THR", writes=True),
    "api:disruption": Page("DIS"),
    "api:grade_disruption": Page("DIS", writes=True),
}

UNMARKED = {"PAR", "MTG", "BID", "FND", "PRO", "RPT"}
"""Kinds whose records have no marking: every reader of the region sees them.

A pair of people (PAR) hides when one of its two does: the tests of resolve try it.
"""


def addresses() -> dict[str, str]:
    """Which addresses does the site answer? Name to path, as `threats/{it}/`."""
    return dict(_walk(get_resolver().url_patterns, "/", ""))


def named(*kinds: str) -> list[str]:
    """Which addresses name a record of one of these kinds?"""
    return sorted(name for name, page in PAGES.items() if page.names in kinds)


def plain() -> list[str]:
    """Which addresses name nothing?"""
    return named("")


def address(name: str, it: str = "") -> str:
    """Where is a page, of this record when it names one?"""
    return addresses()[name].replace("{it}", it)


def _walk(
    patterns: list[URLPattern | URLResolver], before: str, space: str
) -> Iterator[tuple[str, str]]:
    for one in patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one.url_patterns, path, inner)
        else:
            yield f"{space}{one.name}", _holed(path)


def _holed(path: str) -> str:
    start, end = path.find("<"), path.find(">")
    return path if start < 0 else f"{path[:start]}{{it}}{path[end + 1 :]}"
