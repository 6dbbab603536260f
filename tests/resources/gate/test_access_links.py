"""The link in a mail: it opens as long as its grant lives, and in every browser."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from eoc_cms.core.models import OutgoingMail, SiteSettings
from forms_app.models import FormPage
from home.models import HomePage
from resources.models import Grant, ResourceIndexPage, ResourcePage
from tests.factories.pages import form_page, make_resource

DAYS = 180
REFUSED = "This link does not work any more"


@pytest.fixture
def guide(home: HomePage, index: ResourceIndexPage) -> ResourcePage:
    form = form_page(home)
    FormPage.objects.filter(pk=form.pk).update(visitor_mail_body="Here it is: {link}")
    page: ResourcePage = make_resource(index, "Guide", gate_mode="form", gate_form=form)
    return page


@pytest.fixture
def visitor(guide: ResourcePage) -> Client:
    client = Client()
    assert client.post(guide.url, {"email": "ana@example.org"}).status_code == 303
    return client


@pytest.fixture
def link(visitor: Client) -> str:
    """Give the link of the mail that the visitor got."""
    texts = " ".join(OutgoingMail.objects.values_list("text", flat=True))
    found = re.search(r"http://testserver(/access/\S+)", texts)
    assert found
    return found[1]


def opens(link: str, guide: ResourcePage) -> bool:
    device = Client()
    sent = device.post(link)
    return sent.status_code == 303 and b"/download/" in device.get(guide.url).content


def test_old_mail_s_link_opens_while_its_grant_is_renewed_by_use(
    visitor: Client, guide: ResourcePage, link: str, wait: Callable[[timedelta], None]
) -> None:
    for _half in range(4):
        wait(timedelta(days=DAYS / 2))
        assert b"/download/" in visitor.get(guide.url).content
    assert Client().get(link).status_code == 200
    assert opens(link, guide)


def test_use_of_the_link_alone_keeps_it_working(
    guide: ResourcePage, link: str, wait: Callable[[timedelta], None]
) -> None:
    for _time in range(3):
        wait(timedelta(days=DAYS - 10))
        assert opens(link, guide)


def test_link_that_nobody_used_ends_with_its_grant(
    guide: ResourcePage, link: str, wait: Callable[[timedelta], None]
) -> None:
    wait(timedelta(days=DAYS, minutes=1))
    for answer in (Client().get(link), Client().post(link)):
        assert answer.status_code == 410
        assert REFUSED in answer.content.decode()
        assert not answer.cookies


def test_grant_that_staff_shortened_takes_its_link_along(guide: ResourcePage, link: str) -> None:
    Grant.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert not opens(link, guide)


def test_revoked_grant_closes_every_link_ever_mailed_for_it(
    visitor: Client, guide: ResourcePage, link: str, wait: Callable[[timedelta], None]
) -> None:
    wait(timedelta(days=DAYS - 1))
    visitor.get(guide.url)
    Client().post("/access/", {"email": "ana@example.org"})
    texts = " ".join(OutgoingMail.objects.values_list("text", flat=True))
    links = set(re.findall(r"http://testserver(/access/\S+)", texts))
    assert all(opens(each, guide) for each in links)
    Grant.objects.update(revoked_at=timezone.now())
    assert not any(opens(each, guide) for each in links)


# --- Guides that are gone -----------------------------------------------------------------


def delete(guide: ResourcePage) -> None:
    guide.delete()


def unpublish(guide: ResourcePage) -> None:
    guide.unpublish()


def expire(guide: ResourcePage) -> None:
    ResourcePage.objects.update(expire_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.parametrize("take_away", [delete, unpublish, expire])
@pytest.mark.parametrize("is_over", [False, True])
def test_link_to_a_guide_that_is_gone_says_so_and_whom_to_ask(
    guide: ResourcePage, link: str, take_away: Callable[[ResourcePage], None], is_over: bool
) -> None:
    settings = SiteSettings.for_site(Site.objects.get())
    settings.contact_email = "help@example.org"
    settings.save()
    if is_over:
        Grant.objects.update(revoked_at=timezone.now())
    list_address = guide.get_parent().url
    take_away(guide)
    for answer in (Client().get(link), Client().post(link)):
        said = answer.content.decode()
        assert answer.status_code == 410
        assert "“Guide” is not available any more" in said
        assert 'href="mailto:help@example.org"' in said
        assert f'class="button" href="{list_address}"' in said
        assert "form" not in said.split("<main")[1].split("</main>")[0]


def test_ended_link_tells_of_no_form_where_there_is_none(guide: ResourcePage, link: str) -> None:
    Grant.objects.update(revoked_at=timezone.now())
    assert "short form" in Client().get(link).content.decode()
    ResourcePage.objects.update(gate_form=None)
    assert "short form" not in Client().get(link).content.decode()


# --- Browsers that say where a form comes from only by its origin -------------------------


@pytest.mark.parametrize("where", ["mailed link", "unlocked page", "code"])
def test_page_with_a_secret_address_tells_its_origin_and_nothing_more(
    visitor: Client, guide: ResourcePage, link: str, where: str
) -> None:
    """Under “no-referrer”, a browser without Sec-Fetch-Site sends `Origin: null`."""
    paths = {"mailed link": link, "unlocked page": guide.url, "code": "/code/"}
    assert visitor.get(paths[where])["Referrer-Policy"] == "strict-origin"


def test_button_works_in_a_browser_that_tells_only_its_origin(
    guide: ResourcePage, link: str
) -> None:
    device = Client()
    headers = {"origin": "http://testserver", "referer": "http://testserver/"}
    assert device.post(link, headers=headers).status_code == 303
    assert b"/download/" in device.get(guide.url).content


@pytest.mark.parametrize("origin", ["https://other.example", "null", "http://testserver.example"])
def test_button_pressed_by_another_site_opens_nothing_and_is_offered(
    guide: ResourcePage, link: str, origin: str
) -> None:
    device = Client()
    answer = device.post(link, headers={"origin": origin})
    assert answer.status_code == 200
    assert "Open it" in answer.content.decode()
    assert not answer.cookies
    assert b"/download/" not in device.get(guide.url).content
