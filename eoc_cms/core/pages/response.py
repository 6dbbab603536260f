"""A page's answer, which notes what could not be shown of the page while it is rendered."""

import logging
from typing import Any

from django.db import DatabaseError, transaction
from django.template.response import TemplateResponse
from wagtail.models import Page
from wagtail.signals import page_published

from eoc_cms.core.left_out.noting import LeftOut, collecting
from eoc_cms.core.models import LeftOutPart

logger = logging.getLogger(__name__)


class PageResponse(TemplateResponse):
    def __init__(self, page: Page, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page

    @property
    def rendered_content(self) -> str:
        with collecting() as parts:
            content = super().rendered_content
        if parts:
            _keep(self.page, parts)
        return content


def _keep(page: Page, parts: list[LeftOut]) -> None:
    """Keep for staff what was left out; the visitor's page never waits or fails for it."""
    if not page.pk:
        return
    try:
        with transaction.atomic():
            for kind, name in dict.fromkeys(parts):
                LeftOutPart.objects.get_or_create(page_id=page.pk, kind=kind, name=name)
    except DatabaseError:
        logger.exception("What was left out of page %s could not be noted", page.pk)


def _forget(instance: Page, **kwargs: object) -> None:
    # What is still left out is noted anew when the page is next asked for.
    LeftOutPart.objects.filter(page_id=instance.pk).delete()


def connect() -> None:
    page_published.connect(_forget, dispatch_uid="left-out-parts")
