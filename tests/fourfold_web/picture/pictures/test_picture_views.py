"""Pictures of evidence: asked for, blurred, clear with a reason; some never."""

import hashlib
import io

import pytest
from PIL import ExifTags, Image

from fourfold_web.base.audit import acting_as
from fourfold_web.base.models import Look, Officer
from fourfold_web.intake.evidence.working import carry_out
from fourfold_web.picture.review import services as review
from fourfold_web.picture.runs import results
from tests.fourfold.intake.handsets.made_material import jpeg, zip_of
from tests.fourfold_web.picture.runs.given import again, asked, job_of, read_chat

pytestmark = pytest.mark.slow

TAKEN = Image.Exif()
TAKEN[ExifTags.Base.DateTime] = "2022:03:27 14:00:00"
SHOWN, OTHER = jpeg(1, exif=TAKEN), jpeg(2, exif=TAKEN)
CHAT = "27/03/2022, 14:01 - Red: look.jpg (file attached)\n"


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def peak(own_database, tmp_path, settings):
    settings.FOURFOLD_HOME = tmp_path / "home"
    return Officer.objects.get(username="peak")


@pytest.fixture
def handset(peak, tmp_path):
    members = {"look.jpg": SHOWN, "other.jpg": OTHER, "chat.txt": CHAT}
    given = zip_of(tmp_path / "phone.zip", members)
    words = given.read_bytes()
    return read_chat(peak, tmp_path, name="phone.zip", words=words)


@pytest.fixture
def client_for(client):
    def sign_in(username):
        officer = Officer.objects.get(username=username)
        client.force_login(officer, "fourfold_web.base.sign_in.OfficerBackend")
        return client

    return sign_in


def address(file, data=SHOWN, ending="") -> str:
    return f"/evidence/{file.reference}/pictures/{digest(data)}/{ending}"


def looks(peak, file) -> list[tuple[str, str]]:
    with acting_as(peak):
        rows = Look.objects.filter(about__startswith=f"{file.reference} picture")
        return list(rows.order_by("pk").values_list("about", "reason"))


def clear_address(answer) -> str:
    return answer.context["clear_url"]


def test_nothing_is_shown_until_asked_for_then_blurred_and_written_down(
    handset, peak, client_for
):
    client = client_for("peak")
    first = client.get(address(handset)).content.decode()
    assert "Nothing is shown until you ask for it" in first
    assert "<img" not in first.split("<main")[1]
    assert "blurred.jpg" in client.get(address(handset) + "?blurred").content.decode()
    answer = client.get(address(handset, ending="blurred.jpg"))
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "no-store"
    assert Image.open(io.BytesIO(answer.content)).size == (320, 240)
    about = f"{handset.reference} picture {digest(SHOWN)}"
    assert (f"{about} (blurred)", "") in looks(peak, handset)


def test_the_picture_itself_needs_a_reason_which_is_written_down(
    handset, peak, client_for
):
    client = client_for("peak")
    without = client.post(address(handset), {})
    assert "clear_url" not in without.context
    given = client.post(address(handset), {"reason": "words"})
    answer = client.get(clear_address(given))
    assert Image.open(io.BytesIO(answer.content)).size == (400, 300)
    about = f"{handset.reference} picture {digest(SHOWN)} (clear)"
    reason = "To read words or a number plate in it"
    assert (about, reason) in looks(peak, handset)


def test_a_pass_opens_one_picture_for_one_officer(handset, client_for):
    given = client_for("peak").post(address(handset), {"reason": "file"})
    passed = clear_address(given).split("?")[1]
    client = client_for("peak")
    assert (
        client.get(f"{address(handset, OTHER, 'clear.jpg')}?{passed}").status_code
        == 403
    )
    assert client.get(address(handset, ending="clear.jpg")).status_code == 403
    assert (
        client.get(address(handset, ending="clear.jpg") + "?pass=x").status_code == 403
    )


@pytest.mark.parametrize("ending", ["", "blurred.jpg", "clear.jpg"])
def test_another_force_and_a_digest_of_nothing_read_alike(handset, client_for, ending):
    assert client_for("lamb").get(address(handset, ending=ending)).status_code == 404
    nothing = address(handset, b"none", ending)
    assert client_for("peak").get(nothing).status_code == 404


def test_a_picture_on_a_list_is_neither_shown_nor_opened(
    handset, peak, tmp_path, client_for
):
    listed = f"list,category,reference,sha256\nL,1,A1,{digest(SHOWN)}\n"
    read_chat(peak, tmp_path, name="known.csv", kind="known", words=listed)
    client = client_for("peak")
    page = client.get(address(handset)).content.decode()
    assert "This picture is not shown here" in page
    assert "Show it" not in page
    assert client.get(address(handset, ending="blurred.jpg")).status_code == 403
    assert (
        client.post(address(handset), {"reason": "file"}).context.get("clear_url")
        is None
    )
    other = client.get(address(handset, OTHER, "blurred.jpg"))
    assert other.status_code == 200


def test_what_hangs_on_a_message_set_aside_is_not_shown(handset, peak, client_for):
    with acting_as(peak):
        review.review(
            actor=peak, file=handset, line=1, tags=[], note="", set_aside=True
        )
    client = client_for("peak")
    assert client.get(address(handset, ending="blurred.jpg")).status_code == 403
    assert client.get(address(handset, OTHER, "blurred.jpg")).status_code == 200


def test_an_answer_leaves_out_what_hangs_on_a_message_set_aside(handset, peak):
    with acting_as(peak):
        review.review(actor=peak, file=handset, line=1, set_aside=True)
    run = asked(peak, handset, key="images.taken")
    carry_out(job_of(peak, run).pk)
    with acting_as(peak):
        found = results.result_of_run(again(peak, run)).records()
    digests = {row["sha256"] for row in found}
    assert digest(SHOWN) not in digests
    assert digest(OTHER) in digests


def test_a_picture_in_an_answer_leads_to_its_page_and_its_file(
    handset, peak, client_for
):
    run = asked(peak, handset, key="images.taken")
    carry_out(job_of(peak, run).pk)
    client = client_for("peak")
    table = f"/analyses/runs/{run.reference}/tables/pictures/"
    page = client.get(table).content.decode()
    assert address(handset) in page
    assert f'/evidence/{handset.reference}/"' in page
