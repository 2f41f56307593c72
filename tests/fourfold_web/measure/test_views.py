"""The pages of measures: every figure opens its rows, and nobody learns of others'."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fourfold.base.bodies import region
from fourfold.measure.measures import MEASURES
from fourfold_web.base.models import Look
from fourfold_web.measure import queries
from fourfold_web.measure.figures_shown import withheld_words

pytestmark = pytest.mark.django_db

YEAR = "region=east-midlands&from=2021-06-01&to=2022-05-31&as_at=2022-05-31"
WALLED = {"classification": "official_sensitive", "compartments": ["sycamore"]}


def said(answer):
    return answer.content.decode()


def figures(answer):
    """Every figure on the page of measures, by measure and body."""
    rows = [row for group in answer.context["groups"].values() for row in group]
    return {
        (row.measure.key, one.figure.body): one for row in rows for one in row.shown
    }


@pytest.fixture
def walled(make_threat, make_disruption):
    """Three threats of the unit, one of them walled off, each disrupted once."""
    threats = [
        make_threat("emsou", name="Group Yew"),
        make_threat("emsou", name="Group Ash"),
        make_threat("emsou", name="Group Oak", **WALLED),
    ]
    for threat in threats:
        make_disruption(threat, p="prevent" if threat.compartments else "pursue",
                        classification=threat.classification,
                        compartments=threat.compartments)  # fmt: skip
    return threats


def test_the_page_has_every_measure_for_every_body(client_of, walled):
    shown = figures(client_of("holt").get(f"/measures/?{YEAR}"))
    places = (*region("east-midlands").bodies(), "east-midlands")
    assert set(shown) == {(key, place) for key in MEASURES for place in places}
    assert shown["led_pursue", "emsou"].words == "2 of 3 (67%)"


@pytest.mark.parametrize(
    ("username", "words", "withheld"),
    [
        ("ash", "2 of 3 (67%)", ""),
        ("quill", "2 of 3 (67%)", "some withheld"),
        ("marsh", "2 of 2 (100%)", ""),
        ("dale", "2 of 2 (100%)", ""),
    ],
)
def test_a_figure_is_whole_only_for_who_sees_or_may_be_told(
    client_of, walled, username, words, withheld
):
    shown = figures(client_of(username).get(f"/measures/?{YEAR}"))
    one = shown["led_pursue", "emsou"]
    assert (one.words, one.withheld) == (words, withheld)
    led = shown["led", "emsou"]
    assert led.figure.numerator == int(words.split()[2])
    assert led.withheld == ("1 withheld" if withheld else "")


def test_the_right_to_be_told_is_for_its_own_body(client_of, make_threat):
    make_threat("leicestershire", **(WALLED | {"compartments": ["juniper"]}))
    address = f"/measures/led/rows/?{YEAR}&body=leicestershire"
    held = f"/measures/threats_on_list/rows/?{YEAR}&body=leicestershire"
    quill, kerr = client_of("quill").get(held), client_of("kerr").get(held)
    assert quill.context["withheld"] is None
    assert "withheld" not in said(quill)
    assert kerr.context["withheld"] == 1
    assert "1 more is withheld from you" in said(kerr)
    assert client_of("dale").get(address).context["withheld"] is None


def test_the_region_adds_up_what_is_told_of_each_body(
    client_of, walled, acting, officer
):
    for username in ("ash", "quill", "marsh"):
        with acting(username):
            read = queries.figures_for(
                officer(username), "east-midlands", queries.year_to_today(), ["led"]
            )
        *bodies, whole = [one.figure for one in read]
        assert whole.body == "east-midlands"
        assert whole.numerator == sum(one.numerator for one in bodies)


def test_what_is_withheld_is_not_said_of_what_is_whole(acting, officer, walled):
    with acting("holt"):
        read = queries.figures_for(
            officer("holt"), "east-midlands", queries.year_to_today()
        )
    assert {withheld_words(one) for one in read} == {""}


def test_a_figure_opens_exactly_its_rows(client_of, walled):
    client = client_of("holt")
    one = figures(client.get(f"/measures/?{YEAR}"))["led_prevent", "emsou"]
    page = client.get(one.url)
    assert page.context["page"].paginator.count == one.figure.numerator == 1
    hidden = page.context["rows"][0]["reference"]
    assert page.context["rows"][0]["url"].endswith(f"/{hidden}/")
    for username in ("quill", "marsh", "dale"):
        assert hidden not in said(client_of(username).get(one.url)), username


def test_the_page_of_a_measure_says_how_it_is_made(client_of, walled):
    page = client_of("holt").get(f"/measures/led_pursue/?{YEAR}")
    text = said(page)
    assert page.context["title"] == MEASURES["led_pursue"].says.rstrip(".")
    assert MEASURES["led_pursue"].source in text.replace("&#x27;", "'")
    assert text.count("<table") == 1
    assert "EMSOU has the highest figure: 2 of 3 (67%)" in text


@pytest.mark.parametrize(
    "address", ["/measures/guesses/", "/measures/guesses/rows/?body=emsou",
                "/measures/led/rows/?body=kent", "/measures/records/EM-THR-9999/",
                "/measures/records/nonsense/"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client_of, address):
    assert client_of("holt").get(address).status_code == 404


def test_days_that_cannot_be_read_are_named_and_left_out(client_of, walled):
    page = client_of("holt").get("/measures/?from=31/2/2022&region=atlantis")
    assert page.status_code == 200
    assert len(page.context["question"].faults) == 2


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_figures_leave_as_a_file_that_is_written_down(client_of, walled, acting, kind):
    answer = client_of("quill").get(f"/measures/?{YEAR}&format={kind}")
    sent = b"".join(answer)
    if kind == "csv":
        lines = sent.decode("utf-8-sig").splitlines()
        assert lines[0] == "OFFICIAL-SENSITIVE"
        assert any(line.startswith("led,") and ",533," not in line for line in lines)
        assert len(lines) == 2 + len(MEASURES) * 7
    with acting("quill"):
        assert Look.objects.get(kind="export").count == len(MEASURES) * 7


def test_who_may_not_export_gets_no_file(client_of, walled):
    assert client_of("ash").get(f"/measures/?{YEAR}&format=csv").status_code == 403


@pytest.mark.parametrize(
    ("username", "page", "budget"),
    [
        ("marsh", "/measures/", 16),
        ("marsh", "/measures/led/", 13),
        ("marsh", "/measures/led/rows/?body=emsou", 13),
        ("quill", "/measures/", 25),  # whole figures are asked for once more
        ("quill", "/measures/led/", 19),
        ("quill", "/measures/led/rows/?body=emsou", 19),
    ],
)
def test_each_page_stays_within_its_queries(client_of, walled, username, page, budget):
    client = client_of(username)
    with CaptureQueriesContext(connection) as made:
        assert client.get(page).status_code == 200
    words = "\n".join(query["sql"][:120] for query in made.captured_queries)
    assert len(made) <= budget, f"{len(made)} queries\n{words}"
