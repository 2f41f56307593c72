"""What would each question about calls cost in pandas, as analysts write it today?

Each reads the columns that it needs from the same Parquet file, so that both begin with
a file; the answers are compared as those of the floor.
"""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from benchmarks.calls_asked import BURST, SINCE, TARGETS, Rows

DAY = pd.Timedelta(days=1)


def _read(path: Path, *columns: str) -> pd.DataFrame:
    return pd.read_parquet(path, columns=list(columns))


def _both(calls: pd.DataFrame) -> pd.DataFrame:
    """Each event from both sides, between two numbers."""
    with_other = (calls.called != "") & (calls.called != calls.caller)
    calls = calls[with_other & ~calls.kind.isin(["data", "voicemail"])]
    sides = {"caller": "number", "called": "other"}
    back = {"called": "number", "caller": "other"}
    return pd.concat([calls.rename(columns=sides), calls.rename(columns=back)])


def _busiest(calls: pd.DataFrame) -> pd.Index:
    began = calls.caller[calls.caller != ""].value_counts()
    reached = calls.called[calls.called != ""].value_counts()
    totals = began.add(reached, fill_value=0).rename("n").rename_axis("number")
    ordered = totals.reset_index().sort_values(["n", "number"], ascending=[False, True])
    return pd.Index(ordered.number[:1000])


def contacts(path: Path) -> Rows:
    calls = _read(path, "caller", "called", "kind", "start_local", "seconds")
    busiest = _busiest(calls)
    events = _both(calls[calls.caller.isin(busiest) | calls.called.isin(busiest)])
    events = events[events.number.isin(busiest)]
    events["day"] = events.start_local.dt.normalize()
    sums = events.groupby(["number", "other"]).agg(
        n=("day", "size"), s=("seconds", "sum"), days=("day", "nunique")
    )
    order = ["number", "n", "s", "other"]
    ordered = sums.reset_index().sort_values(
        order, ascending=[True, False, False, True]
    )
    top = ordered.groupby("number").head(10).sort_values(["number", "other"])
    return top[["number", "other", "n", "s", "days"]].values.tolist()


def common(path: Path) -> Rows:
    calls = _read(path, "caller", "called", "kind")
    near = calls[calls.caller.isin(TARGETS) | calls.called.isin(TARGETS)]
    events = _both(near)
    events = events[events.number.isin(TARGETS)]
    sums = events.groupby(["number", "other"]).size().rename("n").reset_index()
    shared = sums.groupby("other").agg(targets=("n", "size"), n=("n", "sum"))
    shared = shared[shared.targets >= 2].reset_index()
    theirs = calls[calls.caller.isin(shared.other) | calls.called.isin(shared.other)]
    met = _both(theirs).groupby("number").other.nunique()
    beside = shared.other.map(met) - shared.targets
    kept = shared[(beside <= 100) | shared.other.isin(TARGETS)].sort_values("other")
    return kept[["other", "targets", "n"]].values.tolist()


def pattern(path: Path) -> Rows:
    at = _read(path, "start_local").start_local.dt
    found = pd.DataFrame({"weekday": at.weekday, "hour": at.hour})
    return found.groupby(["weekday", "hour"]).size().reset_index().values.tolist()


