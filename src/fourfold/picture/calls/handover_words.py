"""How is a replacement put in words that stand up in court, with counts and bases?"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

import numpy as np

from fourfold.picture.calls.handover_change import Changes
from fourfold.picture.calls.handover_match import Matched
from fourfold.picture.calls.handover_sides import Sides, popularity
from fourfold.picture.calls.handover_traffic import Traffic


@dataclass(frozen=True)
class Contacts:
    """Which contacts of the new number are those of the old?

    `kept` rang with both; `followed` are replacements of contacts of the old, as
    (replaced, replacement); `of` is how many contacts the new number has; `expected`
    how many would be in common by chance.
    """

    kept: tuple[str, ...]
    followed: tuple[tuple[str, str], ...]
    of: int
    expected: float

    @property
    def shared(self) -> list[str]:
        """The contacts in common as the new number knows them, in order of name."""
        return sorted([*self.kept, *(new for _, new in self.followed)])


@dataclass(frozen=True)
class Cells:
    """Which cells did both use?

    `common` of the new number's `of` events with a cell began on a cell of the old;
    `same_edge`: the first cell of the new is the last of the old.
    """

    common: int
    of: int
    same_edge: bool


def contacts_of(sides: Sides, found: Matched, pair: tuple[int, int]) -> Contacts:
    """Which contacts has a pair in common once the other pairs are followed?"""
    traffic = sides.traffic
    old, new = _met(traffic, sides.old, pair[0]), _met(traffic, sides.new, pair[1])
    likely = [p for p in found.pairs if found.nats[p] > 0]
    replaced = {int(sides.new.numbers[n]): int(sides.old.numbers[o]) for o, n in likely}
    kept = new & old
    followed = {n: replaced[n] for n in new - kept if replaced.get(n) in old}
    chance = popularity(traffic)[sorted(new)]
    names = traffic.names
    return Contacts(
        kept=tuple(sorted(names[n] for n in kept)),
        followed=tuple(sorted((names[o], names[n]) for n, o in followed.items())),
        of=len(new),
        expected=float(np.minimum(1.0, 1 - (1 - chance) ** len(old)).sum()),
    )


def cells_of(sides: Sides, pair: tuple[int, int]) -> Cells:
    """How much of the new number's use was on cells of the old?"""
    old = _cells_used(sides.traffic, sides.old, pair[0])
    new = _cells_used(sides.traffic, sides.new, pair[1])
    common = int(np.isin(new, old).sum())
    edge = bool(len(old) and len(new) and old[-1] == new[0])
    return Cells(common, len(new), edge)


def reason(
    sides: Sides, pair: tuple[int, int], contacts: Contacts, cells: Cells, handset: bool
) -> str:
    """One sentence: when each changed, what they have in common, on which counts."""
    traffic, old, new = sides.traffic, sides.old, sides.new
    before, after = old.numbers[pair[0]], new.numbers[pair[1]]
    later = int(old.stray[pair[0]])
    earlier = int(new.stray[pair[1]])
    fell = "fell silent" if not later else "all but fell silent"
    parts = [
        f"{traffic.names[before]} {fell} on {_day(traffic, before, old.at[pair[0]])}"
        + (f" ({_events(later)} later)" if later else ""),
        f"{traffic.names[after]} {'began' if not earlier else 'came into use'} on "
        f"{_day(traffic, after, new.at[pair[1]])}, "
        f"{_apart(int(new.at[pair[1]] - old.at[pair[0]]))}"
        + (f" (after {_events(earlier)} earlier)" if earlier else ""),
        _in_common(contacts),
    ]
    if handset:
        parts.append("one handset (IMEI) was used with both")
    if cells.of:
        parts.append(
            f"{cells.common} of its {_events(cells.of)} with a known cell used a cell "
            "that the old number used"
        )
    if cells.same_edge:
        parts.append("the first cell it used is the last that the old number used")
    return "; ".join(parts) + "."


def told(traffic: Traffic, number: int, at: int) -> str:
    """When was that by the clock on the wall, as ISO text with its offset?"""
    return _local(traffic, number, at).isoformat()


def _met(traffic: Traffic, changes: Changes, place: int) -> set[int]:
    inside = _busy_rows(traffic, changes, place)
    return set(traffic.other[inside].tolist())


def _cells_used(traffic: Traffic, changes: Changes, place: int) -> np.ndarray:
    used = traffic.cell[_busy_rows(traffic, changes, place)]
    return np.asarray(used[used >= 0])


def _busy_rows(traffic: Traffic, changes: Changes, place: int) -> np.ndarray:
    rows = traffic.rows_of(int(changes.numbers[place]))
    at = traffic.at[rows]
    inside = (at >= changes.begins[place]) & (at <= changes.ends[place])
    return np.asarray(np.arange(rows.start, rows.stop)[inside])


def _in_common(contacts: Contacts) -> str:
    count = len(contacts.shared)
    verb = "is" if count == 1 else "are"
    through = len(contacts.followed)
    said = f"{count} of its {contacts.of} contacts {verb} those of the old number"
    if through:
        said += f", {through} of them through their own replacements"
    return said + f" (expected by chance {contacts.expected:.1f})"


def _events(count: int) -> str:
    return f"{count} event" + ("" if count == 1 else "s")


def _apart(micros: int) -> str:
    hours = abs(micros) / 3_600_000_000
    many = f"{hours / 24:.1f} days" if hours >= 48 else f"{hours:.1f} hours"
    return f"{many} {'later' if micros >= 0 else 'earlier'}"


def _local(traffic: Traffic, number: int, at: int) -> datetime:
    rows = traffic.rows_of(int(number))
    place = rows.start + int(np.searchsorted(traffic.at[rows], at))
    ahead = int(traffic.ahead[min(place, rows.stop - 1)])
    zone = timezone(timedelta(seconds=round(ahead / 1e6)))
    return (
        datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(at))
    ).astimezone(zone)


def _day(traffic: Traffic, number: int, at: int) -> str:
    local = _local(traffic, number, at)
    return f"{local.day} {local:%B %Y} at {local:%H:%M}"
