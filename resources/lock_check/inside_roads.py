"""Roads that show from within: where the files are kept, and who else uses them."""

from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from resources.gate.decision import gated_resources_of
from resources.lock_check.asking import Ask, trouble_where_refused
from resources.lock_check.findings import Finding, judge
from resources.lock_check.stranger import Stranger
from resources.lock_check.target import LockedFile, Target
from resources.models import ResourceFile
from resources.views import files


def storage_address(target: Target, stranger: Stranger) -> Finding:
    has_one = [file.name for file in target.files if _has_address(file)]
    return judge(
        _("An address given by the storage itself"),
        trouble=_("The storage gives “%(name)s” an address that asks nobody for the right.")
        % {"name": has_one[0]}
        if has_one
        else "",
        closed=_("The storage gives its files no address."),
    )


def _has_address(file: LockedFile) -> bool:
    try:
        return bool(file.document.file.url)
    except NotImplementedError:
        return False


def place(target: Target, stranger: Stranger) -> Finding:
    public = [Path(folder).resolve() for folder in (settings.MEDIA_ROOT, settings.STATIC_ROOT)]
    within = [file.name for file in target.files if _lies_in(file, public)]
    return judge(
        _("The place where files are kept"),
        trouble=_("“%(name)s” is kept in a folder whose files anyone may fetch.")
        % {"name": within[0]}
        if within
        else "",
        closed=_("It is apart from the public pictures and videos."),
    )


def _lies_in(file: LockedFile, folders: list[Path]) -> bool:
    try:
        path = Path(file.document.file.path).resolve()
    except NotImplementedError:
        # Not kept on this machine, so in none of its folders.
        return False
    return any(folder in path.parents for folder in folders)


def serving_view(target: Target, stranger: Stranger) -> Finding:
    is_ours = all(_is_served_by_us(file) for file in target.files)
    is_asked = settings.WAGTAILDOCS_SERVE_METHOD == "serve_view"
    return judge(
        _("The part of the site that hands out documents"),
        trouble=""
        if is_ours and is_asked
        else _(
            "Documents are handed out past the gate: the setting WAGTAILDOCS_SERVE_METHOD or "
            "the list of addresses was changed. Tell the person who runs the site."
        ),
        closed=_("It is ours, and asks the gate each time."),
    )


def _is_served_by_us(file: LockedFile) -> bool:
    try:
        return resolve(f"{file.document_folder}{quote(file.name)}").func is files.document
    except Resolver404:
        return True


def public_mark(target: Target, stranger: Stranger) -> Finding:
    marked = [file.document for file in target.files if file.document.is_public]
    unheld = [document for document in marked if not gated_resources_of(document).exists()]
    trouble, closed = "", _("No file is marked as open to anyone.")
    if unheld:
        trouble = _(
            "“%(title)s” is marked “anyone may open it”, and no published gate holds it. "
            "Take the mark off in Documents."
        ) % {"title": unheld[0].title}
    elif marked:
        closed = _("“%(title)s” is marked “anyone may open it”, but the gate is stronger.") % {
            "title": marked[0].title
        }
    return judge(_("The mark “anyone may open it”"), trouble=trouble, closed=closed)


def other_resources(target: Target, stranger: Stranger) -> Finding:
    documents = [file.document for file in target.files]
    places = list(
        ResourceFile.objects.filter(document__in=documents)
        .exclude(resource=target.resource)
        .select_related("resource", "document")
    )
    # Their own addresses are what a stranger would use.
    paths = [LockedFile(str(place.key), place.document).download_address for place in places]
    asks = [Ask(path, method) for path in paths for method in ("GET", "HEAD")]
    return judge(
        _("The same file in another resource"),
        trouble=trouble_where_refused(target, stranger, asks),
        closed=_closed_elsewhere(places),
    )


def _closed_elsewhere(places: list[ResourceFile]) -> str:
    open_ones = [place.resource.title for place in places if not place.resource.is_gated]
    if not open_ones:
        return _("No open resource holds the same file.")
    return _(
        "“%(title)s” is open and has the same file, which stays locked there too: "
        "the stricter gate holds."
    ) % {"title": open_ones[0]}
