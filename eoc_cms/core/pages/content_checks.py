"""Checks of what editors write, beside Wagtail's own, in the editor's “Checks” and on the page.

Wagtail runs axe over the page as visitors will see it. Axe asks whether a link has
words, not whether they say anything; these rules look for what it leaves out. They
warn and never stop anybody. What each looks at is in static/eoc/admin/checks.js.
"""

import re

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem

# WCAG 2.2, 2.4.4: the words of a link say where it leads.
VAGUE_LINKS = [
    gettext_noop("click here"),
    gettext_noop("click"),
    gettext_noop("here"),
    gettext_noop("read more"),
    gettext_noop("learn more"),
    gettext_noop("find out more"),
    gettext_noop("more"),
    gettext_noop("this"),
    gettext_noop("this link"),
    gettext_noop("this page"),
    gettext_noop("link"),
    gettext_noop("download"),
]
# WCAG 2.2, 1.4.5: what pictures are called that mostly hold text. Not “poster”: here that is
# the still of a video.
TEXT_PICTURES = [
    gettext_noop("flyer"),
    gettext_noop("screenshot"),
    gettext_noop("infographic"),
    gettext_noop("brochure"),
    gettext_noop("invitation"),
    gettext_noop("scan"),
]
# Whoever needs more words than this for a picture is copying its text.
LONGEST_DESCRIPTION = 200

# Each rule runs the check of its own name; the selector is where it looks.
SELECTORS = {
    "eoc-link-words": "main a[href]",
    "eoc-link-address": "main a[href]",
    "eoc-transcript": "main .video[data-has-speech]",
    "eoc-picture-of-text": "main img:not([alt=''])",
    "eoc-empty-part": "main :is(h2, h3, h4, h5, h6)",
    # Axe leaves out what is folded away; its own rule sees the rest.
    "eoc-folded-heading": "main details:not([open]) :is(h2, h3, h4, h5, h6)",
}
MESSAGES = {
    "eoc-link-words": {
        "error_name": _("The words of this link do not say where it leads"),
        "help_text": _("Name the page or file. Some people hear the links alone, in a list."),
    },
    "eoc-link-address": {
        "error_name": _("This link shows a web address instead of words"),
        "help_text": _("Write what is found there. An address read aloud is hard to follow."),
    },
    "eoc-transcript": {
        "error_name": _("This video has no transcript"),
        "help_text": _("Add what is said as text, or say in its settings that nobody speaks."),
    },
    "eoc-picture-of-text": {
        "error_name": _("Is this a picture of text?"),
        "help_text": _(
            "Words in a picture cannot be read aloud, enlarged or translated. Write them."
        ),
    },
    "eoc-empty-part": {
        "error_name": _("Nothing stands under this heading"),
        "help_text": _("Write something under it, or take the heading away."),
    },
    "eoc-folded-heading": {
        "error_name": _("A heading in a folded part skips a level"),
        "help_text": _("Use the kind of heading that comes next below the one before it."),
    },
    "video-caption": {
        "error_name": _("This uploaded video has no captions file"),
        "help_text": _("Open it under Media and add a WebVTT file (.vtt)."),
    },
}


class ContentChecks(ContentCheckerItem):
    """Wagtail's checks, one more of axe's, and ours."""

    axe_run_only = [
        *ContentCheckerItem.axe_run_only,
        "video-caption",
        *SELECTORS,
    ]

    @property
    def media(self) -> forms.Media:
        return forms.Media(js=["eoc/admin/checks.js"])

    def get_axe_custom_rules(self, request: HttpRequest | None) -> list[dict[str, object]]:
        ours = [
            {
                "id": name,
                "impact": "serious",
                "selector": selector,
                "tags": ["best-practice"],
                "any": [f"{name}-check"],
                "enabled": True,
                "excludeHidden": name != "eoc-folded-heading",
            }
            for name, selector in SELECTORS.items()
        ]
        return [*super().get_axe_custom_rules(request), *ours]

    def get_axe_custom_checks(self, request: HttpRequest | None) -> list[dict[str, object]]:
        options = {
            "eoc-link-words": {"phrases": in_both_languages(VAGUE_LINKS)},
            "eoc-picture-of-text": {
                "pattern": "|".join(map(re.escape, in_both_languages(TEXT_PICTURES))),
                "longest": LONGEST_DESCRIPTION,
            },
        }
        ours = [{"id": f"{name}-check", "options": options.get(name, {})} for name in SELECTORS]
        return [*super().get_axe_custom_checks(request), *ours]

    def get_axe_messages(self, request: HttpRequest | None) -> dict[str, object]:
        return {**super().get_axe_messages(request), **MESSAGES}


def in_both_languages(words: list[str]) -> list[str]:
    """Return the words in English and in the editor's language, which need not be the page's."""
    return sorted({*words, *(gettext(word) for word in words)})
