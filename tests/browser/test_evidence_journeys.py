"""Two operators' files to a replacement phone and a report; a chat to tags."""

import csv
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Page, expect

from fourfold.region.bulk.handsets import write_handsets
from tests.browser.conftest import AXE, Site
from tests.browser.test_pages import OVER, RULES
from tests.fourfold_web.intake.evidence.given import CHAT

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.usefixtures("worker")]

OLD, NEW = "07700900001", "07700900002"
CHANGED = datetime(2022, 3, 21, tzinfo=UTC)
DONE_SECONDS = 120_000


def calls(number: str, first: datetime, days: int, dice: Random) -> Iterator[list[str]]:
    """Calls between a number and its twelve contacts, four to nine a day."""
    for day in range(days):
        for _ in range(dice.randint(4, 9)):
            at = first + timedelta(days=day, seconds=dice.randint(28_800, 79_200))
            contact = f"07700900{dice.randint(100, 111)}"
            pair = [number, contact] if dice.random() < 0.6 else [contact, number]
            yield [*pair, f"{at:%d/%m/%Y}", f"{at:%H:%M:%S}", str(dice.randint(5, 600))]


def two_operators(folder: Path) -> list[Path]:
    """A phone that falls silent in one file, and its successor in the other."""
    dice = Random(4)
    old = [*calls(OLD, CHANGED - timedelta(days=20), 20, dice)]
    new = [*calls(NEW, CHANGED, 20, dice)]
    one, two = folder / "northstar.csv", folder / "meridian.csv"
    heading = ["A Number", "B Number", "Date", "Time", "Duration (s)"]
    with one.open("w", newline="") as file:
        csv.writer(file).writerows([heading, *old])
        csv.writer(file).writerow([OLD, "07700900100", "31/02/2022", "10:00:00", "1"])
    heading = ["calling_party", "called_party", "date", "time", "seconds"]
    with two.open("w", newline="") as file:
        csv.writer(file, delimiter=";").writerows([heading, *new])
    return [one, two]


SETTLES = 200
"""Milliseconds in which a page notices that it has become narrower."""


def main(page: Page) -> str:
    return page.locator("main").inner_text()


def press(page: Page, words: str) -> None:
    page.locator("main").get_by_role("button", name=words, exact=True).click()
    page.wait_for_load_state()


