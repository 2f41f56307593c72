"""Which columns, filters and order have the lists of tasking?"""

from typing import Any

from django.urls import reverse

from fourfold.base.codes import CODES
from fourfold_web.base.cells import Status
from fourfold_web.base.clock import today
from fourfold_web.base.lists import Choice, Column, DateRange, Flag, ListSpec, Text
from fourfold_web.base.words import money
from fourfold_web.picture.listing import bodies_of_region
from fourfold_web.task.models import Bid, Meeting, Post
from fourfold_web.task.queries import UNDECIDED, Rows, vacant

BODY = Column("body", "Body", cell="body.short", sort="body__short")
REFERENCE = Column("reference", "Reference", sort="reference")
OF_BODY = Choice(name="body", label="Body", codes=bodies_of_region, always=True)
OF_THEME = Choice(
    name="theme", label="Theme", codes=CODES["theme"].choices(), always=True
)
STATE_COLOURS = {"held": "green", "cancelled": "red", "planned": "blue"}
DECISION_COLOURS = {
    "granted": "green",
    "part": "yellow",
    "declined": "red",
    "deferred": "orange",
}


def meeting_address(meeting: Meeting) -> str:
    """Where is the page of a meeting?"""
    return reverse("task:meeting", args=[meeting.reference])


def bid_address(bid: Bid) -> str:
    """Where is the page of a bid?"""
    return reverse("task:bid", args=[bid.reference])


def shown_state(meeting: Meeting) -> Status:
    """Did a meeting take place, in words?"""
    words = meeting.label("state")
    if meeting.cancelled_for:
        words = f"{words}: {meeting.label('cancelled_for').lower()}"
    return Status(words, STATE_COLOURS.get(meeting.state, "grey"))


def shown_decision(bid: Bid) -> Status:
    """What was decided on a bid, in words?"""
    if not bid.decision:
        return Status("To be decided", "blue")
    return Status(bid.label("decision"), DECISION_COLOURS.get(bid.decision, "grey"))


def cancelled_of_them(rows: Rows) -> str:
    """How many of the meetings were cancelled, in words? Empty: none."""
    count = rows.filter(state="cancelled").count()
    return f"{count:,} of them cancelled" if count else ""


def undecided_of_them(rows: Rows) -> str:
    """How many of the bids are still to be decided, in words? Empty: none."""
    count = rows.filter(UNDECIDED).count()
    return f"{count:,} of them undecided or deferred" if count else ""


def vacant_of_them(rows: Rows) -> str:
    """How many of the posts does nobody hold, in words? Empty: none."""
    count = rows.filter(vacant()).count()
    return f"{count:,} of them vacant" if count else ""


def _holder(post: Post) -> Any:
    begun = post.filled_from is None or post.filled_from <= today()
    still = post.filled_to is None or post.filled_to > today()
    if post.holder is None or not (begun and still):
        return Status("Vacant", "red")
    return post.holder.name


def _attended(meeting: Any) -> str:
    if not meeting.asked or meeting.state != "held":
        return ""
    return f"{meeting.came} of {meeting.asked}"


def _due(day: Any) -> Any:
    return Status("Overdue", "red") if day is not None and day < today() else day


MEETINGS = ListSpec(
    name="meetings",
    title="Tasking: meetings",
    noun=("meeting", "meetings"),
    columns=(
        Column("reference", "Reference", sort="reference", link=meeting_address),
        Column("planned_on", "Planned for", sort="planned_on"),
        Column("name", "Meeting", sort="name"),
        BODY,
        Column("level", "Level", cell=lambda m: m.label("level"), sort="level"),
        Column("purpose", "For", cell=lambda m: m.label("purpose"), sort="purpose"),
        Column("state", "State", cell=shown_state, sort="state"),
        Column("came", "Came", cell=_attended, sort="came"),
        Column("bids", "Bids", cell="bids_put", sort="bids_put", numeric=True),
    ),
    filters=(
        Text(name="q", label="Name", lookups=("name", "reference"), always=True),
        OF_BODY,
        Choice(
            name="purpose",
            label="For",
            codes=CODES["meeting_purpose"].choices(),
            always=True,
        ),
        Choice(
            name="state",
            label="State",
            codes=CODES["meeting_state"].choices(),
            always=True,
        ),
        Choice(name="level", label="Level", codes=CODES["level"].choices()),
        Choice(
            name="cancelled_for",
            label="Cancelled for",
            codes=CODES["cancelled_for"].choices(),
        ),
        DateRange(name="planned", label="Planned for", lookup="planned_on"),
    ),
    default_sort="-planned_on",
    empty="No meeting matches. Clear a filter, or plan a meeting.",
)

BIDS = ListSpec(
    name="bids",
    title="Tasking: bids",
    noun=("bid", "bids"),
    columns=(
        Column("reference", "Reference", sort="reference", link=bid_address),
        Column("made_on", "Made", sort="made_on"),
        Column("bidder", "Who asks", cell="bidder.short", sort="bidder__short"),
        Column("asked", "Whom", cell="asked.short", sort="asked__short"),
        Column("theme", "Theme", cell=lambda b: b.label("theme"), sort="theme"),
        Column("asked_for", "What for"),
        Column("decision", "Decision", cell=shown_decision, sort="decision"),
        Column("decided_on", "Decided", sort="decided_on"),
        Column("meeting", "Meeting", cell="meeting.name", on_page=False),
    ),
    filters=(
        Text(
            name="q", label="What for", lookups=("asked_for", "reference"), always=True
        ),
        Choice(name="bidder", label="Who asks", codes=bodies_of_region, always=True),
        OF_THEME,
        Choice(
            name="decision",
            label="Decision",
            codes=CODES["decision"].choices(),
            always=True,
        ),
        Flag(
            name="undecided",
            label="To be decided",
            where=UNDECIDED,
        ),
        DateRange(name="made", label="Made", lookup="made_on"),
    ),
    default_sort="-made_on",
    empty="No bid matches. Clear a filter.",
)

