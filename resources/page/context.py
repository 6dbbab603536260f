"""What the templates of a resource page show beside its fields."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eoc_cms.core.site import settings_for
from resources.gate.access import PASS_PARAMETER, PASS_SALT, PASS_SECONDS, read_token
from resources.models import ResourceFile, ResourcePage
from resources.models.file_facts import format_name, length_label
from resources.page.citation import cite
from resources.page.facts import accessibility_note, size_label


def describe(resource: ResourcePage, request: HttpRequest) -> dict[str, object]:
    return {
        "citation": cite(
            resource,
            url=resource.get_full_url(request) or "",
            publisher=settings_for(request).name,
        ),
        "offer": offer(resource),
        "facts": facts(resource),
    }


def facts(resource: ResourcePage) -> list[dict[str, str]]:
    """Return what is known of a resource, each fact with its name."""
    minutes = resource.reading_minutes or 0
    time = ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    date = date_format(resource.published_on, "F Y") if resource.published_on else ""
    known = [
        {"name": _("Format"), "value": resource.format_label},
        {"name": _("Length"), "value": resource.length_label},
        {"name": _("Reading time"), "value": time if minutes else ""},
        {"name": _("Edition"), "value": resource.edition},
        {"name": _("Date"), "value": date},
        {"name": _("By"), "value": resource.authors},
        {"name": _("License"), "value": resource.licence, "licence_url": resource.licence_url},
    ]
    return [fact for fact in known if fact["value"]]


def offer(resource: ResourcePage) -> list[str]:
    """Say in a few short lines what the form gives, without naming any file."""
    lines = []
    for entry in resource.all_files:
        facts = [length_label([entry.document]), size_label(entry.document)]
        known = ", ".join(fact for fact in facts if fact)
        lines.append(f"{format_name(entry.document)}: {known}")
    if minutes := resource.reading_minutes:
        lines.append(
            ngettext("About %(count)d minute to read", "About %(count)d minutes to read", minutes)
            % {"count": minutes}
        )
    lines.append(_("Yours to keep, and to come back to without filling this in again"))
    return lines


def file_links(resource: ResourcePage, request: HttpRequest) -> list[dict[str, object]]:
    """Return the files with their addresses. Only for a page that is open."""
    token = request.GET.get(PASS_PARAMETER, "")
    is_usable = bool(token) and bool(read_token(token, salt=PASS_SALT, max_age=PASS_SECONDS))
    query = f"?{PASS_PARAMETER}={token}" if is_usable else ""
    return [_file_link(entry, query) for entry in resource.all_files]


def _file_link(entry: ResourceFile, query: str) -> dict[str, object]:
    document = entry.document
    facts = (format_name(document), size_label(document), length_label([document]))
    return {
        "url": reverse("download", args=[entry.key]) + query,
        "label": entry.label or _("Download the guide"),
        "note": ", ".join(fact for fact in facts if fact),
        "accessibility": accessibility_note(document),
    }
