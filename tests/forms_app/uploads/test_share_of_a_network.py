"""Files that belong to no answer take no room from anybody else's."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from forms_app.models import FormPage, Submission, SubmissionFile
from forms_app.uploads import keeping
from tests.factories.fixtures import MakeForm

PDF = b"%PDF-1.7 the plan"
PLAN = {"label": "Plan", "field_type": "file", "clean_name": "plan"}
NAME = {"label": "Name", "field_type": "singleline", "required": True}
ATTACKER, SCHOOL = "203.0.113.9", "198.51.100.7"
GO_ON: Any = {"form-go": "on"}
AGAIN = "We could not keep this file until the rest is right."


@pytest.fixture
def form(make_form: MakeForm) -> FormPage:
    return make_form(NAME, PLAN)


@pytest.fixture(autouse=True)
def _little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_OF_ONE_NETWORK", 2 * len(PDF))
    monkeypatch.setattr(keeping, "MOST_WAITING", 4 * len(PDF))


def send(form: FormPage, network: str, *, name: str = "Ana", number: Any = 0, **more: Any) -> Any:
    plan = SimpleUploadedFile("plan.pdf", PDF)
    data = {"email": f"ana{number}@example.org", "name": name, "plan": plan, **more}
    return Client(REMOTE_ADDR=network).post(form.url, data)


def fill_up(form: FormPage, network: str) -> None:
    for _time in range(6):
        assert send(form, network, name="").status_code == 200


def test_network_that_fills_its_share_closes_nobody_elses(form: FormPage) -> None:
    fill_up(form, ATTACKER)
    assert SubmissionFile.objects.count() == 2
    answer = send(form, SCHOOL, name="").content.decode()
    assert AGAIN not in answer
    assert "plan-kept" in answer


def test_file_of_a_whole_answer_is_taken_however_many_wait(form: FormPage) -> None:
    for network in (ATTACKER, "203.0.113.10", "203.0.113.11"):
        fill_up(form, network)
    assert SubmissionFile.objects.count() == 4
    for number in range(5):
        assert send(form, ATTACKER, number=number).status_code == 303
    assert Submission.objects.filter(files__isnull=False).count() == 5


def test_file_without_room_is_to_be_chosen_again_and_no_word_is_lost(form: FormPage) -> None:
    fill_up(form, ATTACKER)
    answer = send(form, ATTACKER, email="no address")
    page = BeautifulSoup(answer.content, "html.parser")
    assert AGAIN in page.text
    assert page.select_one("input[name=name]")["value"] == "Ana"  # type: ignore[index]
    assert not page.select("[name=plan-kept]")
    assert send(form, ATTACKER).status_code == 303
    assert Submission.objects.get().files.get().file.read() == PDF


def test_file_is_known_by_its_network_only_while_it_waits(form: FormPage) -> None:
    send(form, ATTACKER, name="")
    network = SubmissionFile.objects.get().network
    assert len(network) == 64
    assert ATTACKER not in network
    page = BeautifulSoup(send(form, ATTACKER, name="").content, "html.parser")
    kept: Any = {"plan-kept": page.select_one("[name=plan-kept]")["value"]}  # type: ignore[index]
    send(form, ATTACKER, plan="", **kept)
    assert Submission.objects.get().files.get().network == ""


def test_file_in_a_form_with_steps_waits_within_the_share(make_form: MakeForm) -> None:
    form = make_form(NAME, PLAN, {"label": "More", "field_type": "step"}, {**NAME, "label": "Why"})
    for _time in range(6):
        assert send(form, ATTACKER, **GO_ON).status_code == 303
    assert SubmissionFile.objects.count() == 2


def test_refused_form_says_that_its_file_has_to_be_chosen_again(form: FormPage) -> None:
    client = Client(headers={"Sec-Fetch-Site": "cross-site"})
    data = {"email": "ana@example.org", "name": "Ana", "plan": SimpleUploadedFile("a.pdf", PDF)}
    answer = client.post(form.url, data)
    assert answer.status_code == 403
    assert "has to be chosen once more" in answer.content.decode()
    assert not SubmissionFile.objects.exists()
