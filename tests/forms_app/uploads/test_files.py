"""Files that visitors send: checked by content, never lost, private, erased in time."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks

from forms_app.models import FormPage, Submission, SubmissionFile
from forms_app.models.submission_file import FOLDER
from forms_app.privacy import retention
from forms_app.uploads import keeping as files
from tests.factories.fixtures import SUPERUSER, MakeForm, SignIn, Wait

PDF = b"%PDF-1.7 the plan"
NAME = {"label": "Name", "field_type": "singleline", "clean_name": "name", "required": True}


@pytest.fixture
def form(make_form: MakeForm) -> FormPage:
    return make_form(NAME, {"label": "Plan", "field_type": "file", "clean_name": "plan"})


def pdf(name: str = "plan.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, kind)
    return out.getvalue()


def docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return out.getvalue()


def send(form: FormPage, **answers: Any) -> Any:
    return Client().post(form.url, {"email": "ana@example.org", "name": "Ana", **answers})


def kept_token(response: Any) -> str:
    page = BeautifulSoup(response.content, "html.parser")
    return str(page.select_one("[name=plan-kept]")["value"])  # type: ignore[index]


def stored_names() -> list[str]:
    return files._stored(FOLDER)


def test_file_comes_with_its_answer(form: FormPage) -> None:
    assert send(form, plan=pdf()).status_code == 303
    row = SubmissionFile.objects.get()
    assert row.submission == Submission.objects.get()
    assert row.submission.form_data["plan"] == "plan.pdf"
    assert (row.name, row.size, row.content_type) == ("plan.pdf", len(PDF), "application/pdf")
    assert "plan" not in row.file.name
    assert row.file.read() == PDF


@pytest.mark.parametrize(
    ("name", "content"),
    [
        *(("a.png", picture("PNG")), ("a.JPG", picture("JPEG")), ("a.webp", picture("WEBP"))),
        *(("plan.docx", docx()), ("list.csv", b"a,b\r\n"), ("note.txt", "Zoë".encode())),
    ],
)
def test_documents_and_pictures_are_taken(form: FormPage, name: str, content: bytes) -> None:
    assert send(form, plan=pdf(name, content)).status_code == 303


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("run.exe", b"MZ", "Files of this type are not taken"),
        ("page.html", b"<script>", "Files of this type are not taken"),
        ("plan", PDF, "Files of this type are not taken"),
        ("plan.pdf", b"MZ\x00", "its content is something else"),
        ("a.png", picture("JPEG"), "its content is something else"),
        ("a.jpg", b"<svg onload=alert(1)>", "its content is something else"),
        ("plan.docx", PDF, "its content is something else"),
        ("plan.pdf", b"", "This file is empty"),
    ],
)
def test_what_is_not_what_it_seems_is_refused(
    form: FormPage, name: str, content: bytes, words: str
) -> None:
    answer = send(form, plan=pdf(name, content))
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not SubmissionFile.objects.exists()
    assert stored_names() == []


def test_file_over_the_limit_is_refused_and_not_written_to_the_end(
    form: FormPage, settings: Any
) -> None:
    settings.MAX_UPLOAD_MB = 1
    assert send(form, plan=pdf(content=PDF.ljust(1024**2))).status_code == 303
    answer = send(form, plan=pdf(content=PDF.ljust(4 * 1024**2)))
    assert "This file is too large. Choose one of 1.0\xa0MB or less." in answer.content.decode()
    assert answer.wsgi_request.FILES["plan"].size < 2 * 1024**2


def test_chosen_file_survives_an_error_elsewhere(form: FormPage) -> None:
    answer = send(form, name="", plan=pdf())
    page = BeautifulSoup(answer.content, "html.parser")
    assert "Fill in “Name”." in page.text
    assert "plan.pdf" in page.select_one(".sent-file").text  # type: ignore[union-attr]
    control = page.select_one("input[type=file]")
    assert control is not None
    assert "id_plan-chosen" in str(control["aria-describedby"]).split()
    assert send(form, **{"plan-kept": kept_token(answer)}).status_code == 303
    assert Submission.objects.get().files.get().file.read() == PDF


def test_kept_file_can_be_removed_or_replaced(form: FormPage) -> None:
    token = kept_token(send(form, name="", plan=pdf()))
    removed = send(form, name="", **{"plan-kept": token, "plan-remove": "yes"})
    assert "plan-kept" not in removed.content.decode()
    other = pdf("other.pdf", PDF + b"2")
    assert send(form, plan=other, **{"plan-kept": token}).status_code == 303
    assert Submission.objects.get().files.get().name == "other.pdf"


@pytest.mark.parametrize("token", ["nonsense", "a:b:c", "a\x00", "x" * 9000])
def test_forged_token_asks_for_the_file_again(form: FormPage, token: str) -> None:
    answer = send(form, **{"plan-kept": token})
    assert "Choose it again." in answer.content.decode()
    assert not Submission.objects.exists()


def test_token_of_another_form_opens_nothing(form: FormPage, make_form: MakeForm) -> None:
    other = make_form(
        NAME, {"label": "Plan", "field_type": "file", "clean_name": "plan"}, title="Another"
    )
    token = kept_token(send(other, name="", plan=pdf()))
    answer = send(form, **{"plan-kept": token})
    assert answer.status_code == 200
    assert "Choose it again." in answer.content.decode()
    assert not Submission.objects.exists()


def test_the_same_answer_twice_is_stored_once_but_another_file_is_another(form: FormPage) -> None:
    token = kept_token(send(form, name="", plan=pdf()))
    for _ in range(3):
        assert send(form, **{"plan-kept": token}).status_code == 303
        assert send(form, plan=pdf()).status_code == 303
    assert Submission.objects.count() == 1
    assert SubmissionFile.objects.count() == 1  # what was sent anew does not wait here
    assert send(form, plan=pdf(content=PDF + b"other")).status_code == 303
    assert Submission.objects.count() == 2


def test_form_sent_again_with_other_words_has_the_file_too(form: FormPage) -> None:
    token = kept_token(send(form, name="", plan=pdf()))
    assert send(form, **{"plan-kept": token}).status_code == 303
    assert send(form, name="Ana Ruiz", **{"plan-kept": token}).status_code == 303
    first, second = Submission.objects.order_by("pk")
    assert first.files.get().file.name != second.files.get().file.name
    assert second.files.get().file.read() == PDF


def test_storage_trouble_keeps_the_other_answers(
    form: FormPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(type(storages["private"]), "save", fail)
        answer = send(form, plan=pdf())
    assert "We could not save this file just now." in answer.content.decode()
    assert "Ana" in answer.content.decode()
    assert not Submission.objects.exists()


def test_no_more_is_kept_than_there_is_room_for(
    form: FormPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST_WAITING", len(PDF))
    token = kept_token(send(form, name="", plan=pdf()))
    answer = send(form, name="", plan=pdf())
    assert "We could not keep this file until the rest is right." in answer.content.decode()
    assert send(form, **{"plan-kept": token}).status_code == 303


def test_file_whose_answer_never_came_is_erased_after_a_day(
    form: FormPage,
    wait: Wait,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    token = kept_token(send(form, name="", plan=pdf()))
    assert files.erase_waiting_files() == 0
    wait(timedelta(hours=26))
    with django_capture_on_commit_callbacks(execute=True):
        assert files.erase_waiting_files() == 1
    assert stored_names() == []
    answer = send(form, **{"plan-kept": token})
    assert "Choose it again." in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_file_goes_with_its_answer_and_not_before(
    site: Any, make_form: MakeForm, wait: Wait
) -> None:
    form = make_form(NAME, {"label": "Plan", "field_type": "file", "clean_name": "plan"})
    send(form, plan=pdf())
    send(form, name="", plan=pdf())
    wait(timedelta(days=365 * 3))
    assert len(stored_names()) == 2
    retention.purge()
    assert not Submission.objects.exists()
    assert len(stored_names()) == 1
    files.erase_waiting_files()
    assert stored_names() == []


@pytest.mark.django_db(transaction=True)
def test_file_that_no_answer_holds_is_swept_up(form: FormPage, wait: Wait) -> None:
    send(form, plan=pdf())
    SubmissionFile.objects.get().delete()
    assert files.sweep() == 0
    wait(timedelta(days=2))
    send(form, name="Bo", plan=pdf())
    assert files.sweep() == 1
    assert len(stored_names()) == 1


def test_staff_with_the_right_fetch_the_file_as_a_download(
    form: FormPage,
    sign_in: SignIn,
) -> None:
    send(form, plan=pdf("Plán <b>.pdf"))
    row = SubmissionFile.objects.get()
    address = reverse("forms_app_answer_file", args=[row.key])
    answer = sign_in("Data managers").get(address)
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'"
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert sign_in("Editors").get(address).status_code in {302, 403}
    shown = sign_in(SUPERUSER).get(
        reverse("forms_app_submission_modeladmin_inspect", args=[row.submission_id])
    )
    assert address in shown.content.decode()


def test_waiting_file_can_be_fetched_by_nobody(form: FormPage, sign_in: SignIn) -> None:
    send(form, name="", plan=pdf())
    address = reverse("forms_app_answer_file", args=[SubmissionFile.objects.get().key])
    assert sign_in(SUPERUSER).get(address).status_code == 404


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\docs\\plan.pdf", "plan.pdf"),
        ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),
        ("x" * 400 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_name_of_a_file_is_plain(sent: str, kept: str) -> None:
    assert files.plain_name(sent) == kept
