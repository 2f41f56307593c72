"""What can a program ask about disruptions, and what may it record?"""

from datetime import date
from typing import Any

from ninja import Router, Schema, Status

from fourfold_web.act import services
from fourfold_web.act.models import Disruption
from fourfold_web.act.queries import disruptions_of, see_disruption
from fourfold_web.base.requests import OfficerRequest
from fourfold_web.picture.queries import see_threat

router = Router(tags=["Disruptions"])


class Claim(Schema):
    """What an officer says when claiming a disruption."""

    p: str
    event_on: date
    evidence: str
    role: str = "lead"
    bodies: list[str] = []
    event: str = ""
    unit: str = ""
    area: str = ""


class Grade(Schema):
    """What another officer says when grading it."""

    impact: str
    reason: str


class ClaimedDisruption(Claim):
    """A disruption as we show it."""

    reference: str
    threat: str
    body: str
    recorded_on: date
    impact: str
    claimant: str | None
    grader: str | None
    graded_on: date | None
    marking: str

    @staticmethod
    def resolve_threat(disruption: Disruption) -> str:
        """Which threat felt it? Its reference."""
        return disruption.threat.reference

    @staticmethod
    def resolve_body(disruption: Disruption) -> str:
        """Which body recorded it? Its slug."""
        return disruption.body_id

    @staticmethod
    def resolve_claimant(disruption: Disruption) -> str | None:
        """Who claimed it? Their reference."""
        return disruption.claimant.reference if disruption.claimant else None

    @staticmethod
    def resolve_grader(disruption: Disruption) -> str | None:
        """Who graded it? Their reference."""
        return disruption.grader.reference if disruption.grader else None


@router.get("/threats/{reference}/disruptions", response=list[ClaimedDisruption])
def threat_results(request: OfficerRequest, reference: str) -> Any:
    """List what was done to a threat, newest first."""
    threat = see_threat(request.user, reference)
    return disruptions_of(request.user, threat)


@router.post("/threats/{reference}/disruptions", response={201: ClaimedDisruption})
def claim_disruption(
    request: OfficerRequest, reference: str, claim: Claim
) -> Status[Disruption]:
    """Claim a disruption of a threat. Somebody else grades it later."""
    threat = see_threat(request.user, reference)
    said = claim.dict()
    made = services.claim_disruption(actor=request.user, threat=threat, **said)
    return Status(201, made)


@router.get("/disruptions/{reference}", response=ClaimedDisruption)
def disruption(request: OfficerRequest, reference: str) -> Disruption:
    """See one disruption."""
    return see_disruption(request.user, reference)


@router.post("/disruptions/{reference}/grade", response=ClaimedDisruption)
def grade_disruption(
    request: OfficerRequest, reference: str, grade: Grade
) -> Disruption:
    """Grade a disruption that somebody else claimed."""
    seen = see_disruption(request.user, reference)
    return services.grade_disruption(
        actor=request.user, disruption=seen, impact=grade.impact, reason=grade.reason
    )
