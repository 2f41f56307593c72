"""What officers come to do, done in a real browser over the loaded region."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from fourfold_web.base.demo import OFFICERS, code_now
from fourfold_web.picture.models import Threat
from tests.browser.conftest import Site
from tests.fourfold_web.intake.conftest import THREAT, write_csv

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WALLED = {"holt": 33, "marsh": 31}
"""How many of EMSOU's threats off the list each sees: two are in sycamore."""


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


def main(page: Page) -> str:
    return page.locator("main").inner_text()


def press(page: Page, words: str) -> None:
    page.locator("main").get_by_role("button", name=words).click()
    page.wait_for_load_state()


def test_an_officer_signs_in_with_a_second_factor(region_site: Site) -> None:
    page = region_site.page()
    page.goto("/threats/")
    assert "/accounts/login/" in page.url
    page.fill("input[name=login]", "dale")
    page.fill("input[name=password]", OFFICERS["dale"].password)
    press(page, "Continue")
    assert heading(page) == "Enter your code"
    page.goto("/threats/")
    assert "/accounts/" in page.url
    page.goto("/accounts/authenticate/")
    page.fill("input[name=code]", "000000")
    press(page, "Sign in")
    assert heading(page) == "Enter your code"
    page.fill("input[name=code]", code_now("dale"))
    press(page, "Sign in")
    page.goto("/")
    assert "Peter Dale" in page.locator("header").inner_text()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()
    page.goto("/threats/")
    assert "/accounts/login/" in page.url
    page.close()


@pytest.mark.parametrize("username", WALLED)
def test_an_officer_finds_what_is_not_on_the_national_list(
    region_site: Site, username: str, tmp_path: Path
) -> None:
    page = region_site.page(username)
    page.goto("/threats/?clear=1")
    page.select_option("select[name=body]", "emsou")
    page.get_by_text("More filters").click()
    page.get_by_label("Not on the national list").check()
    press(page, "Apply filters")
    assert f"{WALLED[username]} threats" in main(page)
    with page.expect_download() as taken:
        page.get_by_text("Download CSV").click()
    taken.value.save_as(tmp_path / "threats.csv")
    rows = list(csv.reader((tmp_path / "threats.csv").open(encoding="utf-8-sig")))
    assert len(rows) - 2 == WALLED[username]
    assert any("SYCAMORE" in cell for row in rows for cell in row) == (
        username == "holt"
    )
    page.close()


def test_a_figure_opens_its_rows_and_a_row_its_record(region_site: Site) -> None:
    page = region_site.page("holt")
    page.goto("/measures/threats_off_list/rows/?body=emsou")
    assert re.search(r"\b33 rows", main(page))
    page.goto("/measures/?region=east-midlands")
    figure = page.locator("td a[href*='/measures/led_pursue/rows/'][href*='=emsou']")
    assert figure.inner_text().startswith("357 of 533")
    figure.click()
    page.wait_for_load_state()
    assert re.search(r"\b357 rows", main(page))
    first = page.locator("tbody th a").first
    reference = first.inner_text()
    first.click()
    page.wait_for_load_state()
    assert reference in main(page)
    assert "Pursue" in main(page)
    page.close()


