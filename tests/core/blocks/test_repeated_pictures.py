"""A picture that stands twice on a page is described as each place says."""

import re
import uuid

import pytest

from eoc_cms.core.blocks import BodyBlock
from tests.factories import pages as making


@pytest.mark.django_db
def test_picture_shown_twice_has_two_descriptions() -> None:
    picture = making.image()
    words = ["Members listen", "Members talk"]
    blocks = BodyBlock()
    for _visit in range(2):  # the second finds the sizes that the first has made
        stream = blocks.to_python([stored(picture.pk, description) for description in words])
        shown = re.findall(r'alt="([^"]*)"', blocks.render(stream))
        assert shown == words


def stored(key: int, description: str) -> dict:
    picture = {"image": key, "alt_text": description, "decorative": False}
    value = {"image": picture, "caption": "", "credit": ""}
    return {"type": "image", "id": str(uuid.uuid4()), "value": value}
