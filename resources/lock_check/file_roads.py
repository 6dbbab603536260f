"""Roads that lead straight to a file: its addresses, asked for in every way there is."""

from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _

from resources.gate.access import COOKIE_SALT, LINK_SALT, PASS_PARAMETER, PASS_SALT
from resources.lock_check.asking import Ask, trouble_where_refused, trouble_where_shown
from resources.lock_check.findings import Finding, judge
from resources.lock_check.stranger import Stranger
from resources.lock_check.target import LockedFile, Target, address

GUESSED_NAME = "guide.pdf"
OTHER_METHODS = ("POST", "PUT", "PATCH", "DELETE", "OPTIONS")
FAR_AHEAD = "Fri, 31 Dec 2100 23:59:59 GMT"
LONG_AGO = "Thu, 01 Jan 1970 00:00:00 GMT"


def download_address(target: Target, stranger: Stranger) -> Finding:
    asks = [
        Ask(file.download_address, method) for file in target.files for method in ("GET", "HEAD")
    ]
    trouble = trouble_where_refused(target, stranger, asks)
    if target.is_visible:
        trouble = trouble or _astray(target, stranger)
        closed = _("Whoever opens it is led to the page with the form.")
    else:
        closed = _("Whoever opens it finds nothing, as the page is not public.")
    return judge(_("The address of the download"), trouble=trouble, closed=closed)


def _astray(target: Target, stranger: Stranger) -> str:
    """Say so where a published file's address does not lead to the page to ask for it."""
    published = {str(key) for key in target.resource.files.values_list("key", flat=True)}
    for file in target.files:
        answer = stranger.ask("GET", file.download_address)
        path = urlsplit(answer.headers.get("location", "")).path
        if file.key in published and path != target.page_address:
            return _("“%(address)s” does not lead to this page, where the file can be had.") % {
                "address": file.download_address
            }
    return ""


def other_methods(target: Target, stranger: Stranger) -> Finding:
    asks = [Ask(file.download_address, method) for file in target.files for method in OTHER_METHODS]
    return judge(
        _("Other ways of asking (POST, PUT, OPTIONS …)"),
        trouble=trouble_where_refused(target, stranger, asks),
        closed=_("Files are given by reading only; everything else is refused."),
    )


def conditions(target: Target, stranger: Stranger) -> Finding:
    asks = [
        Ask(file.download_address, method, headers)
        for file in target.files
        for headers in _conditions_on(file)
        for method in ("GET", "HEAD")
    ]
    return judge(
        _("A part of the file, or the file “if it has changed”"),
        trouble=trouble_where_refused(target, stranger, asks),
        closed=_("The right is asked for first, so not even a part or a date comes out."),
    )


def _conditions_on(file: LockedFile) -> list[dict[str, str]]:
    return [
        {"Range": "bytes=0-63"},
        {"Range": "bytes=-64"},
        {"Range": "bytes=999999999999-"},
        {"Range": "bytes=0-63", "If-Range": LONG_AGO},
        {"If-None-Match": "*"},
        {"If-None-Match": f'"{file.document.file_hash}"'},
        {"If-Match": '"no-such-edition"'},
        {"If-Modified-Since": FAR_AHEAD},
        {"If-Unmodified-Since": LONG_AGO},
    ]


def forged_cookie(target: Target, stranger: Stranger) -> Finding:
    trouble = trouble_where_refused(
        target,
        stranger,
        (ask for file in target.files for ask in _forged(file.download_address)),
    )
    if target.is_visible:
        asks = _forged(target.page_address)
        trouble = trouble or trouble_where_shown(target, stranger, asks)
    return judge(
        _("A made-up cookie or pass"),
        trouble=trouble,
        closed=_("It is the same as having none: the file stays locked."),
    )


def _forged(path: str) -> Iterator[Ask]:
    for token in _forgeries(COOKIE_SALT):
        yield Ask(path, headers={"Cookie": f"{settings.ACCESS_COOKIE}={token}"})
    for token in _forgeries(PASS_SALT):
        yield Ask(f"{path}?{PASS_PARAMETER}={quote(token)}")


def _forgeries(salt: str) -> Iterator[str]:
    yield "x"
    # Well made, but not with the key of this site.
    keys = ["00000000000000000000000000000000"]
    yield signing.dumps(keys, salt=salt, key="not the key of this site")
    # Signed by this site, for something else.
    yield signing.dumps(keys, salt="eoc.lock-check")


def forged_link(target: Target, stranger: Stranger) -> Finding:
    grant = ["00000000000000000000000000000000", target.resource.pk]
    forged = signing.dumps(grant, salt=LINK_SALT, key="not the key of this site")
    tokens = ["x", forged, forged[:-1], signing.dumps(grant, salt="eoc.lock-check")]
    methods = ("GET", "HEAD", "POST")
    asks = [Ask(address("access_link", token), method) for token in tokens for method in methods]
    return judge(
        _("A made-up link, as in the visitor’s mail"),
        trouble=trouble_where_refused(target, stranger, asks),
        closed=_("It opens nothing, and says how to get a link that does."),
    )


def document_address(target: Target, stranger: Stranger) -> Finding:
    asks = [
        Ask(f"{file.document_folder}{name}", method)
        for file in target.files
        for name in (quote(file.name), GUESSED_NAME, "")
        for method in ("GET", "HEAD", "POST")
    ]
    trouble = trouble_where_refused(target, stranger, asks)
    return judge(
        _("The document’s own address, also with a guessed name"),
        trouble=trouble or _name_is_told(target, stranger),
        closed=_("It opens nothing, and answers the right name no differently from a guess."),
    )


def _name_is_told(target: Target, stranger: Stranger) -> str:
    for file in target.files:
        right, guessed = (
            stranger.ask("GET", f"{file.document_folder}{name}")
            for name in (quote(file.name), f"no-{GUESSED_NAME}")
        )
        ways = [(answer.status, answer.headers.get("location", "")) for answer in (right, guessed)]
        if ways[0] != ways[1]:
            return _(
                "“%(address)s” answers the right name differently from a wrong one, "
                "so the name can be found by guessing."
            ) % {"address": file.document_folder}
    return ""


def media_address(target: Target, stranger: Stranger) -> Finding:
    media = settings.MEDIA_URL if settings.MEDIA_URL.startswith("/") else "/media/"
    folders = [media, f"{media}../private/", f"{media}%2e%2e/private/", "/private/", "/static/"]
    names = [name for file in target.files for name in (file.stored_name, f"documents/{file.name}")]
    asks = [Ask(f"{folder}{quote(name)}") for folder in folders for name in dict.fromkeys(names)]
    return judge(
        _("The folders of public pictures and videos"),
        trouble=trouble_where_refused(target, stranger, asks),
        closed=_("The file is in none of them, nor can it be reached through them."),
    )


def staff_address(target: Target, stranger: Stranger) -> Finding:
    page, home = target.resource.pk, address("wagtailadmin_home")
    paths = [
        f"{home}pages/{page}/edit/",
        f"{home}pages/{page}/edit/preview/?mode=unlocked",
        f"{home}pages/{page}/view_draft/",
        f"{home}api/main/pages/{page}/",
    ]
    for file in target.files:
        paths.append(f"{home}documents/edit/{file.document.pk}/")
        paths.append(f"{home}api/main/documents/{file.document.pk}/")
    return judge(
        _("Editor, preview and programming interface"),
        trouble=trouble_where_refused(target, stranger, map(Ask, paths)),
        closed=_("They are for staff who have signed in; everybody else is sent away."),
    )
