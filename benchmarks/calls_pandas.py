"""What would each question about calls cost in pandas, as analysts write it today?

Each reads the columns that it needs from the same Parquet file, so that both begin with
a file; the answers are compared as those of the floor.
"""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from benchmarks.calls_asked import BURST, SINCE, TARGETS, Rows

DAY = pd.Timedelta(days=1)
SIDES = ("caller", "called")


def _read(path: Path, *columns: str) -> pd.DataFrame:
    return pd.read_parquet(path, columns=list(columns))


def _rows(found: pd.DataFrame) -> Rows:
    """Its rows as plain values; what is missing is none."""
    plain = found.astype(object).where(found.notna(), None)
    rows: Rows = plain.values.tolist()
    return rows


def _both(calls: pd.DataFrame) -> pd.DataFrame:
    """Each event from both sides, between two numbers."""
    with_other = (calls.called != "") & (calls.called != calls.caller)
    calls = calls[with_other & ~calls.kind.isin(["data", "voicemail"])]
    sides = {"caller": "number", "called": "other"}
    back = {"called": "number", "caller": "other"}
    began = calls.rename(columns=sides).assign(out=True)
    return pd.concat([began, calls.rename(columns=back).assign(out=False)])


def _busiest(calls: pd.DataFrame) -> pd.Index:
    began = calls.caller[calls.caller != ""].value_counts()
    reached = calls.called[calls.called != ""].value_counts()
    totals = began.add(reached, fill_value=0).rename("n").rename_axis("number")
    ordered = totals.reset_index().sort_values(["n", "number"], ascending=[False, True])
    return pd.Index(ordered.number[:1000])


def contacts(path: Path) -> Rows:
    columns = ("caller", "called", "kind", "start_at", "start_local", "seconds")
    calls = _read(path, *columns)
    busiest = _busiest(calls)
    events = _both(calls[calls.caller.isin(busiest) | calls.called.isin(busiest)])
    events = events[events.number.isin(busiest)]
    events["day"] = events.start_local.dt.normalize()
    events["text"] = events.kind.isin(["text", "multimedia"])
    events["answered"] = (events.kind == "voice") & (events.seconds > 0)
    sums = events.groupby(["number", "other"]).agg(
        n=("day", "size"), out=("out", "sum"), texts=("text", "sum"),
        answered=("answered", "sum"), s=("seconds", "sum"), days=("day", "nunique"),
        first=("start_at", "min"), last=("start_at", "max"),
    ).reset_index()  # fmt: skip
    sums["back"] = sums.n - sums.out
    by_number = sums.groupby("number")
    sums["share"] = sums.n / by_number.n.transform("sum")
    sums["contacts"] = by_number.n.transform("size")
    order = ["number", "n", "s", "other"]
    sums = sums.sort_values(order, ascending=[True, False, False, True])
    sums["rank"] = sums.groupby("number").cumcount() + 1
    counts = ["n", "out", "back", "texts", "answered", "s", "days"]
    shown = ["number", "other", "rank", *counts, "share", "first", "last", "contacts"]
    return _rows(sums.loc[sums["rank"] <= 10, shown])


def common(path: Path) -> Rows:
    calls = _read(path, "caller", "called", "kind", "start_at")
    near = calls[calls.caller.isin(TARGETS) | calls.called.isin(TARGETS)]
    events = _both(near)
    events = events[events.number.isin(TARGETS)]
    sums = events.groupby(["number", "other"]).start_at.agg(["size", "min", "max"])
    shared = sums.reset_index().groupby("other").agg(
        targets=("size", "size"), names=("number", sorted), n=("size", "sum"),
        least=("size", "min"), first=("min", "min"), last=("max", "max"),
    )  # fmt: skip
    shared = shared[shared.targets >= 2].reset_index()
    theirs = calls[calls.caller.isin(shared.other) | calls.called.isin(shared.other)]
    met = _both(theirs).groupby("number").other.nunique()
    shared["others"] = shared.other.map(met) - shared.targets
    shared["is_target"] = shared.other.isin(TARGETS)
    shared["of"] = len(TARGETS)
    shown = ["other", "targets", "of", "names", "n", "least", "others", "is_target"]
    kept = (shared.others <= 100) | shared.is_target
    return _rows(shared.loc[kept, [*shown, "first", "last"]])


def pattern(path: Path) -> Rows:
    at = _read(path, "start_local").start_local.dt
    found = pd.DataFrame({"weekday": at.day_name(), "hour": at.hour})
    counted = found.groupby(["weekday", "hour"]).size().rename("n").reset_index()
    counted.insert(0, "number", "all numbers")
    counted["of"] = counted.n.sum()
    counted["share"] = counted["share_of_all"] = counted.n / counted.of
    return _rows(counted)


