"""What is known of a meeting, a bid, a team and a queue, in words?"""

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html

from fourfold.task.ages import BANDS
from fourfold_web.base.words import share
from fourfold_web.task.listing import bid_address, shown_decision
from fourfold_web.task.models import Attendance, Bid, Meeting
from fourfold_web.task.queries import BodyQueue, Team

MOST_TEAMS = 10
LINK = '<a class="govuk-link" href="{}">{}</a>'


@dataclass(frozen=True)
class SmallTable:
    """Headings and rows of a small table above a list."""

    headings: list[str]
    rows: list[list[Any]]


def facts_of_meeting(meeting: Meeting) -> list[tuple[str, Any]]:
    """Which facts stand on the page of a meeting?"""
    return [
        ("Called by", meeting.body.name),
        ("Level", meeting.label("level")),
        ("For", meeting.label("purpose")),
        ("Planned for", meeting.planned_on),
    ]


def facts_of_bid(bid: Bid) -> list[tuple[str, Any]]:
    """Which facts stand on the page of a bid?"""
    return [
        ("Who asks", bid.bidder.name),
        ("Whom", bid.asked.name),
        ("Crime theme", bid.label("theme")),
        ("What for", bid.asked_for),
        ("Made", bid.made_on),
        ("Decision", bid.label("decision") or "None yet"),
        ("Decided", bid.decided_on or "Not yet"),
    ]


def bids_table(bids: list[Bid]) -> SmallTable:
    """Which bids were put to a meeting, and what became of each?"""
    rows = [
        [
            format_html(LINK, bid_address(bid), bid.reference),
            bid.bidder.short,
            bid.label("theme"),
            bid.asked_for,
            shown_decision(bid),
        ]
        for bid in bids
    ]
    return SmallTable(["Bid", "Who asks", "Theme", "What for", "Decision"], rows)


def attendance_table(attendance: list[Attendance]) -> SmallTable:
    """Who was asked to a meeting, and who came?"""
    rows = [
        [one.invited.short, one.unit, one.attended, one.apologies] for one in attendance
    ]
    return SmallTable(["Body", "Unit", "Came", "Apologies"], rows)


def short_teams(teams: list[Team]) -> SmallTable:
    """Which teams are shortest of people? As "10 of 33 (30%)", the most vacant first.

    Teams without a vacancy are left out.
    """
    rows = [
        [team.team, team.body, share(team.vacant, team.posts)]
        for team in teams[:MOST_TEAMS]
        if team.vacant
    ]
    return SmallTable(["Team", "Body", "Vacant posts"], rows)


def age_table(bodies: list[BodyQueue]) -> SmallTable:
    """How long have the items of a queue waited, body by body?"""
    headings = ["Body", *(band.says for band in BANDS)]
    headings += ["Waiting", "Not triaged", "Oldest received"]
    rows = [
        [
            one.body,
            *(one.waiting.by_band[band.key] for band in BANDS),
            one.waiting.count,
            one.waiting.untriaged,
            one.waiting.oldest_on,
        ]
        for one in bodies
    ]
    return SmallTable(headings, rows)
