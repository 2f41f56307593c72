from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Q
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from fourfold.base.errors import FourfoldError
from fourfold_web.base.list_addresses import steps_round
from fourfold_web.base.list_specs import ListFault
from fourfold_web.base.lists import (
    Choice,
    Column,
    Flag,
    ListSpec,
    Text,
    list_response,
    shown_list,
)
from fourfold_web.base.models import Prison

ROWS = [
    # code, name, postcode, lat
    ("ZA", "Alder House", "one", 52.0),
    ("ZB", "Birch House", "one", 51.0),
    ("ZC", "Cedar <b>Court</b>", "two", None),
    ("ZD", "Alder Court", "two", 53.0),
    ("ZE", "=HYPERLINK(1)", "two", 50.0),
]
SPEC: dict[str, Any] = {
    "name": "places",
    "title": "Places",
    "noun": ("place", "places"),
    "columns": (
        Column("code", "Reference", sort="code", link=lambda row: f"/p/{row.code}"),
        Column("name", "Name", sort="name"),
        Column("lat", "Latitude", sort="lat", numeric=True),
    ),
    "filters": (
        Text(name="q", lookups=("code", "name"), always=True),
        Choice(
            name="kind",
            label="Kind",
            codes=[("one", "First"), ("two", "Second")],
            lookup="postcode",
            many=True,
        ),
        Flag(name="north", label="In the north", where=Q(lat__gt=51.5)),
    ),
    "default_sort": "code",
    "page_size": 2,
    "empty": "No place matches. Clear a filter.",
}
PLACES = ListSpec(**SPEC)


@pytest.fixture
def places(db: None) -> Any:
    Prison.objects.bulk_create(
        Prison(code=code, name=name, postcode=kind, lat=lat)
        for code, name, kind, lat in ROWS
    )
    return Prison.objects.filter(code__in=[row[0] for row in ROWS])


def asked(query: str = "", session: dict[str, Any] | None = None) -> Any:
    request = RequestFactory().get(f"/places?{query}" if query else "/places")
    request.session = {} if session is None else session  # type: ignore[assignment]
    request.user = AnonymousUser()
    return request


def codes(query: str, places: Any, spec: ListSpec = PLACES) -> str:
    page = shown_list(asked(query), spec, places)
    return " ".join(row.code for row in page.rows)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", "ZA ZB"),
        ("page=2", "ZC ZD"),
        ("page=3", "ZE"),
        ("sort=-code", "ZE ZD"),
        ("sort=lat", "ZE ZB"),
        ("sort=lat&page=3", "ZC"),
        ("sort=-lat", "ZD ZA"),
        ("sort=-lat&page=3", "ZC"),
        ("q=alder", "ZA ZD"),
        ("q=alder+court", "ZD"),
        ("q=zb", "ZB"),
        ("kind=one", "ZA ZB"),
        ("kind=one&kind=two", "ZA ZB"),
        ("kind=two&q=alder", "ZD"),
        ("north=1", "ZA ZD"),
        ("north=0", "ZA ZB"),
        ("q=nothing", ""),
    ],
)
def test_the_address_says_which_rows_in_which_order(
    places: Any, query: str, shown: str
) -> None:
    assert codes(query, places) == shown


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("kind=six", "Kind: 'six' is not one of the choices, so it was left out."),
        ("north=maybe", "In the north: 'maybe' is not one of the choices"),
        ("sort=secret", "The list cannot be ordered by 'secret'"),
        ("sort=name__password", "The list cannot be ordered by 'name__password'"),
        ("page=9", "There is no page '9', so this is the first one."),
        ("page=x", "There is no page 'x', so this is the first one."),
        (f"q={'a' * 201}", "Search this list: that is longer than 200 letters."),
    ],
)
def test_what_the_address_gets_wrong_is_said_and_left_out(
    places: Any, query: str, fault: str
) -> None:
    page = shown_list(asked(query), PLACES, places)
    assert [row.code for row in page.rows] == ["ZA", "ZB"]
    assert [said.startswith(fault) for said in page.faults] == [True]


def test_a_nul_in_the_search_words_is_no_fault_of_the_database(places: Any) -> None:
    assert codes("q=al%00der", places) == "ZA ZD"


def test_a_page_costs_the_count_and_the_rows(places: Any) -> None:
    with CaptureQueriesContext(connection) as seen:
        shown_list(asked("q=alder&kind=two&sort=-name"), PLACES, places)
    assert len(seen) == 2


@pytest.mark.parametrize(
    ("query", "aside", "says"),
    [
        ("", "2 of them overdue", "5 places, 2 of them overdue"),
        ("q=birch", "", "1 place"),
        ("q=nothing", "2 of them overdue", "No places"),
        ("", lambda rows: f"{rows.filter(lat=None).count()} off", "5 places, 1 off"),
    ],
)
def test_the_count_is_said_in_words(
    places: Any, query: str, aside: Any, says: str
) -> None:
    assert shown_list(asked(query), PLACES, places, aside=aside).says == says


