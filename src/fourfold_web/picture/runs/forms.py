"""How is a question asked of evidence on a page? The form is made from the analysis."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from fourfold.base.analysis import Analysis
from fourfold.base.engine import DUCKDB, ENGINES, SPARK
from fourfold_web.base.fields import PlainForm
from fourfold_web.base.models import Officer
from fourfold_web.intake.evidence.forms import MarkingForm
from fourfold_web.intake.evidence.models import EvidenceFile
from fourfold_web.intake.evidence.powers import kind_name
from fourfold_web.picture.runs.bulk_search import APPROVED_SAYS
from fourfold_web.picture.runs.models import BulkSearch
from fourfold_web.picture.runs.parameters import PREFIX, field_of
from fourfold_web.picture.runs.queries import approved_searches
from fourfold_web.picture.runs.services import needs_approval

ENGINE_WORDS = {DUCKDB: "This machine (DuckDB)", SPARK: "Spark"}


class AskForm(PlainForm):
    """Which files a question is asked of, what is set, and why it is asked."""

    def __init__(
        self,
        *args: Any,
        analysis: Analysis,
        files: Sequence[EvidenceFile],
        officer: Officer,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.analysis, self.by_pk = analysis, {str(file.pk): file for file in files}
        offered = [(str(file.pk), _words(file, analysis)) for file in files]
        made: dict[str, forms.Field] = {
            "files": forms.MultipleChoiceField(
                choices=offered,
                widget=forms.CheckboxSelectMultiple,
                label="Files",
                error_messages={"required": "Choose the files to ask it of."},
            )
        }
        if needs_approval(analysis):
            made["under"] = forms.ModelChoiceField(
                approved_searches(officer),
                label="Approved request",
                empty_label="Choose one",
                help_text="Purpose, days, lists and who authorised it are as it says.",
            )
        said = APPROVED_SAYS if needs_approval(analysis) else ()
        for parameter in analysis.parameters:
            if parameter.name not in said:
                made[PREFIX + parameter.name] = field_of(parameter)
        made["why"] = forms.CharField(
            label="Why do you need the answer?",
            max_length=500,
            help_text="Written into the change log.",
        )
        made["engine"] = forms.ChoiceField(
            choices=[(name, ENGINE_WORDS[name]) for name in ENGINES],
            initial=DUCKDB,
            help_text="Both give the same answer.",
        )
        made["again"] = forms.BooleanField(
            label="Ask it again, although it was answered before",
            required=False,
            widget=forms.HiddenInput,
        )
        self.fields.update(made)
        for name in made:
            self._speak_plainly(name)

    def offer_again(self) -> None:
        """Let the officer ask although it was answered before."""
        self.fields["again"].widget = forms.CheckboxInput()

    def chosen(self) -> list[EvidenceFile]:
        """Which files, in the order offered?"""
        return [self.by_pk[pk] for pk in self.by_pk if pk in self.cleaned_data["files"]]

    def settings(self) -> list[Any]:
        """Which boxes set a parameter without a usual value, or with another?"""
        return [box for box in self._parameters() if not _is_usual(box)]

    def usual(self) -> list[Any]:
        """Which boxes set a parameter that has its usual value? Seldom changed."""
        return [box for box in self._parameters() if _is_usual(box)]

    def _parameters(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith(PREFIX)]

    def before(self) -> Iterable[Any]:
        """Which boxes stand before the parameters?"""
        return [self[name] for name in ("files", "under") if name in self.fields]

    def after(self) -> Iterable[Any]:
        """Which boxes stand after them?"""
        shown = [self["why"], self["engine"]]
        again = self["again"]
        return shown if again.is_hidden else [*shown, again]

    def under(self) -> BulkSearch | None:
        """Under which approved request is it asked?"""
        found: BulkSearch | None = self.cleaned_data.get("under")
        return found


class KeepForm(MarkingForm):
    """As what a result is kept."""

    field_order = ("title", "note")
    title = forms.CharField(max_length=200, help_text="What it shows, in a sentence.")
    note = forms.CharField(
        label="What it rests on, and what it does not show",
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
    )


def _is_usual(box: Any) -> bool:
    usual = box.field.initial
    if box.errors or usual in (None, "", ()):
        return False
    return str(box.value()) == str(usual)


def _words(file: EvidenceFile, analysis: Analysis) -> str:
    wanted = (*analysis.takes, *analysis.may_take)
    held = [
        f"{count:,} rows of {kind_name(kind).lower()}"
        for kind, count in file.found.items()
        if kind in wanted
    ]
    return f"{file.reference} {file.name}: {', '.join(held)}"
