"""A page with one video and its transcript."""

from typing import Any

from django.http import HttpRequest

from eoc_cms.core.pages.view import Context
from resources.page.structured_data import video_object
from resources.views.listed import ListedPageView


class VideoPageView(ListedPageView):
    def context(self, request: HttpRequest) -> Context:
        return {**super().context(request), "video": self.page.video}

    def structured_data(self, request: HttpRequest) -> list[dict[str, Any]]:
        parts = super().structured_data(request)
        return [*parts, video_object(self.page, request)] if self.page.video else parts