def test_links_keep_the_filter_and_the_order(places: Any) -> None:
    page = shown_list(asked("kind=two&sort=-name&page=2"), PLACES, places)
    assert page.query == "kind=two&sort=-name"
    assert page.previous_url == "?kind=two&sort=-name"
    assert page.next_url == ""
    assert [(head.aria_sort, head.url) for head in page.headings] == [
        ("none", "?kind=two"),
        ("descending", "?kind=two&sort=name"),
        ("none", "?kind=two&sort=lat"),
    ]
    assert page.export_links[0][1] == "?kind=two&sort=-name&format=csv"


def test_a_filter_in_use_can_be_dropped_by_itself(places: Any) -> None:
    page = shown_list(asked("kind=one&kind=two&q=a"), PLACES, places)
    assert page.chips == [
        ("Search this list: a", "?kind=one&kind=two"),
        ("Kind: First", "?q=a&kind=two"),
        ("Kind: Second", "?q=a&kind=one"),
    ]


def test_the_last_filter_is_remembered_until_it_is_cleared(places: Any) -> None:
    session: dict[str, Any] = {}
    list_response(asked("kind=two&page=2", session), PLACES, places)
    again = list_response(asked("", session), PLACES, places)
    assert (again.status_code, again["Location"]) == (302, "/places?kind=two")
    cleared = list_response(asked("clear=1", session), PLACES, places)
    assert cleared["Location"] == "/places"
    assert list_response(asked("", session), PLACES, places).status_code == 200


def test_values_that_were_left_out_are_not_remembered(places: Any) -> None:
    session: dict[str, Any] = {}
    list_response(asked("kind=six&sort=secret", session), PLACES, places)
    assert list_response(asked("", session), PLACES, places).status_code == 200


def test_the_page_escapes_what_people_typed(places: Any) -> None:
    html = list_response(asked("page=2&q="), PLACES, places).getvalue().decode()
    assert "Cedar &lt;b&gt;Court&lt;/b&gt;" in html
    assert 'href="/p/ZC"' in html


def test_an_empty_list_says_what_to_do(places: Any) -> None:
    html = list_response(asked("q=nothing"), PLACES, places).getvalue().decode()
    assert "No place matches. Clear a filter." in html
    assert "format=csv" not in html


def test_records_withheld_are_said(places: Any) -> None:
    html = list_response(asked(), PLACES, places, withheld=3).getvalue().decode()
    assert "3 records are withheld from you." in html


def test_an_export_holds_all_the_filter_leaves_not_only_the_page(places: Any) -> None:
    told: list[Any] = []
    response = list_response(
        asked("format=csv&north=1&sort=-lat"),
        PLACES,
        places,
        on_export=lambda request, spec, count: told.append((spec.name, count)),
    )
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert text.splitlines() == [
        "OFFICIAL",
        "Reference,Name,Latitude",
        "ZD,Alder Court,53.0",
        "ZA,Alder House,52.0",
    ]
    assert told == [("places", 2)]


def test_an_export_that_cannot_be_logged_is_not_sent(places: Any) -> None:
    def refuse(request: Any, spec: Any, count: int) -> None:
        raise ListFault(name="log", fault="it is full")

    with pytest.raises(FourfoldError):
        list_response(asked("format=csv"), PLACES, places, on_export=refuse)


@pytest.mark.parametrize(
    "wrong",
    [
        {"default_sort": "nothing"},
        {"columns": (*SPEC["columns"], Column("code", "Again"))},
        {"filters": (Text(name="page", lookups=("code",)),)},
    ],
)
def test_a_list_declared_wrongly_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ListFault):
        ListSpec(**SPEC | wrong)


@pytest.mark.parametrize(
    ("page", "pages", "steps"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (5, 9, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (6, 12, [1, 0, 4, 5, 6, 7, 8, 0, 12]),
        (12, 12, [1, 0, 10, 11, 12]),
    ],
)
def test_paging_names_the_ends_and_the_pages_near(
    page: int, pages: int, steps: list[int]
) -> None:
    assert steps_round(page, pages) == steps


def test_unknown_values_say_so_and_days_are_written_out(places: Any) -> None:
    columns = (
        Column("code", "Reference", sort="code"),
        Column("lat", "Latitude"),
        Column("on", "On", cell=lambda row: date(2022, 3, 2)),
    )
    spec = ListSpec(**SPEC | {"columns": columns})
    shown = shown_list(asked("q=cedar"), spec, places).cells[0]
    assert "Not recorded" in shown[1].html
    assert shown[2].html == "2 March 2022"
