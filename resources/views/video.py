"""A page with one video and its transcript."""

from django.http import HttpRequest

from eoc_cms.core.blocks.base import Context
from eoc_cms.core.pages.structured_data import Part
from resources.models import VideoPage
from resources.page.structured_data import video_object
from resources.views.listed import ListedPageView


class VideoPageView(ListedPageView[VideoPage]):
    def context(self, request: HttpRequest) -> Context:
        return {**super().context(request), "video": self.page.video}

    def structured_data(self, request: HttpRequest) -> list[Part]:
        parts = super().structured_data(request)
        video = self.page.video
        return [*parts, video_object(self.page, video, request)] if video else parts
