"""What search engines are told of a resource (schema.org CreativeWork)."""

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from eoc_cms.core.models import SiteSettings
from eoc_cms.core.pages.language import html_language
from eoc_cms.core.pages.sharing import share_description, share_image_url
from eoc_cms.core.pages.structured_data import Part, known
from eoc_cms.core.site import settings_for
from eoc_cms.core.videos import Video, video_structured_data
from resources.models import ResourcePage, VideoPage


def creative_work(resource: ResourcePage, request: HttpRequest) -> Part:
    """Return a CreativeWork, without a word on any file behind a gate.

    Nothing here costs money, so all of it is free; that a form stands before some
    files is said in the words of `conditionsOfAccess`.
    """
    settings = settings_for(request)
    publisher = {"@type": "Organization", "name": settings.name}
    published = resource.published_on or resource.first_published_at
    minutes = resource.reading_minutes
    return known(
        {
            "@type": "CreativeWork",
            "name": resource.title,
            "url": resource.get_full_url(request),
            "description": share_description(resource),
            "image": share_image_url(resource, settings),
            "inLanguage": html_language(resource.locale.language_code),
            "author": publisher if _is_ours(resource, settings) else None,
            "creditText": resource.authors,
            "publisher": publisher,
            "datePublished": published.isoformat() if published else "",
            "dateModified": _moment(resource.last_published_at),
            "version": resource.edition,
            "license": resource.licence_url,
            "timeRequired": f"PT{minutes}M" if minutes else "",
            "keywords": [topic.name for topic in resource.topics.all()],
            "audience": [
                {"@type": "Audience", "audienceType": audience.name}
                for audience in resource.audiences.all()
            ],
            "isAccessibleForFree": True,
            "conditionsOfAccess": _("Free, after a short form") if resource.is_gated else "",
        }
    )


def video_object(page: VideoPage, video: Video, request: HttpRequest) -> Part:
    """Return a VideoObject; its picture is the poster, else the one the page is shared with."""
    settings = settings_for(request)
    data = video_structured_data(
        video,
        base_url=request.build_absolute_uri("/"),
        description=share_description(page),
        thumbnail_url=share_image_url(page, settings),
        uploaded_on=page.first_published_at,
    )
    del data["@context"]  # stands once, over the whole graph
    data["inLanguage"] = html_language(page.locale.language_code)
    data["isAccessibleForFree"] = True
    return data


def _is_ours(resource: ResourcePage, settings: SiteSettings) -> bool:
    return not resource.authors or settings.name in resource.authors


def _moment(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
