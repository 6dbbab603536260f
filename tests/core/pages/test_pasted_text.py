"""What is said of a paste leads to blocks that there are, and has a sentence for each kind."""

import json
import re

from eoc_cms.core.blocks.streams import BodyBlock
from eoc_cms.core.pages.pasted_text import words_about_pasting
from tests.source import PROJECT_DIR

SCRIPT = PROJECT_DIR / "eoc_cms" / "static" / "eoc" / "admin" / "pasting.js"
KINDS = json.loads(words_about_pasting())["kinds"]


def test_every_block_that_is_named_can_be_added() -> None:
    labels = {str(block.label) for block in BodyBlock().child_blocks.values()}
    named = set(re.findall("“(.+?)”", " ".join(KINDS.values())))
    assert named
    assert named <= labels


def test_every_sentence_is_said_of_something_that_the_script_finds() -> None:
    script = SCRIPT.read_text(encoding="utf-8")
    assert [kind for kind in KINDS if not re.search(rf"\b{kind}\b[:,]", script)] == []
