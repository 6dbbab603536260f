from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from home.guide import reading

LONGEST_QUERY = 100


class GuideView(WagtailAdminTemplateMixin, View):
    """The whole guide, or what of it holds the words that somebody looks for."""

    page_title = _("Editor guide")
    header_icon = "help"
    template_name = "home/admin/guide.html"

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest) -> HttpResponse:
        query = " ".join(request.GET.get("q", "").split())[:LONGEST_QUERY]
        opening, *chapters = reading.chapters()
        context = {
            "query": query,
            "found": reading.find(query),
            "opening": opening,
            "chapters": chapters,
        }
        answer: HttpResponse = self.render_to_response({**self.get_context_data(), **context})
        return answer


def guide_picture(request: HttpRequest, name: str) -> HttpResponse:
    """Send one of the guide's pictures."""
    path = reading.PICTURES / name
    if path.parent != reading.PICTURES or not path.is_file():
        raise Http404
    return HttpResponse(path.read_bytes(), content_type="image/png")
