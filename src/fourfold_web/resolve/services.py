"""What may be done about who is who: note people, decide about a pair, take it back?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from fourfold.base.errors import FourfoldError
from fourfold.resolve.pairs import Person, candidate_pairs
from fourfold_web.base.audit import Draft, NoReason, change
from fourfold_web.base.clock import today
from fourfold_web.base.covering import covered
from fourfold_web.base.models import Body, Officer, Record
from fourfold_web.base.references import next_references
from fourfold_web.intake.bulk import take_statistics
from fourfold_web.resolve.models import MatchDecision, MatchPair, PersonRecord

ENDS = {
    "member": ("until", "threat__closed_on"),
    "offender": ("managed_to", "threat__closed_on"),
}
SOURCES = tuple(ENDS)
FIELDS = ["name", "born_on"]
PAIR_FIELDS = ["alike", "reasons", "candidate"]
BATCH = 2000


@dataclass(frozen=True)
class Noted:
    """How many people were noted anew or as changed, and how many pairs are new."""

    people: int
    changed: int
    pairs: int


class AlreadyDecided(FourfoldError):
    """Something stands decided about the pair."""

    what = "It is decided already that {reference} is {says}."
    do = "Take that decision back first, with the reason."
    status = 409


class NothingToUndo(FourfoldError):
    """The decision was taken back already."""

    what = "The decision about {reference} was taken back already."
    do = "Decide about the pair anew if you know better."
    status = 409


def note_people(*, actor: Officer) -> Noted:
    """Note everybody whom members of threats and managed offenders name, and pair them.

    Only those whose part goes on, in a threat that is open, are noted and paired.

    What was noted before follows its row; running it again changes nothing. Run by a
    service that sees every record, after a delivery.

    Raises:
        NotAllowed: `actor` may not import.
    """
    fresh, moved = _people(actor)
    if fresh or moved:
        with change(actor, "people.noted", about=actor.body) as line:
            _give_references(fresh, "PER")
            PersonRecord.objects.bulk_create(fresh, batch_size=BATCH)
            PersonRecord.objects.bulk_update(moved, FIELDS, batch_size=BATCH)
            _told(line, "person records", [*fresh, *moved])
        take_statistics(PersonRecord)
    pairs, altered = _pairs(actor)
    if pairs or altered:
        with change(actor, "people.noted", about=actor.body) as line:
            _give_references(pairs, "PAR")
            MatchPair.objects.bulk_create(pairs, batch_size=BATCH)
            MatchPair.objects.bulk_update(altered, PAIR_FIELDS, batch_size=BATCH)
            _told(line, "pairs of records", [*pairs, *altered])
        take_statistics(MatchPair)
    return Noted(len(fresh), len(moved), len(pairs))


def decide_match(
    *, actor: Officer, pair: MatchPair, says: str, why: str
) -> MatchDecision:
    """Decide whether two records are one person, perhaps one, or two.

    Args:
        actor: somebody who may write for one of the two bodies.
        pair: a pair that the actor sees.
        says: "same", "suspected" or "different".
        why: what it rests on.

    Raises:
        NotAllowed: `actor` may write for neither body.
        NoReason: it is not said why.
        AlreadyDecided: something stands decided about the pair.
        ValidationError: `says` is none of the three.
    """
    if says not in dict(MatchDecision.SAYS):
        raise ValidationError({"says": "Choose one of the three."})
    if not why.strip():
        raise NoReason(kind="decision")
    about = covered(pair, *pair.hangs_on())
    about.body = _body_for(actor, pair)
    with change(actor, "match.decided", about=about, reason=why.strip()) as line:
        held = MatchPair.objects.select_for_update().get(pk=pair.pk)
        before = MatchDecision.objects.filter(pair=held, undone_on=None).first()
        if before is not None:
            words = before.get_says_display().lower()
            raise AlreadyDecided(reference=pair.reference, says=words)
        made = MatchDecision(
            body=about.body, made_by=actor, pair=held, says=says, why=why.strip(),
            decided_by=actor, decided_on=today(),
            reference=next_references(about.body, "MAT")[0],
        )  # fmt: skip
        made.save()
        line.add(made, says="")
    return made


def undo_match(*, actor: Officer, decision: MatchDecision, why: str) -> MatchDecision:
    """Take back a decision about a pair. It stays on record, with who and why.

    Raises:
        NotAllowed: `actor` may not write for the body that decided.
        NoReason: it is not said why.
        NothingToUndo: it was taken back already.
    """
    if not why.strip():
        raise NoReason(kind="decision")
    pair = decision.pair
    about = covered(pair, *pair.hangs_on())
    about.body = decision.body
    with change(actor, "match.undone", about=about, reason=why.strip()) as line:
        held = MatchDecision.objects.select_for_update().get(pk=decision.pk)
        if held.undone_on is not None:
            raise NothingToUndo(reference=pair.reference)
        held.undone_on, held.undone_by, held.undone_why = today(), actor, why.strip()
        held.save(update_fields=["undone_on", "undone_by", "undone_why"])
        line.add(held, undone_on=None)
    return held


def may_decide(actor: Officer, pair: MatchPair) -> bool:
    """May the officer decide about a pair: write for one of the two bodies?"""
    return actor.may("write", _body_for(actor, pair))


def _body_for(actor: Officer, pair: MatchPair) -> Body:
    if not actor.may("write", pair.left.body) and actor.may("write", pair.right.body):
        return pair.right.body
    return pair.left.body


def _people(actor: Officer) -> tuple[list[PersonRecord], list[PersonRecord]]:
    fresh, moved = [], []
    for source in SOURCES:
        known = {
            getattr(one, f"{source}_id"): one
            for one in PersonRecord.objects.exclude(**{source: None})
        }
        for row in _rows(source):
            said = {"name": row.name, "born_on": row.born_on}
            noted = known.get(row.pk)
            if noted is None:
                values = {source: row, "body": row.body, "made_by": actor}
                fresh.append(PersonRecord(**values, **said))
            elif _set(noted, said):
                moved.append(noted)
    return fresh, moved


def _rows(source: str) -> Iterable[Any]:
    # Members and offenders belong to later stages: they are asked for by the name of
    # the relation, so that nothing of theirs is imported here.
    model: Any = PersonRecord._meta.get_field(source).related_model
    rows = model._default_manager.select_related("body__region")
    found: Iterable[Any] = rows.filter(_still(source))
    return found


def _still(source: str, at: str = "") -> Q:
    """Which rows name somebody today: the part goes on, and the threat is open?"""
    still = Q()
    for field in ENDS[source]:
        name = f"{at}{field}"
        still &= Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gt": today()})
    return still


def _pairs(actor: Officer) -> tuple[list[MatchPair], list[MatchPair]]:
    people = {
        f"{one.pk:012d}": one
        for source in SOURCES
        for one in PersonRecord.objects.exclude(**{source: None})
        .filter(_still(source, f"{source}__"))
        .select_related("body__region")
    }
    found = candidate_pairs(
        Person(key, one.body_id, one.name, one.born_on) for key, one in people.items()
    )
    known = {(one.left_id, one.right_id): one for one in MatchPair.objects.all()}
    fresh, altered, seen = [], [], set()
    for pair in found:
        left, right = people[pair.left], people[pair.right]
        said = {"alike": pair.alike, "reasons": [*pair.reasons], "candidate": True}
        seen.add((left.pk, right.pk))
        held = known.get((left.pk, right.pk))
        if held is None:
            made = {"left": left, "right": right, "body": left.body, "made_by": actor}
            fresh.append(MatchPair(**made, **said))
        elif _set(held, said):
            altered.append(held)
    gone = [one for sides, one in known.items() if sides not in seen]
    return fresh, altered + [one for one in gone if _set(one, {"candidate": False})]


def _set(record: Record, said: dict[str, Any]) -> bool:
    """Let a record say something, and tell whether it said something else before."""
    if all(getattr(record, name) == value for name, value in said.items()):
        return False
    for name, value in said.items():
        setattr(record, name, value)
    return True


def _give_references(records: list[Any], code: str) -> None:
    by_body = defaultdict(list)
    for one in records:
        by_body[one.body_id].append(one)
    for mine in by_body.values():
        references = next_references(mine[0].body, code, len(mine))
        for one, reference in zip(mine, references, strict=True):
            one.reference = reference


def _told(line: Draft, kind: str, records: list[Any]) -> None:
    said = "\n".join(sorted(one.reference for one in records))
    line.add_bulk(kind, len(records), sha256(said.encode()).hexdigest())
