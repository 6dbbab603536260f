"""A code opens what staff chose, for as long and as often as they said, and nothing else."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from eoc_cms.core.models import AskedToday
from home.bootstrap import bootstrap
from resources.models import CohortCode, Download, Grant, ResourceIndexPage, ResourcePage
from resources.models.cohort_code import new_code
from resources.views.cohort_code import MOST_WRONG, PAUSE_SECONDS
from tests.factories.codes import FORM, OPENS_NOTHING, enter, file_of, gets_file, make_code
from tests.factories.fixtures import Make
from tests.factories.pages import document, make_resource

# --- Opening -----------------------------------------------------------------------


def test_typed_code_opens_its_resource_at_once(client: Client, make: Make) -> None:
    guide = make("Guide")
    code = make_code(guide)
    sent = enter(client, code.written)
    assert sent.status_code == 303
    assert sent["Location"].startswith(f"{guide.url}?pass=")
    assert file_of(guide) in client.get(sent["Location"], follow=True).content.decode()
    assert gets_file(client, guide)


def test_code_opens_exactly_what_was_chosen(client: Client, make: Make) -> None:
    guide, other, third = make("Guide"), make("Other"), make("Third")
    enter(client, make_code(guide, other).written)
    assert [gets_file(client, page) for page in (guide, other, third)] == [True, True, False]


def test_several_resources_are_listed(client: Client, make: Make) -> None:
    guide, other, third = make("Guide"), make("Other"), make("Third")
    sent = enter(client, make_code(guide, other).written)
    listed = client.get(sent["Location"], follow=True)
    links = re.findall(r'href="(/resources/[^"?/]+/)"', listed.content.decode())
    assert {guide.url, other.url} <= set(links)
    assert third.url not in links
    assert listed.request["QUERY_STRING"] == ""
    assert listed["Cache-Control"] == "private, no-store"


def test_code_works_where_no_cookie_is_kept(make: Make) -> None:
    guide, other = make("Guide"), make("Other")
    sent = enter(Client(), make_code(guide, other).written)
    listed = Client().get(sent["Location"]).content.decode()
    page = next(
        address for address in re.findall(r'href="([^"]+)"', listed) if guide.url in address
    )
    files = Client().get(page).content.decode()
    address = next(found for found in re.findall(r'href="([^"]+)"', files) if "/download/" in found)
    assert Client().get(address).status_code == 200
    assert "The code opens this page again later." in files


def test_list_without_a_code_leads_to_the_form(client: Client, make: Make) -> None:
    assert client.get("/code/opened/")["Location"] == FORM


def test_gate_whose_form_is_gone_is_opened_by_a_code(client: Client, make: Make) -> None:
    guide = make("Guide", gate_form=None)
    assert not gets_file(client, guide)
    enter(client, make_code(guide).written)
    assert gets_file(client, guide)


def test_use_is_counted_and_nobody_is_recorded(client: Client, make: Make) -> None:
    guide = make("Guide")
    code = make_code(guide)
    enter(client, code.written)
    client.get(file_of(guide))
    grant = Grant.objects.get()
    assert (grant.submission, grant.person, grant.cohort_code) == (None, None, code)
    assert Download.objects.get().grant == grant
    assert CohortCode.objects.get().uses == 1


def test_same_browser_counts_once(client: Client, make: Make) -> None:
    code = make_code(make("Guide"), limit=1)
    for _time in range(3):
        assert enter(client, code.written).status_code == 303
    assert client.get(f"/code/{code.written}/").status_code == 200
    assert CohortCode.objects.get().uses == Grant.objects.count() == 1


# --- The link ----------------------------------------------------------------------


def test_link_shows_a_button_and_spends_nothing(client: Client, make: Make) -> None:
    guide = make("Guide")
    code = make_code(guide)
    path = code.link.removeprefix("http://testserver")
    for _time in range(3):
        page = client.get(path)
    assert page.status_code == 200
    assert "Guide" in page.content.decode()
    assert page["Referrer-Policy"] == "strict-origin"
    assert page["X-Robots-Tag"] == "noindex"
    assert not page.cookies
    assert not Grant.objects.exists()
    assert CohortCode.objects.get().uses == 0

    assert client.post(path).status_code == 303
    assert gets_file(client, guide)


def test_link_from_another_site_opens_nothing(client: Client, make: Make) -> None:
    code = make_code(make("Guide"))
    for sent in (
        client.post(f"/code/{code.written}/", headers={"sec-fetch-site": "cross-site"}),
        enter(client, code.written, origin="https://other.example"),
    ):
        assert sent.status_code == 403
        assert not sent.cookies
    assert not Grant.objects.exists()


# --- What opens nothing --------------------------------------------------------------


def refused_codes(guide: ResourcePage, hidden: ResourcePage) -> dict[str, str]:
    """Return one code of every kind that opens nothing."""
    now = timezone.now()
    return {
        "never made": new_code(),
        "no code": "open sesame",
        "over": make_code(guide, days=-1).code,
        "used up": make_code(guide, limit=2, uses=2).code,
        "revoked": make_code(guide, revoked_at=now).code,
        "of nothing visible": make_code(hidden).code,
    }


def test_every_refusal_reads_the_same(client: Client, make: Make) -> None:
    codes = refused_codes(make("Guide"), make("Hidden", live=False))
    for path, status in (("typed", 200), ("link", 410)):
        answers = set()
        for code in codes.values():
            sent = enter(client, code) if path == "typed" else client.post(f"/code/{code}/")
            assert sent.status_code == status
            assert not sent.cookies
            answers.add(sent.content.decode().replace(code, "…"))
        assert len(answers) == 1
        assert OPENS_NOTHING in answers.pop()
    for code in codes.values():
        assert client.get(f"/code/{code}/").status_code == 410
    assert not Grant.objects.exists()


def test_refusal_keeps_what_was_typed_and_is_tied_to_the_field(client: Client, make: Make) -> None:
    page = enter(client, "K7QM-0000").content.decode()
    assert 'value="K7QM-0000"' in page
    assert "<title>Error:" in page
    assert re.search(r'<input[^>]*aria-describedby="[^"]*id_code-error[^"]*"', page)
    assert 'href="#id_code"' in page


def test_browser_that_tells_only_its_origin_can_send_the_form(client: Client, make: Make) -> None:
    code = make_code(make("Guide"))
    assert client.get(FORM)["Referrer-Policy"] == "strict-origin"
    assert enter(client, code.written, origin="http://testserver").status_code == 303


def test_filled_trap_opens_nothing(client: Client, make: Make) -> None:
    code = make_code(make("Guide"))
    sent = client.post(FORM, {"code": code.written, "website_address": "https://spam.example"})
    assert OPENS_NOTHING in sent.content.decode()
    assert not Grant.objects.exists()


@pytest.mark.parametrize("change", ["revoke", "end", "take out", "unpublish", "make private"])
def test_what_a_code_opened_closes_at_once(client: Client, make: Make, change: str) -> None:
    guide, other = make("Guide"), make("Other")
    code = make_code(guide, other)
    enter(client, code.written)
    assert gets_file(client, guide)
    if change == "revoke":
        CohortCode.objects.update(revoked_at=timezone.now())
    elif change == "end":
        CohortCode.objects.update(expires_at=timezone.now())
    elif change == "take out":
        code.resources.remove(guide)
    elif change == "unpublish":
        guide.unpublish()
    else:
        PageViewRestriction.objects.create(page=guide, restriction_type="login")
    assert not gets_file(client, guide)
    assert gets_file(client, other) is (change not in {"revoke", "end"})
    assert Grant.objects.count() == 1


def test_live_and_is_live_agree(make: Make) -> None:
    now = timezone.now()
    guide = make("Guide")
    for days, revoked_at in ((1, None), (-1, None), (1, now)):
        code = make_code(guide, days=days, revoked_at=revoked_at)
        grant = Grant.objects.create(cohort_code=code, expires_at=now + timedelta(days=9))
        is_live = days > 0 and revoked_at is None
        assert grant.is_live() is is_live
        assert Grant.objects.live().filter(pk=grant.pk).exists() is is_live
        assert Grant.objects.ended().filter(pk=grant.pk).exists() is not is_live


def test_use_does_not_prolong_what_a_code_gave(client: Client, make: Make) -> None:
    guide = make("Guide")
    code = make_code(guide, days=3)
    enter(client, code.written)
    client.get(guide.url)
    client.get(file_of(guide))
    assert Grant.objects.get().expires_at == code.expires_at


def test_later_end_reaches_whoever_enters_the_code_again(client: Client, make: Make) -> None:
    code = make_code(make("Guide"), days=3)
    enter(client, code.written)
    code.expires_at += timedelta(days=30)
    code.save()
    enter(client, code.written)
    assert Grant.objects.get().expires_at == code.expires_at
    assert CohortCode.objects.get().uses == 1


def test_document_behind_another_gate_stays_closed(
    client: Client, index: ResourceIndexPage, make: Make
) -> None:
    guide, other = make("Guide"), make("Other")
    shared = document("shared.pdf")
    for page in (guide, other):
        page.files.update(document=shared)
    enter(client, make_code(guide).written)
    assert not gets_file(client, guide)


# --- Guessing ------------------------------------------------------------------------


def test_guessing_is_stopped_for_a_while(
    client: Client, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = make_code(make("Guide"))
    start = timezone.now()
    for number in range(MOST_WRONG):
        sent = enter(client, new_code()) if number % 2 else client.get(f"/code/{new_code()}/")
        assert OPENS_NOTHING in sent.content.decode()
    for refused in (enter(client, code.written), client.get(f"/code/{code.written}/")):
        assert refused.status_code == 429
        assert int(refused["Retry-After"]) > 0
        assert OPENS_NOTHING not in refused.content.decode()
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert enter(elsewhere, code.written).status_code == 303
    monkeypatch.setattr(timezone, "now", lambda: start + timedelta(seconds=PAUSE_SECONDS))
    assert enter(client, code.written).status_code == 303


def test_whole_convening_on_one_network_is_let_in(make: Make) -> None:
    code = make_code(make("Guide"))
    for _participant in range(MOST_WRONG + 5):
        assert enter(Client(), code.written).status_code == 303
    assert CohortCode.objects.get().uses == MOST_WRONG + 5


def test_counts_hold_no_address(client: Client, make: Make) -> None:
    visitor = Client(REMOTE_ADDR="192.0.2.99")
    enter(visitor, new_code())
    counts = list(AskedToday.objects.values())
    assert [count["count"] for count in counts] == [1]
    assert "192.0.2.99" not in repr(counts)


def test_nothing_typed_is_a_server_error(client: Client, make: Make) -> None:
    cases = ["", " ", "\x00", "a\x00b", "🌻" * 16, "x" * 1_000_000, "ﷺ" * 16, "\ud7ff", "ß" * 8]
    for typed in cases:
        assert enter(client, typed).status_code == 200
        assert "There is a problem" in enter(client, typed).content.decode()
    for path in ("/code/%00/", "/code/%ff/", f"/code/{'a' * 5000}/", "/code/%F0%9F%8C%BB/"):
        assert client.get(path).status_code in {404, 410, 429}
        assert client.post(path).status_code in {404, 410, 429}
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        assert client.generic(method, FORM).status_code == 405


# --- Many at once --------------------------------------------------------------------


@pytest.fixture
def limited(transactional_db: None, site: Site) -> CohortCode:
    """Give a code for five, committed, so that every connection sees it."""
    home = bootstrap()
    index = home.add_child(instance=ResourceIndexPage(title="Resources", slug="resources"))
    home.refresh_from_db()
    return make_code(make_resource(index, "Guide", gate_mode="form"), limit=5)


def test_no_limit_is_overshot_by_uses_at_the_same_time(limited: CohortCode) -> None:
    def use(_number: int) -> int:
        try:
            return enter(Client(), limited.written).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as pool:
        statuses = list(pool.map(use, range(20)))
    assert sorted(statuses) == [200] * 15 + [303] * 5
    assert CohortCode.objects.get().uses == Grant.objects.count() == 5
    assert connection.is_usable()
