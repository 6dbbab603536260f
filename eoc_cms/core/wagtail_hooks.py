"""What the app adds to the admin: styles, checks of content, reports on files."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import Locale, Page
from wagtail.rich_text.feature_registry import FeatureRegistry

from eoc_cms.core.caching.remembered import Remembered
from eoc_cms.core.documents.document_api import RestrictedDocumentsAPIViewSet
from eoc_cms.core.documents.report_view import file_report
from eoc_cms.core.left_out.rich_text import forgive_bad_entities
from eoc_cms.core.pages.content_checks import ContentChecks
from eoc_cms.core.pages.drafts import visible_pages
from eoc_cms.core.pages.late_saves import refuse_late_autosave
from eoc_cms.core.pages.links_in_editor import show_links_to_pages
from eoc_cms.core.pages.pasted_text import words_about_pasting
from eoc_cms.core.pages.privacy import Serve, tell_those_outside_the_groups
from eoc_cms.core.pages.redirect_form import AddRedirectView, EditRedirectView
from eoc_cms.core.pages.redirect_import import import_straight_redirects
from eoc_cms.core.pages.session_view import session


@hooks.register("insert_global_admin_css")
def load_admin_styles() -> SafeString:
    sheets = ("admin", "lists", "records", "tray", "exports", "file_report", "pasting")
    links = [(static(f"eoc/admin/{sheet}.css"),) for sheet in sheets]
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', links)


_languages = Remembered[int]()


@hooks.register("insert_global_admin_css")
def hide_the_only_language() -> SafeString:
    if _languages.get("all", Locale.objects.count) > 1:
        return SafeString("")
    return format_html('<link rel="stylesheet" href="{}">', static("eoc/admin/one_language.css"))


# A panel within an InlinePanel cannot bring its own script, nor can the window of a chooser.
@hooks.register("insert_editor_js")
def load_editor_scripts() -> SafeString:
    scripts = [
        (static(f"eoc/admin/{name}.js"),) for name in ("file_report", "media_chooser", "names")
    ]
    return format_html_join("\n", '<script src="{}"></script>', scripts)


@hooks.register("insert_editor_js")
def load_editing_script() -> SafeString:
    return format_html(
        '<script src="{}" data-session="{}" data-signed-out="{}" data-no-answer="{}"></script>',
        static("eoc/admin/editing.js"),
        reverse("eoc_cms_session"),
        _(
            "You are signed out. Sign in in another window, then save again here. "
            "What you typed is still on this page."
        ),
        _(
            "The site does not answer. What you typed is still on this page: "
            "save again in a moment."
        ),
    )


@hooks.register("insert_editor_js")
def load_pasting_script() -> SafeString:
    return format_html(
        '<script src="{}" data-words="{}"></script>',
        static("eoc/admin/pasting.js"),
        words_about_pasting(),
    )


@hooks.register("construct_page_chooser_queryset")
def construct_page_chooser_queryset(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    return pages.filter(pk__in=visible_pages(request.user).values("pk"))


@hooks.register("before_edit_page")
def before_edit_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    return refuse_late_autosave(request, page)


# Around Wagtail's own hook, which leads everybody outside to the sign-in page.
@hooks.register("on_serve_page", order=-10)
def on_serve_page(serve: Serve) -> Serve:
    return tell_those_outside_the_groups(serve)


@hooks.register("construct_wagtail_userbar")
def construct_userbar(request: HttpRequest | None, items: list[object], page: object) -> None:
    items[:] = [
        ContentChecks(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return [
        path("file-report/<int:pk>/", file_report, name="eoc_cms_file_report"),
        path("session/", session, name="eoc_cms_session"),
    ]


# After all others, whose handlers it wraps.
@hooks.register("register_rich_text_features", order=1000)
def register_forgiving_handlers(features: FeatureRegistry) -> None:
    forgive_bad_entities(features)
    show_links_to_pages(features)


# After Wagtail's own hook, whose entry of the same name it takes the place of.
@hooks.register("construct_admin_api", order=10)
def construct_admin_api(router: WagtailAPIRouter) -> None:
    router.register_endpoint("documents", RestrictedDocumentsAPIViewSet)


@hooks.register("register_admin_urls", order=-1)
def register_redirect_urls() -> list[URLPattern]:
    """Put our form in the place of Wagtail's, whose addresses have the same paths."""
    return [
        path("redirects/add/", AddRedirectView.as_view()),
        path("redirects/<int:redirect_id>/", EditRedirectView.as_view()),
        path("redirects/import/process/", import_straight_redirects),
    ]
