"""Roads by which a page could give its files away: what it says, and where it is spoken of."""

from urllib.parse import quote, urlencode

from django.utils.html import escape
from django.utils.translation import gettext as _

from resources.lock_check.asking import Ask, trouble_where_refused, trouble_where_shown
from resources.lock_check.findings import Finding, judge
from resources.lock_check.stranger import Stranger
from resources.lock_check.target import LockedFile, Target, address
from resources.models.index_page import FEED


def page(target: Target, stranger: Stranger) -> Finding:
    if not target.is_visible:
        return hidden_page(target, stranger)
    asks = [Ask(target.page_address), Ask(target.page_address, "HEAD")]
    trouble = trouble_where_shown(target, stranger, asks) or _is_not_shown(target, stranger)
    return judge(
        _("The page, and what it tells search engines"),
        trouble=trouble,
        closed=_("It shows the form and holds neither name, address nor fingerprint of a file."),
    )


def _is_not_shown(target: Target, stranger: Stranger) -> str:
    """Say so where something else answers, since its silence would prove nothing."""
    answer = stranger.ask("GET", target.page_address)
    text = answer.body.decode(errors="replace")
    if answer.status == 200 and escape(target.resource.title) in text:
        return ""
    return _("“%(address)s” does not show this page (status %(status)d); it should be public.") % {
        "address": target.page_address,
        "status": answer.status,
    }


def hidden_page(target: Target, stranger: Stranger) -> Finding:
    asks = [Ask(target.page_address, method) for method in ("GET", "HEAD")]
    return judge(
        _("The page, which is not public now"),
        trouble=trouble_where_refused(target, stranger, asks if target.page_address else []),
        closed=_("It is a draft, expired or private, and strangers do not see it."),
    )


def tricks(target: Target, stranger: Stranger) -> Finding:
    """Try addresses that a cache before the site could take for a style sheet or a file."""
    page = target.page_address
    below = [f"{page}{name}" for name in ("x.css", "x.pdf", "%2e%2e%2fx.css", "download/")]
    beside = [f"{page}?format=pdf", f"{page}?mode=unlocked", f"{page}?is_open=1"]
    on_files = [
        f"{file.download_address}{end}"
        for file in target.files
        for end in ("x.css", ";x.css", "%00", "..%2f", "?download=1", "?preview=true")
    ]
    trouble = trouble_where_refused(target, stranger, map(Ask, on_files))
    if page:
        trouble = trouble or trouble_where_refused(target, stranger, map(Ask, below))
        trouble = trouble or trouble_where_shown(target, stranger, map(Ask, beside))
    return judge(
        _("Twisted addresses, such as “x.css” behind the page’s"),
        trouble=trouble,
        closed=_("None opens the file, or makes a cache keep one visitor’s page for another."),
    )


def headers(target: Target, stranger: Stranger) -> Finding:
    refused = [
        Ask(file.download_address, method, {name: value})
        for file in target.files
        for name, value in [*ORDERS.items(), *_inner_places(file).items()]
        for method in ("GET", "POST")
    ]
    elsewhere = [
        Ask("/", headers={name: value})
        for file in target.files
        for name, value in {**_other_places(file), **_inner_places(file)}.items()
    ]
    return judge(
        _("Headers that speak to the server behind the site"),
        trouble=trouble_where_refused(target, stranger, refused)
        or trouble_where_shown(target, stranger, elsewhere),
        closed=_("They are ignored when they come from outside."),
    )


ORDERS = {
    "X-HTTP-Method-Override": "GET",
    "X-Forwarded-For": "127.0.0.1",
    "Authorization": "Basic YWRtaW46YWRtaW4=",
}


def _other_places(file: LockedFile) -> dict[str, str]:
    return dict.fromkeys(("X-Original-URL", "X-Rewrite-URL"), file.download_address)


def _inner_places(file: LockedFile) -> dict[str, str]:
    inside = f"/private/{quote(file.stored_name)}"
    return dict.fromkeys(("X-Accel-Redirect", "X-Sendfile"), inside)


def lists(target: Target, stranger: Stranger) -> Finding:
    paths = dict.fromkeys(["/", target.list_address, f"{target.list_address}?sort=title"])
    return judge(
        _("The home page and the list of resources"),
        trouble=trouble_where_shown(target, stranger, map(Ask, paths)),
        closed=_("They show the resource’s card, and nothing of its files."),
    )


def feed(target: Target, stranger: Stranger) -> Finding:
    return judge(
        _("The news feed"),
        trouble=trouble_where_shown(target, stranger, [Ask(f"{target.list_address}{FEED}/")]),
        closed=_("It leads to pages, never to a file."),
    )


def sitemap(target: Target, stranger: Stranger) -> Finding:
    asks = [Ask(address("sitemap")), Ask("/robots.txt")]
    return judge(
        _("What the site tells crawlers (sitemap.xml, robots.txt)"),
        trouble=trouble_where_shown(target, stranger, asks),
        closed=_("It names pages, never a file."),
    )


def search(target: Target, stranger: Stranger) -> Finding:
    path = address("search", language=target.resource.locale.language_code)
    titles = [target.resource.title, *(file.document.title for file in target.files)]
    asks = [Ask(f"{path}?{urlencode({'q': title})}") for title in dict.fromkeys(titles)]
    return judge(
        _("The search"),
        trouble=trouble_where_shown(target, stranger, asks),
        closed=_("It finds the page, and nothing that stands in its files."),
    )


def side_doors(target: Target, stranger: Stranger) -> Finding:
    """Try the pages that take an address or a code, with what opens nothing."""
    language = target.resource.locale.language_code
    again, code = (address(name, language=language) for name in ("ask_again", "enter_code"))
    named = f"{again}?for={target.resource.pk}"
    asks = [Ask(path) for path in (again, named, f"{named}&sent=1", code, f"{code}opened/")]
    return judge(
        _("The pages that mail a link again, and that take a code"),
        trouble=trouble_where_shown(target, stranger, asks)
        or trouble_where_refused(target, stranger, [Ask(f"{code}{UNUSED_CODE}/")]),
        closed=_("They tell nothing of the files, and a code that was never made opens nothing."),
    )


UNUSED_CODE = "0000-0000-0000-0000"
