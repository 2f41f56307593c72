"""What does the change log keep of a delivery?"""

from fourfold_web.base.audit import Draft, change
from fourfold_web.base.line_marking import line_marking
from fourfold_web.intake.loading import Altered, Loader


def write_down(draft: Draft, loader: Loader) -> None:
    """Log the rows by count and digest, and what changed in the first of them.

    A record behind a compartment gets a line of its own, behind the same compartment.
    """
    count = loader.tally.loaded + loader.tally.changed
    if count:
        draft.add_bulk(loader.rows.kind.name, count, loader.digest)
    for altered in loader.altered:
        if _is_walled(altered):
            event = "delivery.loaded"
            with change(loader.actor, event, about=altered.after) as own:
                _tell(own, altered)
        else:
            _tell(draft, altered)


def _is_walled(altered: Altered) -> bool:
    records = (altered.before, altered.after)
    return any(line_marking(record).compartments for record in records)


def _tell(draft: Draft, altered: Altered) -> None:
    before = {name: getattr(altered.before, name) for name in altered.fields}
    draft.add(altered.after, **before)