def silences(path: Path) -> Rows:
    calls = _read(path, "caller", "called", "start_at", "input", "line")
    busiest = _busiest(calls)
    last = calls.start_at.max()
    names = ["number", "start_at", "input", "line"]
    began = calls[calls.caller.isin(busiest)].rename(columns={"caller": "number"})
    other = calls[calls.called.isin(busiest) & (calls.called != calls.caller)]
    reached = other.drop(columns="caller").rename(columns={"called": "number"})
    events = pd.concat([began[names], reached[names]]).sort_values(names)
    following = events.groupby("number").start_at.shift(-1).fillna(last)
    events["gap"] = (following - events.start_at).dt.total_seconds().astype("int64")
    events = events.sort_values(["number", "gap", "start_at", "input", "line"])
    by_number = events.groupby("number").gap
    shorter, n = by_number.cumcount(), by_number.transform("size")
    median = by_number.transform(lambda gaps: gaps.iloc[(len(gaps) - 1) // 2])
    rare = (n * 0.02).astype("int64").clip(lower=1)
    kept = (events.gap >= 3 * median) & (events.gap >= 86_400) & (shorter >= n - rare)
    found = events[kept & (n > 1)].sort_values(["number", "line"])
    return found[["number", "line", "gap"]].values.tolist()


def _changes(path: Path, holder: str, worn: str) -> Rows:
    calls = _read(
        path, "caller_imei", "caller_imsi", "called_imei", "called_imsi", "start_at"
    )
    sides = [
        calls[[f"{s}_imei", f"{s}_imsi", "start_at"]].set_axis(
            ["imei", "imsi", "at"], axis=1
        )
        for s in ("caller", "called")
    ]
    seen = pd.concat(sides)
    seen = seen[(seen.imei != "") & (seen.imsi != "")]
    spells = seen.groupby(["imei", "imsi"]).at.agg(["min", "max"]).reset_index()
    spells = spells.sort_values([holder, "min", "max", worn])
    spells["old"] = spells.groupby(holder)[worn].shift()
    few = spells.groupby(holder)[worn].transform("size") <= 20
    found = spells[spells.old.notna() & few][[holder, "old", worn]]
    return found.sort_values([holder, "old", worn]).values.tolist()


def handsets(path: Path) -> Rows:
    return _changes(path, "imsi", "imei")


def sims(path: Path) -> Rows:
    return _changes(path, "imei", "imsi")


def broadcasts(path: Path) -> Rows:
    calls = _read(path, "kind", "caller", "called", "start_at", "input", "line")
    texts = calls[calls.kind.isin(["text", "multimedia"]) & (calls.called != "")]
    met = texts.groupby("caller").called.agg(["size", "nunique"])
    senders = met[(met["size"] >= 3 * BURST) & (met["nunique"] >= BURST)].index
    texts = texts[texts.caller.isin(senders)]
    texts = texts.sort_values(["caller", "start_at", "input", "line"])
    since = texts.groupby("caller").start_at.diff()
    texts["burst"] = (since.isna() | (since > pd.Timedelta(minutes=5))).cumsum()
    bursts = texts.groupby(["caller", "burst"]).agg(
        n=("called", "size"),
        reached=("called", "nunique"),
        first=("start_at", "min"),
        last=("start_at", "max"),
    )
    near = bursts["last"] - bursts["first"] <= pd.Timedelta(hours=1)
    wide = bursts[(bursts.reached >= BURST) & near]
    found = wide.groupby("caller").agg(bursts=("n", "size"), n=("n", "sum"))
    return found[found.bursts >= 3].sort_index().reset_index().values.tolist()


def _seen(calls: pd.DataFrame) -> pd.DataFrame:
    sides = [
        calls[calls[side] != ""].groupby(side).start_at.agg(["min", "max", "size"])
        for side in ("caller", "called")
    ]
    both = pd.concat(sides).rename_axis("number")
    return both.groupby("number").agg({"min": "min", "max": "max", "size": "sum"})


def new_since(path: Path) -> Rows:
    seen = _seen(_read(path, "caller", "called", "start_at")).reset_index()
    new = seen[(seen["min"] >= pd.Timestamp(SINCE, tz="UTC")) & (seen["size"] >= 2)]
    first = new.sort_values(["size", "number"], ascending=[False, True])[:1000]
    return first[["number", "size"]].values.tolist()


def short_lived(path: Path) -> Rows:
    calls = _read(path, "caller", "called", "kind", "start_at")
    seen = _seen(calls)
    begins, ends = calls.start_at.min() + 3 * DAY, calls.start_at.max() - 3 * DAY
    inside = (seen["min"] >= begins) & (seen["max"] <= ends) & (seen["size"] >= 5)
    short = seen[inside & (seen["max"] - seen["min"] <= 60 * DAY)].index
    events = _both(calls[calls.caller.isin(short) | calls.called.isin(short)])
    events = events[events.number.isin(short)]
    found = events.groupby("number").other.agg(["size", "nunique"]).sort_index()
    return found[found["nunique"] <= 10_000].reset_index().values.tolist()


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
