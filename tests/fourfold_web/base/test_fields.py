from datetime import date
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from fourfold_web.base.fields import PlainForm, UkDateField

GOOD = {
    "happened_on_day": "2",
    "happened_on_month": "3",
    "happened_on_year": "2022",
    "title": "Warrants",
    "p": "pursue",
    "impact": "minor",
    "checked": "on",
}


class Disruption(PlainForm):
    happened_on = UkDateField(label="Date it happened", help_text="Like 27 3 2022")
    ended_on = UkDateField(label="Date it ended", required=False)
    title = forms.CharField(help_text="In a few words")
    p = forms.ChoiceField(
        label="P",
        choices=[("pursue", "Pursue"), ("prevent", "Prevent")],
        widget=forms.RadioSelect,
    )
    impact = forms.ChoiceField(choices=[("minor", "Minor"), ("major", "Major")])
    arrests = forms.IntegerField(required=False, min_value=0)
    evidence = forms.CharField(
        required=False,
        widget=forms.Textarea,
        max_length=20,
    )
    checked = forms.BooleanField(label="I have checked it")
    file = forms.FileField(required=False)


def errors(**changed: str) -> dict[str, list[str]]:
    form = Disruption(GOOD | changed)
    return {name: list(faults) for name, faults in form.errors.items()}


def test_a_day_typed_in_three_boxes_is_a_date() -> None:
    form = Disruption(GOOD)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["happened_on"] == date(2022, 3, 2)
    assert form.cleaned_data["ended_on"] is None


@given(st.dates(min_value=date(1000, 1, 1)))
def test_any_day_goes_in_and_comes_out_the_same(day: date) -> None:
    field = UkDateField()
    assert field.clean(field.widget.decompress(day)) == day


@pytest.mark.parametrize("month", ["3", "03", "March", "mar", " MARCH "])
def test_the_month_may_be_a_number_or_a_name(month: str) -> None:
    assert errors(happened_on_month=month) == {}


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"happened_on_year": ""}, "Date it happened must include a year."),
        (
            {"happened_on_day": "", "happened_on_month": ""},
            "Date it happened must include a day and a month.",
        ),
        (
            {f"happened_on_{part}": "" for part in ("day", "month", "year")},
            "Enter date it happened.",
        ),
        *[
            ({f"happened_on_{part}": wrong}, "must be a real date, like 27 3 2022.")
            for part, wrong in (
                ("day", "32"),
                ("day", "²"),
                ("day", "-1"),
                ("month", "13"),
                ("month", "Mayday"),
                ("year", "22"),
                ("year", "0000"),
            )
        ],
    ],
)
def test_a_day_that_is_not_right_says_what_is_missing(
    changed: dict[str, str], fault: str
) -> None:
    (said,) = errors(**changed)["happened_on"]
    assert said.endswith(fault)


@pytest.mark.parametrize(
    ("changed", "name", "fault"),
    [
        ({"title": ""}, "title", "Enter title."),
        ({"p": ""}, "p", "Choose P."),
        ({"p": "prepare"}, "p", "P: choose one from the list."),
        ({"impact": "huge"}, "impact", "Impact: choose one from the list."),
        ({"arrests": "two"}, "arrests", "Arrests must be a whole number, like 12."),
        ({"checked": ""}, "checked", "Tick the box: I have checked it."),
    ],
)
def test_a_form_says_what_to_do(changed: Any, name: str, fault: str) -> None:
    assert errors(**changed) == {name: [fault]}


def test_words_given_to_a_field_win() -> None:
    class Own(PlainForm):
        title = forms.CharField(error_messages={"required": "Name the operation."})

    assert Own({}).errors["title"] == ["Name the operation."]


def test_an_empty_file_says_so() -> None:
    form = Disruption(GOOD, {"file": SimpleUploadedFile("rows.csv", b"")})
    assert form.errors["file"] == ["File is empty. Choose a file with something in it."]


def test_the_summary_leads_to_each_field_that_is_wrong() -> None:
    html = str(Disruption(GOOD | {"happened_on_day": "32", "title": "", "p": ""}))
    for target in ("id_happened_on_0", "id_title", "id_p_0"):
        assert f'href="#{target}"' in html
        assert f' id="{target}"' in html
    assert html.index("There is a problem") < html.index('name="title"')


def test_a_field_is_described_by_its_hint_and_its_error() -> None:
    html = str(Disruption(GOOD | {"title": ""}))
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_helptext">In a few words<' in html
    assert 'id="id_title_error"' in html
    assert "govuk-input--error" in html


def test_a_form_not_sent_yet_has_no_summary() -> None:
    html = str(Disruption())
    assert "There is a problem" not in html
    assert "(optional)" in html
    assert " required" not in html


def test_what_was_typed_comes_back_escaped() -> None:
    html = str(Disruption(GOOD | {"title": '"><script>', "p": ""}))
    assert "<script>" not in html
    assert "&quot;&gt;&lt;script&gt;" in html