POSTS = ListSpec(
    name="posts",
    title="Tasking: posts",
    noun=("established post", "established posts"),
    columns=(
        REFERENCE,
        BODY,
        Column("team", "Team", sort=("team", "body__short")),
        Column("purpose", "For", cell=lambda p: p.label("purpose"), sort="purpose"),
        Column("title", "Post", sort="title"),
        Column("theme", "Theme", cell=lambda p: p.label("theme")),
        Column("fte", "Full-time share", sort="fte", numeric=True),
        Column("funding", "Money", cell=lambda p: p.label("funding"), sort="funding"),
        Column("holder", "Held by", cell=_holder, sort="holder__name"),
        Column("filled_from", "Since", sort="filled_from"),
    ),
    filters=(
        Text(
            name="q",
            label="Team, post or holder",
            lookups=("team", "title", "holder__name"),
            always=True,
        ),
        OF_BODY,
        Choice(
            name="purpose",
            label="For",
            codes=CODES["post_purpose"].choices(),
            always=True,
        ),
        Flag(name="vacant", label="Vacant", where=lambda r: r.filter(vacant())),
        Choice(name="funding", label="Money", codes=CODES["funding_kind"].choices()),
        Choice(name="theme", label="Theme", codes=CODES["theme"].choices()),
    ),
    default_sort="team",
    empty="No post matches. Clear a filter.",
)

AGREEMENTS = ListSpec(
    name="agreements",
    title="Tasking: agreements",
    noun=("agreement", "agreements"),
    columns=(
        REFERENCE,
        Column("title", "Agreement", sort="title"),
        BODY,
        Column("kind", "Kind", cell=lambda a: a.label("kind"), sort="kind"),
        Column("signed_on", "Signed", sort="signed_on"),
        Column(
            "reviewed_on",
            "Last review",
            cell=lambda a: a.reviewed_on or "Never reviewed",
            sort="reviewed_on",
        ),
        Column(
            "review_due_on",
            "Next review",
            cell=lambda a: _due(a.review_due_on),
            sort="review_due_on",
            export=lambda a: a.review_due_on,
        ),
        Column("ends_on", "Ends", cell=lambda a: a.ends_on or "Open", sort="ends_on"),
        Column("parties", "Parties", cell=lambda a: ", ".join(a.parties)),
    ),
    filters=(
        Text(name="q", label="Title", lookups=("title", "reference"), always=True),
        OF_BODY,
        Choice(name="kind", label="Kind", codes=CODES["agreement_kind"].choices()),
        Flag(
            name="overdue",
            label="Review overdue",
            where=lambda r: r.filter(review_due_on__lt=today()),
        ),
    ),
    default_sort="reviewed_on",
    empty="No agreement matches. Clear a filter.",
)

FUNDING = ListSpec(
    name="funding",
    title="Tasking: funding",
    noun=("line of money", "lines of money"),
    columns=(
        REFERENCE,
        BODY,
        Column("line", "What it pays for", sort="line"),
        Column("kind", "Kind", cell=lambda f: f.label("kind"), sort="kind"),
        Column(
            "amount",
            "A year",
            cell=lambda f: money(f.amount),
            sort="amount",
            numeric=True,
            export=lambda f: f.amount,
        ),
        Column("confirmed_from", "Confirmed from", sort="confirmed_from"),
        Column("confirmed_to", "Confirmed until", sort="confirmed_to"),
    ),
    filters=(
        Text(name="q", label="What it pays for", lookups=("line",), always=True),
        OF_BODY,
        Choice(
            name="kind",
            label="Kind",
            codes=CODES["funding_kind"].choices(),
            always=True,
        ),
        DateRange(name="until", label="Confirmed until", lookup="confirmed_to"),
    ),
    default_sort="confirmed_to",
    empty="No line matches. Clear a filter.",
)

KIT = ListSpec(
    name="kit",
    title="Tasking: kit and vehicles",
    noun=("item in use", "items in use"),
    columns=(
        REFERENCE,
        BODY,
        Column("kind", "Kind", cell=lambda k: k.label("kind"), sort="kind"),
        Column("title", "What it is", sort="title"),
        Column("bought_on", "Bought", sort="bought_on"),
        Column(
            "replace_on",
            "Due for replacement",
            cell=lambda k: _due(k.replace_on),
            sort="replace_on",
            export=lambda k: k.replace_on,
        ),
        Column("capital_line", "Capital money will replace it", sort="capital_line"),
    ),
    filters=(
        Text(name="q", label="What it is", lookups=("title",), always=True),
        OF_BODY,
        Choice(
            name="kind", label="Kind", codes=CODES["asset_class"].choices(), always=True
        ),
        Flag(
            name="unfunded",
            label="No capital money named",
            where=lambda r: r.exclude(capital_line=True),
        ),
        Flag(
            name="due",
            label="Replacement overdue",
            where=lambda r: r.filter(replace_on__lt=today()),
        ),
    ),
    default_sort="reference",
    empty="No item matches. Clear a filter.",
)
