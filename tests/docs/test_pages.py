"""Does each thing that has to be explained have its page, and is each page of today?"""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from checks.generated import faults
from fourfold_web.base.models import MarkedRecord, Record
from fourfold_web.base.secure import SITE_LABELS

DOCS = Path(__file__).parents[2] / "docs"
ON_ANOTHER_PAGE = {
    "ChainHead": "entry: where the chain of the log ends",
    "PendingWrite": "entry: empty once a transaction ends",
}
OWN = [
    model
    for model in apps.get_models()
    if model._meta.app_label in SITE_LABELS and model.__module__.startswith("fourfold")
]
SHARED = {field.name for field in [*Record._meta.fields, *MarkedRecord._meta.fields]}


def page_of(model: type[models.Model]) -> Path:
    words = re.findall("[A-Z][a-z]*", model.__name__)
    names = {
        "KitItem": "kit-item",
        "RoleKind": "role-kind",
        "Region": "region-of-bodies",
    }
    name = names.get(model.__name__, "-".join(words).lower())
    return DOCS / "words" / f"{name}.md"


@pytest.mark.parametrize("model", OWN, ids=lambda model: model.__name__)
def test_each_record_has_a_page(model: type[models.Model]) -> None:
    if model.__name__ in ON_ANOTHER_PAGE:
        page = DOCS / "words" / f"{ON_ANOTHER_PAGE[model.__name__].split(':')[0]}.md"
        assert model.__name__ in page.read_text(encoding="utf-8")
    else:
        assert page_of(model).exists(), f"write {page_of(model)}"


@pytest.mark.parametrize(
    "model",
    [model for model in OWN if model.__name__ not in ON_ANOTHER_PAGE],
    ids=lambda model: model.__name__,
)
def test_each_field_of_a_record_is_on_its_page(model: type[models.Model]) -> None:
    page = page_of(model).read_text(encoding="utf-8")
    told = set(re.findall(r"`(\w+)`", page))
    fields = {f.name for f in model._meta.fields if f.column} - {"id"}
    if issubclass(model, Record):
        fields -= SHARED
    assert fields <= told, f"{page_of(model).name} lacks {sorted(fields - told)}"


def test_each_page_of_a_word_is_in_the_list_of_words() -> None:
    listed = (DOCS / "words" / "index.md").read_text(encoding="utf-8")
    pages = {path.name for path in (DOCS / "words").glob("*.md")} - {"index.md"}
    assert {page for page in pages if f"({page})" not in listed} == set()


def test_pages_made_from_the_code_say_what_it_says() -> None:
    assert list(faults()) == []


def test_a_stale_page_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("checks.generated.DOCS", tmp_path)
    monkeypatch.setattr("checks.generated.ROOT", tmp_path)
    assert "rules/act-subjects.md is stale: run `python -m checks.generated`" in list(
        faults()
    )


def test_no_page_of_a_sheet_outlives_its_sheet(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("checks.generated.DOCS", tmp_path)
    monkeypatch.setattr("checks.generated.ROOT", tmp_path)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "act-gone.md").write_text("# Gone", encoding="utf-8")
    assert "rules/act-gone.md has no sheet: remove it" in list(faults())


def test_a_value_that_nobody_published_is_marked_on_its_page() -> None:
    page = (DOCS / "rules" / "act-subjects.md").read_text(encoding="utf-8")
    assert "**Placeholder: a value that nobody has published yet" in page
    failures = (DOCS / "rules" / "inspect-failures.md").read_text(encoding="utf-8")
    assert failures.count("**Candidate:") == failures.count("\n## ")
