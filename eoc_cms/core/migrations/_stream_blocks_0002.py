"""The blocks of stories and of guides with the words of American English; frozen like the first."""

from eoc_cms.core.migrations._stream_blocks_0001 import BODY_LOOKUP as BODY_BEFORE
from eoc_cms.core.migrations._stream_blocks_0001 import BODY_TYPES, STORY_TYPES
from eoc_cms.core.migrations._stream_blocks_0001 import STORY_LOOKUP as STORY_BEFORE

__all__ = ["BODY_LOOKUP", "BODY_TYPES", "STORY_LOOKUP", "STORY_TYPES"]

# The same in both.
CHANGED = {
    57: (
        "wagtail.blocks.CharBlock",
        (),
        {
            "help_text": "An organization.",
            "label": "Hosted by",
            "max_length": 120,
            "required": False,
        },
    ),
    62: ("wagtail.blocks.CharBlock", (), {"label": "Organization", "max_length": 120}),
    67: ("wagtail.blocks.ListBlock", (66,), {"label": "Organizations", "min_num": 1}),
}
BODY_LOOKUP = {**BODY_BEFORE, **CHANGED}
STORY_LOOKUP = {**STORY_BEFORE, **CHANGED}
