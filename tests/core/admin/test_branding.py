"""The admin carries the Collective's name, mark and colours, in light and in dark."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from tests.factories.fixtures import SUPERUSER, SignIn

NAME = "Equity Officer Collective"
MARK = 'class="mark eoc-brand__mark"'
SHEET = Path(str(finders.find("eoc/admin/admin.css")))
# What is read on what, by Wagtail's names.
TEXT_ON_GROUND = [
    ("text-label", "surface-page"),
    ("text-context", "surface-page"),
    ("text-meta", "surface-page"),
    ("text-placeholder", "surface-field"),
    ("text-link-default", "surface-page"),
    ("text-link-hover", "surface-page"),
    ("text-link-default", "surface-header"),
    ("text-label", "surface-header"),
    ("text-meta", "surface-dashboard-panel"),
    ("text-link-default", "surface-dashboard-panel"),
    ("text-button-outline-hover", "surface-button-outline-hover"),
    ("text-status-label", "surface-status-label"),
]
WHITE_ON = ["surface-menus", "surface-menu-item-active", "surface-tooltip"]
BUTTONS = ["surface-button-default", "surface-button-hover"]
CONTROLS = [
    ("border-field-default", "surface-field"),
    ("border-field-default", "surface-page"),
    ("surface-button-default", "surface-page"),
    ("focus", "surface-page"),
]


def test_sign_in_page_carries_name_mark_and_icon(client: Client, db: None) -> None:
    content = client.get(reverse("wagtailadmin_login")).content.decode()
    assert f"<title>Sign in - {NAME}</title>" in content
    assert MARK in content
    assert 'class="motif eoc-login__motif"' in content
    assert "eoc/img/favicon.svg" in content
    assert "eoc/admin/admin.css" in content
    assert "Wagtail</h1>" not in content
    assert "login-logo" not in content


def test_page_for_a_forgotten_password_is_branded_too(client: Client, db: None) -> None:
    content = client.get(reverse("wagtailadmin_password_reset")).content.decode()
    assert f"- {NAME}</title>" in content
    assert "eoc/admin/admin.css" in content


def test_sidebar_holds_the_mark_with_the_name(sign_in: SignIn) -> None:
    content = sign_in(SUPERUSER).get(reverse("wagtailadmin_home")).content.decode()
    template = content.split("data-wagtail-sidebar-branding-logo>")[1].split("</template>")[0]
    assert MARK in template
    assert NAME in template


def test_missing_admin_page_shows_the_mark(sign_in: SignIn) -> None:
    response = sign_in(SUPERUSER).get("/admin/nothing-is-here/")
    assert response.status_code == 404
    assert MARK in response.content.decode()


def test_bar_on_the_site_shows_the_mark_to_staff_only(sign_in: SignIn, home: Page) -> None:
    assert "eoc-userbar__mark" in sign_in(SUPERUSER).get("/").content.decode()
    assert "eoc-userbar__mark" not in Client().get("/").content.decode()


def test_name_is_the_sites_own() -> None:
    assert settings.WAGTAIL_SITE_NAME == NAME


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_has_enough_contrast(scheme: int) -> None:
    colours = tokens(scheme)
    pairs = [(colours[text], colours[ground]) for text, ground in TEXT_ON_GROUND]
    pairs += [("#ffffff", colours[ground]) for ground in (*WHITE_ON, *BUTTONS)]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_controls_and_focus_stand_out(scheme: int) -> None:
    colours = tokens(scheme)
    weak = [pair for pair in CONTROLS if contrast(colours[pair[0]], colours[pair[1]]) < 3]
    assert weak == []


def test_focus_stands_out_on_the_sidebar() -> None:
    for scheme in (0, 1):
        assert contrast("#f2a71b", tokens(scheme)["surface-menus"]) >= 3


def tokens(scheme: int) -> dict[str, str]:
    """Return the sheet's colours of one scheme, by Wagtail's names."""
    found = re.findall(
        r"--w-color-([\w-]+): light-dark\((#\w+), (#\w+)\);", SHEET.read_text(encoding="utf-8")
    )
    assert found
    return {name: colours[scheme] for name, *colours in found}


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, 1.4.3)."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
