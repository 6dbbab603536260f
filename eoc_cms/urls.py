"""Every address of the site. Wagtail's pages come last and take the rest."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from eoc_cms.core.media.avatar import account
from eoc_cms.core.pages.serving import serve
from eoc_cms.core.views import errors, health
from eoc_cms.core.views.media import serve_media
from forms_app.privacy.your_consents import your_consents
from forms_app.privacy.your_data import your_data, your_data_erased, your_data_of
from home.admin.reviews import decide
from home.views.robots import robots
from home.views.search import search
from home.views.sitemap import sitemap
from resources.views import cohort_code, files
from resources.views.access_link import access_link
from resources.views.ask_again import ask_again
from resources.views.forget import not_you

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    # Before Wagtail's own view of the same address, which fails for a damaged picture.
    path("admin/account/", account),
    # Before Wagtail's own view of the same address, which decides and says nothing.
    path(
        "admin/pages/workflow/action/<int:page_id>/<slug:action_name>/<int:task_state_id>/", decide
    ),
    path("admin/", include(wagtailadmin_urls)),
    # Before Wagtail's own view of the same address, which asks nobody.
    re_path(r"^documents/(\d+)/(.*)$", files.document, name="wagtaildocs_serve"),
    path("documents/", include(wagtaildocs_urls)),
    path("download/<uuid:key>/", files.download, name="download"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", robots, name="robots"),
]

if settings.SERVE_MEDIA:
    urlpatterns.append(path("media/<path:path>", serve_media, name="media"))

urlpatterns += i18n_patterns(
    path("access/", ask_again, name="ask_again"),
    path("access/<str:token>/", access_link, name="access_link"),
    path("code/", cohort_code.enter_code, name="enter_code"),
    path("code/opened/", cohort_code.opened, name="opened_by_code"),
    path("code/<str:code>/", cohort_code.code_link, name="cohort_code"),
    path("your-data/", your_data, name="your_data"),
    path("your-data/erased/", your_data_erased, name="your_data_erased"),
    path("your-data/consents/<str:token>/", your_consents, name="your_consents"),
    path("your-data/<str:token>/", your_data_of, name="your_data_of"),
    path("not-you/", not_you, name="not_you"),
    path("search/", search, name="search"),
    # Signing in and passwords of pages, before the pages, whose addresses look the same.
    *(each for each in wagtail_urls.urlpatterns if each.name != "wagtail_serve"),
    # The forms of strangers hold no token, since their pages are the same for
    # everyone; the pages that take a POST check where it comes from instead.
    re_path(wagtail_urls.serve_pattern, csrf_exempt(serve), name="wagtail_serve"),
    prefix_default_language=False,
)

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
