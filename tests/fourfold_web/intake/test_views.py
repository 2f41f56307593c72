"""The pages of deliveries, and who may open them."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from fourfold_web.intake.models import Delivery, QuarantinedRow
from fourfold_web.picture.models import Threat
from tests.fourfold_web.intake.conftest import THREAT, write_csv

pytestmark = pytest.mark.django_db

NEW = "/deliveries/new/"


def upload(client, rows, tmp_path, **said):
    content = write_csv(tmp_path / "threats.csv", rows).read_bytes()
    file = SimpleUploadedFile("threats.csv", content)
    form = {"kind": "threats", "body": "lincolnshire", "file": file} | said
    return client.post(NEW, form)


def test_a_file_is_previewed_then_brought_in_then_mended(client_of, acting, tmp_path):
    lamb = client_of("lamb")
    rows = [THREAT, THREAT | {"ref": "T2", "soc": "perhaps"}]
    preview = upload(lamb, rows, tmp_path)
    shown = lamb.get(preview.url).content.decode()
    assert "2 rows = 1 loaded + 0 changed + 0 unchanged + 1 kept back" in shown
    assert "Not in the list soc" in shown
    assert "Group Alder" in shown
    with acting("lamb"):
        assert not Threat.objects.exists()

    page = lamb.post(preview.url)
    assert "1 kept back" in lamb.get(page.url).content.decode()
    assert lamb.get(preview.url).status_code == 404
    with acting("lamb"):
        row = QuarantinedRow.objects.get()

    mend = reverse("intake:row-mend", args=[row.reference])
    assert "perhaps" in lamb.get(mend).content.decode()
    wrong = lamb.post(mend, row.row | {"soc": "maybe"}).content.decode()
    assert "There is a problem" in wrong
    assert "SOC \u2018maybe\u2019: not in the list soc." in wrong
    assert lamb.post(mend, row.row | {"soc": "SOC"}).url == page.url
    with acting("lamb"):
        assert Threat.objects.count() == 2


def test_a_file_that_cannot_be_read_says_so_on_the_form(client_of, tmp_path):
    lamb = client_of("lamb")
    preview = upload(lamb, [{"colour": "red"}], tmp_path)
    answer = lamb.get(preview.url)
    assert answer.status_code == 422
    assert "lacks columns" in answer.content.decode()


def test_the_form_offers_only_the_officers_bodies(client_of, tmp_path):
    lamb = client_of("lamb")
    assert "Derbyshire" not in lamb.get(NEW).content.decode()
    refused = upload(lamb, [THREAT], tmp_path, body="derbyshire")
    assert refused.status_code == 200
    assert "choose one from the list" in refused.content.decode()


def test_a_layout_of_the_server_cannot_be_named_by_its_path(client_of, tmp_path):
    refused = upload(client_of("lamb"), [THREAT], tmp_path, layout="/etc/x.toml")
    assert "Layout must be the name of a layout" in refused.content.decode()


def test_a_file_over_the_limit_is_refused_on_the_form(client_of, tmp_path, settings):
    settings.FOURFOLD_LARGEST_UPLOAD = 20
    refused = upload(client_of("lamb"), [THREAT], tmp_path)
    assert "or smaller" in refused.content.decode()


def test_an_upload_is_its_officers_alone(client_of, client, tmp_path):
    preview = upload(client_of("lamb"), [THREAT], tmp_path)
    assert client_of("quill").get(preview.url).status_code == 404
    assert client_of("quill").post(preview.url).status_code == 404
    assert client_of("lamb").get(preview.url).status_code == 200


@pytest.mark.parametrize("page", ["delivery", "delivery-faults", "row-mend"])
def test_pages_of_another_body_look_absent(client_of, delivered, acting, page):
    delivered("threats", [THREAT, THREAT | {"ref": "T2", "soc": "perhaps"}])
    with acting("service-loader"):
        record = (QuarantinedRow if page == "row-mend" else Delivery).objects.get()
    address = reverse(f"intake:{page}", args=[record.reference])
    assert client_of("holt").get(address).status_code == 200
    assert client_of("lamb").get(address).status_code == 404
    assert client_of("lamb").post(address).status_code in (404, 405)


@pytest.mark.parametrize("address", ["/deliveries/", NEW])
def test_an_officer_who_imports_for_nobody_is_told_so(client_of, address):
    assert client_of("holt").get(address).status_code == 200
    assert client_of("wold").get(address).status_code == 403


def test_the_list_shows_each_delivery_with_its_figures(client_of, delivered):
    delivered("threats", [THREAT | {"soc": "perhaps"}], body="lincolnshire")
    delivered("threats", [THREAT], body="derbyshire")
    shown = client_of("lamb").get("/deliveries/").content.decode()
    assert "1 to mend" in shown
    assert "1 delivery" in shown


def test_the_faults_go_back_to_the_sender_as_a_file(client_of, delivered):
    answer = delivered("threats", [THREAT | {"soc": "=cmd"}], body="lincolnshire")
    address = reverse("intake:delivery-faults", args=[answer["delivery"]])
    sent = b"".join(client_of("lamb").get(address)).decode("utf-8-sig")
    marking, headings, row = csv.reader(io.StringIO(sent))
    assert marking == ["OFFICIAL-SENSITIVE"]
    assert headings[2:4] == ["Line", "Field"]
    assert row[2:4] == ["2", "soc"]
