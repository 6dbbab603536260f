from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.userbar import ContentCheckerItem

from eoc_cms.core.content_checks import ContentChecks


@hooks.register("insert_global_admin_css")
def hand_of_the_collective() -> SafeString:
    sheets = ("eoc/admin/admin.css", "eoc/admin/lists.css")
    links = [(static(sheet),) for sheet in sheets]
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', links)


@hooks.register("construct_wagtail_userbar")
def checks_of_our_own(request: HttpRequest | None, items: list[Any], page: Any) -> None:
    items[:] = [
        ContentChecks(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]
