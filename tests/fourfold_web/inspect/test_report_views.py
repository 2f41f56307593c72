"""The register of reports: from a file to its judgments, each with its line."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fourfold_web.inspect.models import Report
from tests.fourfold_web.inspect.conftest import REPORT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.FOURFOLD_HOME = tmp_path


def said(answer):
    return answer.content.decode()


def sent(client, content=None, name="report.txt"):
    file = SimpleUploadedFile(name, content or REPORT.read_bytes())
    return client.post("/inspection/reports/new/", {"file": file})


def test_a_report_is_read_shown_and_then_filed(client_of, acting):
    quill = client_of("quill")
    preview = sent(quill)["Location"]
    page = said(quill.get(preview))
    assert "6 judgments, 62 findings, 2 recommendations" in page
    with acting("quill"):
        assert not Report.objects.exists()

    filed = quill.post(preview)["Location"]
    page = said(quill.get(filed))
    assert "Lincolnshire Police requires improvement" in page
    assert "By 1 March 2024" in page
    with acting("quill"):
        report = Report.objects.get()
    assert report.filename == "report.txt"
    assert report.reference in said(quill.get("/inspection/reports/?sort=title"))
    assert quill.get(preview).status_code == 404


def test_each_item_leads_to_its_own_line(client_of, filed):
    client = client_of("quill")
    text = said(client.get(f"/inspection/reports/{filed.reference}/text/"))
    page = client.get(f"/inspection/reports/{filed.reference}/")
    for one in page.context["judgments"]:
        start = text.index(f'id="line-{one.line}"')
        assert one.quote in text[start : start + 400]
        assert f"/text/#line-{one.line}" in said(page)


def test_the_same_report_again_is_refused_with_the_way_to_it(client_of, filed, acting):
    quill = client_of("quill")
    answer = quill.get(sent(quill)["Location"])
    assert answer.status_code == 422
    assert f"filed already, as {filed.reference}" in said(answer)
    with acting("quill"):
        assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "name", "fault"),
    [
        (b"A list of biscuits.", "biscuits.txt", "holds no judgment"),
        (b"\x00\x01\x02", "report.pdf", "report.pdf"),
        (b"   ", "blank.txt", "holds no words"),
    ],
)
def test_a_file_that_holds_no_report_is_not_filed(
    client_of, acting, content, name, fault
):
    quill = client_of("quill")
    answer = quill.get(sent(quill, content, name)["Location"])
    assert fault in said(answer)
    assert "File it" not in said(answer)
    with acting("quill"):
        assert not Report.objects.exists()


def test_a_file_of_another_kind_is_refused_at_once(client_of):
    answer = sent(client_of("quill"), b"x", "report.exe")
    assert "File must be .txt, .html, .docx or .pdf." in said(answer)


def test_a_file_that_is_too_large_is_refused_at_once(client_of, settings):
    settings.FOURFOLD_LARGEST_UPLOAD = 1000
    assert "File must be " in said(sent(client_of("quill")))


@pytest.mark.parametrize("username", ["dale", "ash", "keys", "soar"])
def test_only_who_may_file_reports_files_one(client_of, username):
    client = client_of(username)
    assert client.get("/inspection/reports/new/").status_code == 403
    assert sent(client).status_code == 403


def test_another_officers_upload_is_not_found(client_of):
    preview = sent(client_of("quill"))["Location"]
    assert client_of("dale").get(preview).status_code in (403, 404)
    assert client_of("quill").get(preview).status_code == 200


def test_who_reads_nothing_finds_no_report(client_of, filed):
    keys = client_of("keys")
    for address in ("", "text/"):
        page = keys.get(f"/inspection/reports/{filed.reference}/{address}")
        assert page.status_code == 404
    assert filed.reference not in said(keys.get("/inspection/reports/?sort=title"))
