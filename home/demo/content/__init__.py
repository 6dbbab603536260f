"""The demo's words, kept in TOML beside this file so that they can be edited without code.

Nothing here needs Django: the loader hands out frozen dataclasses, and the
command that builds the demo site decides what becomes of them.
"""

from home.demo.content.guides import (
    Anecdote,
    Closing,
    CoreQuestion,
    Guide,
    TitledText,
    load_guides,
)
from home.demo.content.reader import ContentError
from home.demo.content.site import (
    Action,
    CollectiveText,
    FieldText,
    FormText,
    HomeText,
    Mail,
    Milestone,
    Organisation,
    ResourceIndexText,
    Section,
    SiteText,
    StandardPageText,
    VideoText,
    load_site,
)

__all__ = [
    "Action",
    "Anecdote",
    "Closing",
    "CollectiveText",
    "ContentError",
    "CoreQuestion",
    "FieldText",
    "FormText",
    "Guide",
    "HomeText",
    "Mail",
    "Milestone",
    "Organisation",
    "ResourceIndexText",
    "Section",
    "SiteText",
    "StandardPageText",
    "TitledText",
    "VideoText",
    "load_guides",
    "load_site",
]
