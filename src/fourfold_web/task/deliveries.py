"""Which record does a delivered row of each kind of this stage become?"""

from fourfold_web.intake.registry import register
from fourfold_web.task.models import (
    Agreement,
    Attendance,
    Bid,
    FundingLine,
    KitItem,
    LeadAppointment,
    Meeting,
    Post,
    QueueItem,
)


def register_kinds() -> None:
    """Say so to intake."""
    register("posts", Post)
    register("training", LeadAppointment)
    register("meetings", Meeting)
    register("attendance", Attendance)
    register("bids", Bid)
    register("queue-items", QueueItem)
    register("agreements", Agreement)
    register("funding", FundingLine)
    register("assets", KitItem)
