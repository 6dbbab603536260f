"""Keep what matters of a picture in view where its box has another shape.

A crop made by Wagtail respects the focal point that an editor has set. Where the
browser crops, it must be told; an inline style would be refused by our content
security policy, so the point becomes one of a few classes.
"""

from django import template
from wagtail.images.models import AbstractImage

register = template.Library()

STEPS = 10


@register.simple_tag
def focus_class(image: AbstractImage | None) -> str:
    """Return classes such as `focus focus-x-3 focus-y-5`: where the focal point lies, in tenths."""
    point = image.get_focal_point() if image else None
    if image is None or point is None:
        return "focus"
    across = _tenths(point.centroid.x, image.width)
    down = _tenths(point.centroid.y, image.height)
    return f"focus focus-x-{across} focus-y-{down}"


def _tenths(position: float, length: int) -> int:
    return min(STEPS, max(0, round(position / max(length, 1) * STEPS)))