def silences(path: Path) -> Rows:
    cells = ("caller_cell", "called_cell")
    calls = _read(path, "caller", "called", "start_at", *cells, "input", "line")
    busiest = _busiest(calls)
    last = calls.start_at.max()
    names = ["number", "start_at", "input", "line"]
    began = calls[calls.caller.isin(busiest)].rename(
        columns={"caller": "number", "called": "other", "caller_cell": "cell"}
    )
    reached = calls[calls.called.isin(busiest) & (calls.called != calls.caller)].rename(
        columns={"called": "number", "caller": "other", "called_cell": "cell"}
    )
    shown = [*names, "other", "cell"]
    events = pd.concat([began[shown], reached[shown]]).sort_values(names)
    after = events.groupby("number")[["start_at", "other", "cell"]].shift(-1)
    events[["ended_at", "after", "cell_after"]] = after
    following = events.ended_at.fillna(last)
    events["gap"] = (following - events.start_at).dt.total_seconds().astype("int64")
    events = events.sort_values(["number", "gap", "start_at", "input", "line"])
    by_number = events.groupby("number").gap
    events["shorter"], events["n"] = by_number.cumcount(), by_number.transform("size")
    middle = by_number.transform(lambda gaps: gaps.iloc[(len(gaps) - 1) // 2])
    events["median"] = middle
    rare = (events.n * 0.02).astype("int64").clip(lower=1)
    kept = (events.gap >= 3 * middle) & (events.gap >= 86_400) & (events.n > 1)
    return _silent(events[kept & (events.shorter >= events.n - rare)].copy())


def _silent(found: pd.DataFrame) -> Rows:
    """The unusual silences with how many others cover the middle of each."""
    begins = found.start_at.astype("datetime64[s, UTC]").astype("int64")
    ends, middle = begins + found.gap, begins + found.gap / 2
    found["also"] = [((begins <= m) & (ends > m)).sum() - 1 for m in middle]
    found["hours"], found["usual"] = found.gap / 3600, found["median"] / 3600
    found["times"] = found.gap / found["median"].clip(lower=1)
    found["to_the_end"] = found.ended_at.isna()
    measures = ["hours", "usual", "times", "shorter", "n", "to_the_end", "also"]
    told = ["other", "after", "cell", "cell_after", "input", "line"]
    return _rows(found[["number", "start_at", "ended_at", *measures, *told]])


def _changes(path: Path, holder: str, worn: str) -> Rows:
    names = {side: [side, f"{side}_imei", f"{side}_imsi"] for side in SIDES}
    calls = _read(path, *names["caller"], *names["called"], "start_at")
    as_one = ["number", "imei", "imsi", "at"]
    sides = [
        calls[[*own, "start_at"]].set_axis(as_one, axis=1) for own in names.values()
    ]
    seen = pd.concat(sides)
    seen = seen[(seen.imei != "") & (seen.imsi != "")]
    spells = seen.groupby(["imei", "imsi"]).agg(
        first=("at", "min"), last=("at", "max"), n=("at", "size"),
        number=("number", "max"),
    )  # fmt: skip
    spells = spells.reset_index().sort_values([holder, "first", "last", worn])
    before = spells.groupby(holder)[[worn, "number", "first", "last", "n"]].shift()
    spells[["old", "old_number", "old_first", "old_last", "old_n"]] = before
    spells["worn"] = spells.groupby(holder)[worn].transform("size")
    found = spells[spells.old.notna() & (spells.worn <= 20)].copy()
    gap = (found["first"] - found.old_last).dt.total_seconds() / 3600
    ends = found[["last", "old_last"]].min(axis=1)
    found["gap"] = gap.where(gap >= 0)
    found["overlap"] = ((ends - found["first"]).dt.total_seconds() / 3600).where(
        gap < 0
    )
    found["old_n"] = found.old_n.astype("int64")
    shown = [holder, "old", worn, "old_number", "number", "old_last", "first", "gap"]
    return _rows(found[[*shown, "overlap", "old_first", "last", "old_n", "n", "worn"]])


def handsets(path: Path) -> Rows:
    return _changes(path, "imsi", "imei")


def sims(path: Path) -> Rows:
    return _changes(path, "imei", "imsi")


def broadcasts(path: Path) -> Rows:
    calls = _read(path, "kind", "caller", "called", "start_at", "input", "line")
    texts = calls[calls.kind.isin(["text", "multimedia"]) & (calls.called != "")]
    met = texts.groupby("caller").called.agg(["size", "nunique"])
    met = met[(met["size"] >= 3 * BURST) & (met["nunique"] >= BURST)]
    texts = texts[texts.caller.isin(met.index)]
    texts = texts.sort_values(["caller", "start_at", "input", "line"])
    since = texts.groupby("caller").start_at.diff()
    texts["burst"] = (since.isna() | (since > pd.Timedelta(minutes=5))).cumsum()
    bursts = texts.groupby(["caller", "burst"]).agg(
        n=("called", "size"), reached=("called", "nunique"),
        first=("start_at", "min"), ended=("start_at", "max"),
    ).reset_index()  # fmt: skip
    near = bursts.ended - bursts["first"] <= pd.Timedelta(hours=1)
    bursts = bursts[(bursts.reached >= BURST) & near]
    bursts = bursts[bursts.groupby("caller").n.transform("size") >= 3]
    found = bursts.groupby("caller").agg(
        bursts=("n", "size"), most=("reached", "max"), mean=("reached", "mean"),
        n=("n", "sum"), first=("first", "min"), last=("first", "max"),
        reached=("reached", "sum"),
    )  # fmt: skip
    own = texts.merge(bursts[["caller", "burst", "ended"]], on=["caller", "burst"])
    own = own.drop_duplicates(["caller", "burst", "called"])
    times = own.groupby(["caller", "called"]).size()
    found["every"] = times.groupby("caller").size()
    found["same"] = times[times > 1].groupby("caller").sum() / found.reached
    found["answered"] = _answers(calls, own) / found.reached
    found["in_bursts"] = found.n / met["size"]
    shown = ["caller", "bursts", "most", "mean", "every", "same", "answered"]
    found = found.fillna({"same": 0.0, "answered": 0.0}).reset_index()
    return _rows(found[[*shown, "in_bursts", "n", "first", "last"]])


def _answers(calls: pd.DataFrame, own: pd.DataFrame) -> pd.Series:
    """How many recipients of bursts got in touch within four hours?"""
    back = calls.loc[calls.called.isin(own.caller), ["caller", "called", "start_at"]]
    back.columns = ["called", "caller", "rang_at"]
    met = own.merge(back, on=["caller", "called"])
    soon = met.rang_at <= met.ended + pd.Timedelta(hours=4)
    met = met[(met.rang_at > met.ended) & soon]
    return met.drop_duplicates(["caller", "burst", "called"]).groupby("caller").size()


def _seen(calls: pd.DataFrame) -> pd.DataFrame:
    sides = [
        calls[calls[side] != ""].groupby(side).start_at.agg(["min", "max", "size"])
        for side in SIDES
    ]
    sides[0]["out"], sides[1]["out"] = sides[0]["size"], 0
    both = pd.concat(sides).rename_axis("number")
    how = {"min": "min", "max": "max", "size": "sum", "out": "sum"}
    return both.groupby("number").agg(how).reset_index()


def new_since(path: Path) -> Rows:
    calls = _read(path, "caller", "called", "kind", "start_at")
    seen = _seen(calls)
    new = seen[(seen["min"] >= pd.Timestamp(SINCE, tz="UTC")) & (seen["size"] >= 2)]
    new = new.sort_values(["size", "number"], ascending=[False, True])[:1000].copy()
    theirs = calls[calls.caller.isin(new.number) | calls.called.isin(new.number)]
    met = _both(theirs).groupby("number").other.nunique()
    new["contacts"] = new.number.map(met).fillna(0).astype("int64")
    new["contact"], new["to_all"] = "", True
    shown = ["number", "contact", "size", "out", "contacts", "min", "max", "to_all"]
    return _rows(new[shown])


def short_lived(path: Path) -> Rows:
    calls = _read(path, "caller", "called", "kind", "start_at")
    seen = _seen(calls)
    begins, ends = calls.start_at.min() + 3 * DAY, calls.start_at.max() - 3 * DAY
    inside = (seen["min"] >= begins) & (seen["max"] <= ends) & (seen["size"] >= 5)
    short = seen[inside & (seen["max"] - seen["min"] <= 60 * DAY)]
    near = calls.caller.isin(short.number) | calls.called.isin(short.number)
    events = _both(calls[near])
    events = events[events.number.isin(short.number)]
    pairs = events.groupby(["number", "other"]).out.agg(["size", "sum"]).reset_index()
    pairs["one_way"] = pairs["sum"].isin([0]) | (pairs["sum"] == pairs["size"])
    pairs["alone"] = pairs["size"].where(pairs.one_way, 0)
    order = ["number", "size", "other"]
    pairs = pairs.sort_values(order, ascending=[True, False, True])
    met = pairs.groupby("number").agg(
        contacts=("other", "size"), names=("other", lambda names: list(names[:20])),
        one_way=("one_way", "sum"), alone=("alone", "sum"), n=("size", "sum"),
    )  # fmt: skip
    found = short.merge(met, on="number")
    found = found[found.contacts <= 10_000].copy()
    found["days"] = (found["max"] - found["min"]) / DAY
    found["share"] = found.alone / found.n
    found["own"] = found.out > 0
    shown = ["number", "days", "size", "contacts", "names", "one_way", "share"]
    return _rows(found[[*shown, "min", "max", "own"]])


PANDAS: dict[str, Callable[[Path], Rows]] = {
    "contacts": contacts,
    "common": common,
    "pattern": pattern,
    "silences": silences,
    "handsets": handsets,
    "sims": sims,
    "broadcasts": broadcasts,
    "new-since": new_since,
    "short-lived": short_lived,
}
