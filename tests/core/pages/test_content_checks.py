"""Our checks of content are part of Wagtail's, in the editor and on the page."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils import translation

from eoc_cms.core.pages.content_checks import MESSAGES, SELECTORS, in_both_languages
from home.groups import EDITORS
from home.models import HomePage
from tests.factories.fixtures import SignIn

SCRIPT = "eoc/admin/checks.js"


def configuration(content: str) -> dict:
    found = re.search(
        r'<script id="checker-axe-configuration" type="application/json">(.+?)</script>', content
    )
    assert found is not None
    return dict(json.loads(found[1]))


@pytest.fixture(params=["editor", "page"])
def content(request: pytest.FixtureRequest, sign_in: SignIn, home: HomePage) -> str:
    """Give the page editor, then the page itself, as an editor gets them."""
    address = reverse("wagtailadmin_pages:edit", args=[home.pk])
    path = address if request.param == "editor" else "/"
    return sign_in(EDITORS).get(path).content.decode()


def test_every_check_of_ours_is_on_and_explained(content: str) -> None:
    settings = configuration(content)
    rules = {rule["id"]: rule for rule in settings["spec"]["rules"]}
    checks = {check["id"] for check in settings["spec"]["checks"]}
    for name, selector in SELECTORS.items():
        assert rules[name]["enabled"]
        assert rules[name]["selector"] == selector
        assert set(rules[name]["any"]) <= checks
        assert name in settings["options"]["runOnly"]
        assert settings["messages"][name]["error_name"]
        assert settings["messages"][name]["help_text"]


def test_wagtails_own_checks_stay_on(content: str) -> None:
    settings = configuration(content)
    wagtails = {"heading-order", "empty-heading", "alt-text-quality", "link-name", "p-as-heading"}
    assert wagtails <= set(settings["options"]["runOnly"])
    assert {"alt-text-quality", "empty-meta-description"} <= {
        rule["id"] for rule in settings["spec"]["rules"]
    }


def test_page_brings_the_script_that_looks(sign_in: SignIn, home: HomePage) -> None:
    assert SCRIPT in sign_in(EDITORS).get("/").content.decode()
    assert SCRIPT not in Client().get("/").content.decode()


def test_script_answers_every_check() -> None:
    script = Path(str(finders.find(SCRIPT))).read_text(encoding="utf-8")
    registered = re.findall(r'registerCheck\("([\w-]+)"', script)
    assert sorted(registered) == sorted(f"{name}-check" for name in SELECTORS)


def test_every_rule_has_words_for_the_editor() -> None:
    assert set(SELECTORS) <= set(MESSAGES)


def test_vague_words_are_known_in_the_editors_language_too() -> None:
    with translation.override("es"):
        assert {"January", "enero"} <= set(in_both_languages(["January"]))
