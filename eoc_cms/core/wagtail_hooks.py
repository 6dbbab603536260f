"""What the app adds to the admin: styles, checks of content, reports on files."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.rich_text.feature_registry import FeatureRegistry

from eoc_cms.core.documents.document_api import RestrictedDocumentsAPIViewSet
from eoc_cms.core.documents.report_view import file_report
from eoc_cms.core.left_out.rich_text import forgive_bad_entities
from eoc_cms.core.pages.content_checks import ContentChecks


@hooks.register("insert_global_admin_css")
def load_admin_styles() -> SafeString:
    sheets = ("admin", "lists", "records", "tray", "exports", "file_report")
    links = [(static(f"eoc/admin/{sheet}.css"),) for sheet in sheets]
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', links)


# A panel within an InlinePanel cannot bring its own script, nor can the window of a chooser.
@hooks.register("insert_editor_js")
def load_editor_scripts() -> SafeString:
    scripts = [(static(f"eoc/admin/{name}.js"),) for name in ("file_report", "media_chooser")]
    return format_html_join("\n", '<script src="{}"></script>', scripts)


@hooks.register("construct_wagtail_userbar")
def construct_userbar(request: HttpRequest | None, items: list[object], page: object) -> None:
    items[:] = [
        ContentChecks(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]


@hooks.register("register_admin_urls")
def register_file_report_url() -> list[URLPattern]:
    return [path("file-report/<int:pk>/", file_report, name="eoc_cms_file_report")]


# After all others, whose handlers it wraps.
@hooks.register("register_rich_text_features", order=1000)
def register_forgiving_handlers(features: FeatureRegistry) -> None:
    forgive_bad_entities(features)


# After Wagtail's own hook, whose entry of the same name it takes the place of.
@hooks.register("construct_admin_api", order=10)
def construct_admin_api(router: WagtailAPIRouter) -> None:
    router.register_endpoint("documents", RestrictedDocumentsAPIViewSet)