def test_a_disruption_is_recorded_and_graded_by_somebody_else(
    region_site: Site, asking_as: object
) -> None:
    with asking_as("forest"):  # type: ignore[operator]
        threat = Threat.objects.filter(
            body="nottinghamshire", closed_on=None, kind="ocg"
        )[0].reference
    page = region_site.page("forest")
    page.goto(f"/threats/{threat}/claim/")
    press(page, "Record disruption")
    assert "There is a problem" in main(page)
    for part, typed in (("day", "20"), ("month", "5"), ("year", "2022")):
        page.fill(f"input[name=event_on_{part}]", typed)
    page.check("input[name=p][value=prevent]")
    page.check("input[name=role][value=lead]")
    page.fill("textarea[name=evidence]", "Eight pupils referred; no new runner seen.")
    press(page, "Record disruption")
    said = main(page)
    found = re.search(r"EM-DIS-\d+", said)
    assert found is not None
    assert "waits for a grade by somebody else" in said

    page.goto(f"/results/{found[0]}/grade/")
    if page.locator("input[name=impact][value=minor]").count():
        page.check("input[name=impact][value=minor]")
        page.fill("textarea[name=reason]", "I think so.")
        press(page, "Save grade")
    assert "nobody grades their own" in main(page)
    page.close()

    page = region_site.page("holt")
    page.goto(f"/results/{found[0]}/grade/")
    page.check("input[name=impact][value=moderate]")
    page.fill("textarea[name=reason]", "The school's letter of 25 May.")
    press(page, "Save grade")
    page.goto(f"/results/{found[0]}/")
    assert "Moderate" in main(page)
    assert "Anna Holt" in main(page)
    page.close()


def test_a_file_with_faults_comes_in_and_is_mended(
    region_site: Site, tmp_path: Path
) -> None:
    rows = [THREAT | {"ref": "J1"}, THREAT | {"ref": "J2", "soc": "perhaps"}]
    path = write_csv(tmp_path / "threats.csv", rows)
    page = region_site.page("lamb")
    page.goto("/deliveries/new/")
    page.set_input_files("input[type=file]", path)
    page.select_option("select[name=kind]", "threats")
    page.select_option("select[name=body]", "lincolnshire")
    press(page, "Show what is in it")
    assert "1 kept back" in main(page)
    press(page, "Bring it in")
    assert re.search(r"EM-DEL-\d+", main(page))
    page.locator("main a[href^='/deliveries/rows/']").first.click()
    page.wait_for_load_state()
    page.fill("[name=soc]", "maybe")
    press(page, "Load the row")
    assert "There is a problem" in main(page)
    page.fill("[name=soc]", "soc")
    press(page, "Load the row")
    assert "is mended and loaded" in main(page)
    page.goto("/threats/?clear=1")
    page.goto("/threats/?q=Group+Alder&body=lincolnshire")
    assert "2 threats" in main(page)
    page.close()


def test_an_inspector_would_find_it_today(region_site: Site) -> None:
    page = region_site.page("quill")
    page.goto("/inspection/")
    assert "still true" in main(page).lower()
    page.goto("/inspection/reports/")
    page.locator("main a[href*='/inspection/reports/EM-RPT-']").first.click()
    page.wait_for_load_state()
    assert "East Midlands" in main(page)
    page.goto("/inspection/rules/T01/")
    assert "Northamptonshire" in main(page)
    page.close()


def test_another_forces_sensitive_threat_is_found_by_no_way(
    region_site: Site, asking_as: object
) -> None:
    with asking_as("fenn"):  # type: ignore[operator]
        secret = Threat.objects.filter(compartments=["juniper"])[0]
    page = region_site.page("dale")
    for tail in ("", "people/", "history/", "change/", "claim/", "plan/", "results/"):
        answer = page.goto(f"/threats/{secret.reference}/{tail}")
        assert answer is not None
        assert answer.status == 404
        assert heading(page) == "There is nothing here for you"
        assert secret.name not in page.content()
    word = secret.name.split()[0]
    for address in (
        f"/measures/records/{secret.reference}/",
        f"/search?q={word}",
        f"/search?q={secret.reference}",
        f"/threats/?q={word}",
        f"/api/threats?q={word}",
        f"/api/threats/{secret.reference}",
    ):
        page.goto(address)
        links = page.locator(f"main a[href*='{secret.reference}/']")
        expect(links).to_have_count(0)
        assert secret.name not in page.content()
    page.close()
    page = region_site.page("fenn")
    page.goto(f"/threats/{secret.reference}/")
    assert secret.name in main(page)
    page.close()
