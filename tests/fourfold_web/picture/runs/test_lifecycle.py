"""A question from the asking to the answer, on a real server and a real process."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings as site

from fourfold.base.analysis import NothingToRead, WrongParameter
from fourfold_web.base.audit import acting_as, change
from fourfold_web.base.models import Entry, Officer
from fourfold_web.intake.evidence.models import EvidenceFile, Job
from fourfold_web.intake.evidence.working import (
    MOST_ATTEMPTS,
    carry_out,
    holding,
    take_up_again,
)
from fourfold_web.picture.review import services as reviews
from fourfold_web.picture.runs import results, services
from fourfold_web.picture.runs.queries import asked_before
from tests.fourfold_web.picture.runs.given import again, asked, job_of, read_chat

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[4]


@pytest.fixture
def peak(own_database, tmp_path, settings):
    settings.FOURFOLD_HOME = tmp_path / "home"
    return Officer.objects.get(username="peak")


@pytest.fixture
def chat(peak, tmp_path):
    return read_chat(peak, tmp_path)


def events_of(actor, record):
    with acting_as(actor):
        lines = Entry.objects.filter(about=record.reference).order_by("seq")
        return [line.event for line in lines]


def until(condition, seconds=30.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.05)
    pytest.fail("it did not come to that")


def test_a_question_is_answered_and_the_answer_is_kept_by_digest(peak, chat):
    run = asked(peak, chat)
    assert (run.state, run.classification) == ("queued", "official_sensitive")
    carry_out(job_of(peak, run).pk)
    done = again(peak, run)
    assert (done.state, done.failed) == ("done", "")
    with acting_as(peak):
        result = results.result_of_run(done)
    assert result.digest() == done.result
    assert result.findings.answers[0].text.startswith("1 of 5 messages")
    assert [one.authority for one in result.inputs] == [chat.authority.number]
    assert events_of(peak, run) == ["run.asked", "run.changed", "run.ended"]


def test_the_same_question_gives_the_same_digest_and_is_recognised(peak, chat):
    first, second = asked(peak, chat), asked(peak, chat)
    for run in (first, second):
        carry_out(job_of(peak, run).pk)
    assert again(peak, first).result == again(peak, second).result
    with acting_as(peak):
        assert asked_before(peak, first.asked).reference == second.reference


def test_what_cannot_be_asked_is_refused_before_anything_is_written(peak, chat):
    with pytest.raises(WrongParameter, match="about must be one of"):
        asked(peak, chat, given={"about": "money"})
    with pytest.raises(NothingToRead):
        asked(peak)
    chat.state = EvidenceFile.READING
    with pytest.raises(services.NotReadYet):
        asked(peak, chat)


def test_a_run_is_stopped_before_it_is_begun(peak, chat):
    run = asked(peak, chat)
    with acting_as(peak):
        services.stop(actor=peak, run=run)
    carry_out(job_of(peak, run).pk)
    assert again(peak, run).state == "stopped"
    assert job_of(peak, run).ended_at is not None


def test_a_run_is_paused_in_the_middle_goes_on_and_is_stopped(peak, chat):
    run = asked(peak, chat)
    job = job_of(peak, run)
    with acting_as(peak):
        services.pause(actor=peak, run=run)
    worker = threading.Thread(target=in_a_thread, args=(job.pk,))
    worker.start()
    until(lambda: job_of(peak, run).begun_at is not None)
    time.sleep(4)  # Longer than the whole question takes.
    assert worker.is_alive()
    assert again(peak, run).state == "paused"
    with acting_as(peak):
        services.resume(actor=peak, run=again(peak, run))
    worker.join(30)
    assert again(peak, run).state == "done"
    with pytest.raises(services.HasEnded), acting_as(peak):
        services.stop(actor=peak, run=again(peak, run))


def in_a_thread(number):
    from django.db import connections

    try:
        carry_out(number)
    finally:
        connections.close_all()


def test_a_worker_that_closes_leaves_the_job_to_the_next(peak, chat):
    run = asked(peak, chat)
    job = job_of(peak, run)
    carry_out(job.pk, closing=lambda: True)
    assert job_of(peak, run).ended_at is None
    assert again(peak, run).state == "running"
    carry_out(job.pk)
    assert again(peak, run).state == "done"


def test_a_job_that_is_held_by_a_worker_is_left_alone(peak, chat):
    run = asked(peak, chat)
    job = job_of(peak, run)
    with holding(job.pk) as held:
        assert held
        carry_out(job.pk)
        assert take_up_again() == 0
    assert again(peak, run).state == "queued"


def test_a_job_whose_worker_ended_again_and_again_is_given_up(peak, chat):
    run = asked(peak, chat)
    job = job_of(peak, run)
    with acting_as(peak):
        Job.objects.filter(pk=job.pk).update(attempts=MOST_ATTEMPTS)
    carry_out(job.pk)
    failed = again(peak, run)
    assert failed.state == "failed"
    assert "ended twice" in failed.failed


def test_who_lost_the_right_gets_no_answer_and_the_record_says_why(
    peak, chat, own_database
):
    run = asked(peak, chat)
    keys = Officer.objects.get(username="keys")
    with acting_as(keys), change(keys, "role.ended", about=peak) as line:
        peak.held.update(until="2022-05-31")
        line.add(peak)
    carry_out(job_of(Officer.objects.get(username="service-worker"), run).pk)
    service = Officer.objects.get(username="service-worker")
    failed = again(service, run)
    assert failed.state == "failed"
    assert "analyse" in failed.failed


def test_what_is_set_aside_as_privileged_closes_answers_and_is_left_out_after(
    peak, chat, client
):
    first = asked(peak, chat)
    carry_out(job_of(peak, first).pk)
    first = again(peak, first)
    with acting_as(peak):
        before = results.result_of_run(first).records()
        reviews.review(actor=peak, file=chat, line=before[0]["line"], set_aside=True)
        with pytest.raises(results.ClosedSince, match="1 message of its files was"):
            results.result_of_run(first)
        with pytest.raises(results.ClosedSince):
            services.keep_result(actor=peak, run=first, title="Risk", note="None")
    client.force_login(peak, "fourfold_web.base.sign_in.OfficerBackend")
    page = client.get(f"/analyses/runs/{first.reference}/")
    assert "is closed: 1 message of its files was set aside" in page.content.decode()
    assert before[0]["text"] not in page.content.decode()
    for path in ("tables/risk/", "report.docx", "places.json", "timeline.json"):
        answer = client.get(f"/analyses/runs/{first.reference}/{path}")
        assert answer.status_code == 409, path
    form = client.get(page.context["again_url"]).context["form"]
    assert form["files"].initial == [str(chat.pk)]
    second = asked(peak, chat)
    carry_out(job_of(peak, second).pk)
    second = again(peak, second)
    assert second.set_aside == 1
    assert second.asked != first.asked
    with acting_as(peak):
        answers = results.result_of_run(second).findings.answers
    assert answers[0].text.startswith("No") or answers[0].text.startswith("0 of 4")


def test_a_real_worker_takes_jobs_from_the_queue_and_those_cut_off(peak, chat):
    """The process of `fourfold up`: killed hard, and started again."""
    run = asked(peak, chat)
    with acting_as(peak):
        services.pause(actor=peak, run=run)
    worker = a_worker()
    try:
        until(lambda: job_of(peak, run).begun_at is not None)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    with acting_as(peak):
        services.resume(actor=peak, run=again(peak, run))
    worker = a_worker()
    try:
        until(lambda: again(peak, run).state == "done", 60)
    finally:
        worker.terminate()
        assert worker.wait(20) is not None
    assert job_of(peak, run).attempts == 2


def a_worker():
    database = site.DATABASES["default"]
    address = (
        f"host={database['HOST']} port={database['PORT']} user={database['USER']}"
        f" password={database['PASSWORD']} dbname={database['NAME']}"
    )
    environment = os.environ | {
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "fourfold_web.desk.settings",
        "FOURFOLD_DEMONSTRATION": "1",
        "FOURFOLD_HOME": str(site.FOURFOLD_HOME),
        "FOURFOLD_SECRET_KEY": "only for this test",
        "PYTHONPATH": str(ROOT / "src"),
    }
    command = [sys.executable, "-m", "fourfold_web.desk.worker"]
    return subprocess.Popen(command, env=environment)
