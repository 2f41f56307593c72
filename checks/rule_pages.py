"""What does each rule sheet say, as a page for people?"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from checks.sources import ROOT

Row = dict[str, Any]
SRC = ROOT / "src"
FIRST = ("key", "says", "source", "basis", "in_force", "in_force_to")
PROSE = re.compile(r"[A-Za-z][\w.,;:'’&%()/ -]* [\w.,;:'’&%()/ -]*")
LONG = 40
MARKS = {
    "placeholder": "Placeholder: a value that nobody has published yet",
    "candidate": "Candidate: not published by an inspectorate; for the force to agree",
    "inference": "Partly inferred",
    "chosen": "Chosen by us",
}

INDEX = """# Rules

<!-- Made by `python -m checks.generated`. -->

Whatever policy could change is a row of a sheet: a key, a sentence, a source, the day
from which it is in force where that is known, and, for most, examples that are its
test. These pages are made from the sheets; a test fails when one is stale.

*Marked* counts the rows whose source is not a published text alone: a placeholder, a
candidate, an inference, or a choice of ours.

| Sheet | What it holds | Rows | Marked |
|---|---|---|---|
"""


def pages() -> dict[str, str]:
    """One page a sheet, and the list of them."""
    made: dict[str, str] = {}
    rows = []
    for path in sorted(SRC.rglob("rules/*.toml")):
        name = page_name(path)
        if name in made:
            raise SystemExit(f"Two sheets would be {name}: rename one")
        sheet = tomllib.loads(path.read_text(encoding="utf-8"))
        made[name] = page(path, sheet)
        file = name.split("/")[1]
        told = sum(_marks_of(row) != [] for row in _rows(sheet))
        rows.append(
            f"| [{file[:-3]}]({file}) | {_first_sentence(path)} "
            f"| {len(_rows(sheet))} | {told} |"
        )
    made["rules/index.md"] = _index(rows)
    return made


def page_name(path: Path) -> str:
    """Where does the page of a sheet stand? By stage and sheet: picture-gaps."""
    stage = path.parents[1].name
    return f"rules/{stage}-{path.stem}.md".replace("_", "-")


def page(path: Path, sheet: Row) -> str:
    """Which rows does one sheet hold, each with its source and what it is worth?"""
    title = f"{path.parents[1].name}: {path.stem.replace('_', ' ')}"
    parts = [
        f"# {title[0].upper()}{title[1:]}",
        "<!-- Made by `python -m checks.generated`: change the sheet. -->",
        _opening(path),
        f"Sheet: `{path.relative_to(ROOT)}`. Rows: {len(_rows(sheet))}.",
    ]
    for row in _rows(sheet):
        parts.append("\n".join(_entry(row)).rstrip())
    return "\n\n".join(part for part in parts if part) + "\n"


def _rows(sheet: Row) -> list[Row]:
    if "rule" in sheet:
        return list(sheet["rule"])
    return [
        {"told apart by": row.get("key", []), **row, "key": key}
        for key, row in sheet.items()
    ]


def _entry(row: Row) -> Iterator[str]:
    yield f"## {row['key']}\n"
    yield f"{_plain(row.get('says', ''))}\n"
    marks = _marks_of(row)
    if marks:
        yield f"**{'. '.join(MARKS[mark] for mark in marks)}.**\n"
    for name in ("source", "basis"):
        if name in row:
            yield f"- {name}: {_plain(row[name])}"
    if "in_force" in row:
        until = f" to {row['in_force_to']}" if "in_force_to" in row else ""
        yield f"- in force: from {row['in_force']}{until}"
    for name, value in row.items():
        if name not in FIRST and value not in ("", [], {}):
            yield from _value(name.replace("_", " "), value)


def _value(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict) and all(isinstance(v, dict) for v in value.values()):
        value = [{"name": key, **inner} for key, inner in value.items()]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        yield f"- {name}:\n"
        yield from _table(value)
    elif isinstance(value, dict):
        yield f"- {name}:\n"
        yield from _table([{"value": k, "means": v} for k, v in value.items()])
    elif isinstance(value, list) and any(len(str(item)) > LONG for item in value):
        yield f"- {name}:"
        yield from (f"    - {_code(item)}" for item in value)
    elif isinstance(value, list):
        yield f"- {name}: " + ", ".join(_code(item) for item in value)
    else:
        yield f"- {name}: {_code(value)}"


def _table(rows: list[Row]) -> Iterator[str]:
    names = list(dict.fromkeys(name for row in rows for name in row))
    yield "| " + " | ".join(name.replace("_", " ") for name in names) + " |"
    yield "|" + "---|" * len(names)
    for row in rows:
        cells = (_cell(row[name]) if name in row else "" for name in names)
        yield "| " + " | ".join(cells) + " |"
    yield ""


def _cell(value: Any) -> str:
    text = value if isinstance(value, str) else _shown(value)
    return _plain(text).replace("|", "\\|").replace("\n", " ")


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_shown(item) for item in value)
    return str(value)


def _code(value: Any) -> str:
    text = _shown(value)
    if PROSE.fullmatch(text):
        return _plain(text)
    fence = "``" if "`" in text else "`"
    pad = " " if "`" in text else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _plain(text: str) -> str:
    text = text.replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"(`[^`]*`)|([*_\[\]])", _escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return found[1] or f"\\{found[2]}"


def _marks_of(row: Row) -> list[str]:
    said = f"{row.get('source', '')} {row.get('basis', '')}".lower()
    return [mark for mark in MARKS if mark in said]


def _opening(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    said = []
    for line in lines:
        if not line.startswith("#"):
            break
        said.append(line.lstrip("# "))
    return _plain(" ".join(said))


def _first_sentence(path: Path) -> str:
    return (
        _opening(path)
        .split(". ")[0]
        .split(": one row")[0]
        .rstrip(".")
        .replace("|", "\\|")
    )


def _index(rows: list[str]) -> str:
    return INDEX + "\n".join(rows) + "\n"
