"""What matters of a picture stays in view where its box crops it."""

import pytest
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from eoc_cms.core.templatetags.picture_tags import focus_class


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("point", "classes"),
    [
        (None, "focus"),
        ((320, 120), "focus focus-x-5 focus-y-2"),
        ((639, 479), "focus focus-x-10 focus-y-10"),
        ((0, 0), "focus focus-x-0 focus-y-0"),
    ],
)
def test_focal_point_becomes_a_class(point: tuple[int, int] | None, classes: str) -> None:
    image = get_image_model()(title="People", file=get_test_image_file(size=(640, 480)))
    if point:
        image.focal_point_x, image.focal_point_y = point
        image.focal_point_width = image.focal_point_height = 10
    image.save()
    assert focus_class(image) == classes


def test_no_picture_has_no_focal_point() -> None:
    assert focus_class(None) == "focus"