def sound(page: Page) -> None:
    """Axe finds nothing, and nothing runs over on a phone."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for width in (1280, 400):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(SETTLES)
        found = page.evaluate(RULES)["violations"]
        assert [one["id"] for one in found] == [], page.url
        assert max(page.evaluate(OVER), 0) == 0, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def record_authority(page: Page, power: str, number: str) -> None:
    page.goto("/evidence/authorities/record/")
    page.select_option("select[name=power]", power)
    for name, said in (
        ("number", number),
        ("granted_by", "Superintendent Lime"),
        ("from_on_day", "1"),
        ("from_on_month", "3"),
        ("from_on_year", "2022"),
    ):
        page.fill(f"input[name={name}]", said)
    page.fill("textarea[name=purpose]", "Supply of drugs")
    page.fill("textarea[name=permitted_use]", "The investigation named")
    press(page, "Record authority")
    sound(page)


def drop_in(page: Page, files: list[Path], kind: str, number: str) -> list[str]:
    """Drop files in, confirm each, and wait until they are read; their references."""
    page.goto("/evidence/new/")
    page.set_input_files("input[name=dropped]", [str(file) for file in files])
    page.select_option("select[name=kind]", kind)
    chosen = page.locator("select[name=authority] option", has_text=number)
    page.select_option("select[name=authority]", chosen.get_attribute("value"))
    page.fill("input[name=why]", "Replacement phones")
    page.locator("main").get_by_role("button", name="Take in").click()
    expect(page.locator("h1")).not_to_have_text("Drop in evidence", timeout=30_000)
    shown = page.content()
    references = sorted(set(re.findall(r"EM-EVF-\d+", shown)))[-len(files) :]
    for reference in references:
        page.goto(f"/evidence/{reference}/confirm/")
        sound(page)
        press(page, "Confirm and read it")
    for reference in references:
        page.goto(f"/evidence/{reference}/")
        expect(page.locator(".ff-title")).to_contain_text("Read", timeout=DONE_SECONDS)
        expect(page.locator(".ff-title")).not_to_contain_text(
            "Being read", timeout=DONE_SECONDS
        )
    return references


def test_two_operators_files_give_a_replacement_phone_and_a_report(
    region_site: Site, tmp_path: Path
) -> None:
    page = region_site.page("peak")
    region_site.said.clear()
    record_authority(page, "ipa_communications", "OCDA-2022-7")
    files = two_operators(tmp_path)
    references = drop_in(page, files, "calls", "OCDA-2022-7")
    page.goto(f"/evidence/{references[0]}/")
    assert "1 kept back" in main(page)
    assert "31/02/2022 10:00:00" in main(page)
    sound(page)

    page.goto("/analyses/calls.handovers/new/")
    for box in page.locator("input[name=files]").all():
        box.check()
    page.fill("input[name=why]", "Which phone took over?")
    press(page, "Ask")
    answers = page.locator(".ff-answers")
    expect(answers).to_contain_text("+447700900002 began", timeout=DONE_SECONDS)
    assert "+447700900001 fell silent" in answers.inner_text()
    sound(page)
    run = page.url
    answers.locator("a").last.click()
    assert "+447700900002" in main(page)
    sound(page)
    with page.expect_download() as table:
        page.get_by_text("Download CSV").click()
    table.value.save_as(tmp_path / "table.csv")
    assert NEW.removeprefix("0") in (tmp_path / "table.csv").read_text("utf-8-sig")
    page.goto(run)
    with page.expect_download() as report:
        page.get_by_role("button", name="Report (PDF)").click()
    report.value.save_as(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")
    page.get_by_role("link", name="Keep as evidence").click()
    page.fill("textarea[name=note]", "A number is not a person.")
    press(page, "Keep as evidence")
    assert "Kept as evidence: EM-KRS-" in main(page)
    assert (region_site.said, region_site.elsewhere) == ([], [])
    page.close()


def test_a_chat_is_read_in_the_order_of_risk_and_tagged_by_keys(
    region_site: Site, tmp_path: Path
) -> None:
    page = region_site.page("peak")
    region_site.said.clear()
    record_authority(page, "pace_seizure", "PACE-22-9")
    chat = tmp_path / "WhatsApp Chat with Red.txt"
    lawyer = "28/03/2022, 10:00 - Blue: my solicitor says say nothing in interview\n"
    chat.write_text(CHAT + lawyer, encoding="utf-8")
    (reference,) = drop_in(page, [chat], "handset", "PACE-22-9")
    page.goto("/messages/review/")
    sound(page)
    page.get_by_role("link", name=reference, exact=True).click()
    assert "kill myself" in page.locator(".ff-conversation__this").inner_text()
    assert "say nothing" not in main(page)
    sound(page)
    page.keyboard.press("5")
    expect(page.get_by_label("Violence or threat")).to_be_checked()
    page.keyboard.press("r")
    expect(page.locator("main")).to_contain_text("2 of 6 reviewed")
    page.keyboard.press("s")
    page.wait_for_url("**skip=**")
    page.keyboard.press("p")
    expect(page.locator("main")).to_contain_text("2 of them set aside")
    page.get_by_role("link", name="Review log").click()
    assert "Violence or threat" in main(page)
    sound(page)
    assert (region_site.said, region_site.elsewhere) == ([], [])
    page.close()


def test_a_picture_is_asked_for_blurred_and_seen_clearly_for_a_reason(
    region_site: Site, tmp_path: Path
) -> None:
    page = region_site.page("peak")
    region_site.said.clear()
    record_authority(page, "pace_seizure", "PACE-22-17")
    write_handsets(tmp_path)
    handset = tmp_path / "galaxy-holder.ufdr"
    (reference,) = drop_in(page, [handset], "handset", "PACE-22-17")
    page.goto("/analyses/images.taken/new/")
    page.get_by_label(reference).check()
    page.fill("input[name=why]", "When and where were they taken?")
    press(page, "Ask")
    table = page.locator("table", has_text="SHA-256")
    table.locator(f"a[href^='/evidence/{reference}/pictures/']").first.click(
        timeout=DONE_SECONDS
    )
    assert "Nothing is shown until you ask for it" in main(page)
    assert page.locator("main img").count() == 0
    sound(page)
    page.get_by_role("button", name="Show it blurred").click()
    width = "one => one.decode().then(() => one.naturalWidth)"
    blurred = page.get_by_alt_text("The picture, strongly blurred")
    assert blurred.evaluate(width) == 320
    sound(page)
    page.get_by_text("See it clearly").click()
    press(page, "Show it clearly")
    assert "Choose" in main(page)
    sound(page)
    page.get_by_label("To read words or a number plate in it").check()
    press(page, "Show it clearly")
    assert page.get_by_alt_text("The picture itself").evaluate(width) > 320
    sound(page)
    assert (region_site.said, region_site.elsewhere) == ([], [])
    page.close()
