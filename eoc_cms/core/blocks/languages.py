"""Words in another language than the page's, so that they are read aloud as what they are.

WCAG 2.2, 3.1.2 Language of Parts.
"""

from django.utils.translation import gettext_lazy as _

from eoc_cms.core.blocks.worded import ChoiceBlock

# Those most spoken in the homes of U.S. pupils, by their BCP 47 tags.
LANGUAGES = [
    ("en", _("English")),
    ("es", _("Spanish")),
    ("ar", _("Arabic")),
    ("zh", _("Chinese")),
    ("fr", _("French")),
    ("ht", _("Haitian Creole")),
    ("hmn", _("Hmong")),
    ("ko", _("Korean")),
    ("nv", _("Navajo")),
    ("pt", _("Portuguese")),
    ("ru", _("Russian")),
    ("so", _("Somali")),
    ("tl", _("Tagalog")),
    ("vi", _("Vietnamese")),
]


def language_choice() -> ChoiceBlock:
    return ChoiceBlock(
        label=_("Language"),
        choices=LANGUAGES,
        required=False,
        search_index=False,
        help_text=_("Only if it is not the language of the page."),
    )
