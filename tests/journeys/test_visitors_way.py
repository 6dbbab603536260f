"""From a stranger to a person with the guide, and every shortcut that must not work."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from eoc_cms.core.models import CustomDocument, OutgoingMail
from forms_app.models import Submission
from resources.models import Download, Grant, ResourceFile

pytestmark = pytest.mark.indexed

GUIDE = "/resources/empowering-equity-officers/"
OTHER = "/resources/roadmap-for-the-first-few-years/"
ANSWER = {"work_email": "Ana@Example.org", "role": "Other leader"}
DEMO_PAGES = [
    "/",
    "/collective/",
    "/resources/",
    GUIDE,
    OTHER,
    "/resources/atlanta-convening/",
    "/contact/",
    "/search/",
    "/search/?q=guide",
    "/search/?q=%00",
    "/privacy/",
    "/accessibility/",
    "/sitemap.xml",
    "/robots.txt",
]


def file_address() -> str:
    entry = ResourceFile.objects.get(resource__slug="empowering-equity-officers")
    return f"/download/{entry.key}/"


@pytest.mark.parametrize("path", DEMO_PAGES)
def test_page_answers_strangers_without_a_cookie(demo: str, client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    assert b"csrfmiddlewaretoken" not in response.content


def test_locked_page_names_no_file(demo: str, client: Client) -> None:
    content = client.get(GUIDE).content.decode()
    assert "/download/" not in content
    assert "/documents/" not in content


def test_answer_opens_the_guide_and_the_other_one(demo: str, client: Client) -> None:
    sent = client.post(GUIDE, ANSWER)
    assert sent.status_code == 303
    opened = client.get(sent["Location"], follow=True)
    assert file_address() in opened.content.decode()
    assert opened["Cache-Control"] == "private, no-store"
    assert "/download/" in client.get(OTHER).content.decode()

    guide = client.get(file_address())
    assert b"".join(guide.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    assert guide["Content-Disposition"].startswith("attachment")
    assert guide["Content-Security-Policy"] == "default-src 'none'"
    assert Download.objects.count() == 1


def test_guide_is_delivered_without_cookies(demo: str, client: Client) -> None:
    sent = client.post(GUIDE, ANSWER)
    stranger = Client()
    opened = stranger.get(sent["Location"])
    assert f"{file_address()}?pass=" in opened.content.decode()


@pytest.mark.parametrize("method", ["get", "head"])
def test_file_is_locked_on_both_roads(demo: str, client: Client, method: str) -> None:
    document = CustomDocument.objects.get(resource_files__resource__slug=GUIDE.split("/")[2])
    for address in (file_address(), document.url, f"/documents/{document.pk}/guess.pdf"):
        response = getattr(client, method)(address)
        assert (response.status_code, response["Location"]) == (303, GUIDE)


def test_forged_cookie_is_no_cookie(demo: str, client: Client) -> None:
    client.cookies["eoc_access"] = "forged"
    assert "/download/" not in client.get(GUIDE).content.decode()


def test_sending_twice_stores_once(demo: str, client: Client) -> None:
    client.post(GUIDE, ANSWER)
    Client().post(GUIDE, ANSWER)
    assert Submission.objects.count() == Grant.objects.count() == 1


def test_mail_holds_a_link_that_opens_the_guide_elsewhere(demo: str, client: Client) -> None:
    client.post(GUIDE, ANSWER)
    call_command("run_worker", once=True)
    message = next(sent for sent in mail.outbox if "Ana@Example.org" in sent.to)
    link = next(word for word in str(message.body).split() if "/access/" in word)
    elsewhere = Client()
    path = link.removeprefix("http://testserver")
    assert elsewhere.get(path).status_code == 200
    assert Grant.objects.count() == 1
    opened = elsewhere.post(path, follow=True)
    assert file_address() in opened.content.decode()
    assert elsewhere.get(f"{path[:-2]}x/").status_code == 410
    assert set(OutgoingMail.objects.values_list("text", flat=True)) == {""}


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"role": "Equity officer"},
        {**ANSWER, "name": "x" * 1_000_000},
        {**ANSWER, "work_email": "nobody"},
    ],
)
def test_bad_answer_is_explained_and_kept(
    demo: str, client: Client, answer: dict[str, str]
) -> None:
    response = client.post(GUIDE, answer)
    assert response.status_code == 200
    content = response.content.decode()
    assert "There is a problem" in content
    assert "<title>Error:" in content
    assert answer.get("name", "")[:50].replace("\x00", "") in content.replace("\x00", "")
    assert not Submission.objects.exists()


def test_unknown_fields_and_emoji_are_no_trouble(demo: str, client: Client) -> None:
    client.post(GUIDE, {**ANSWER, "name": "Zoë 🌻", "nobody": "asked"})
    assert Submission.objects.get().form_data["name"] == "Zoë 🌻"


def test_form_from_another_site_is_not_taken(demo: str, client: Client) -> None:
    response = client.post(GUIDE, ANSWER, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403
    assert b"Ana@Example.org" in response.content
    assert not Submission.objects.exists()


def test_filled_trap_is_held_and_opens_nothing(demo: str, client: Client) -> None:
    response = client.post(GUIDE, {**ANSWER, "website_address": "https://spam.example"})
    assert response.status_code == 200
    assert Submission.objects.get().state == "held"
    assert not Grant.objects.live().exists()
    assert not OutgoingMail.objects.waiting().exists()


def test_unpublished_resource_closes_its_file(demo: str, client: Client) -> None:
    client.post(GUIDE, ANSWER)
    entry = ResourceFile.objects.get(resource__slug="empowering-equity-officers")
    entry.resource.unpublish()
    assert client.get(file_address()).status_code == 404
