"""Look again at pictures that could not be shown: a lost file may be back."""

from wagtail.images.models import SourceImageIOError

from eoc_cms.core.files.pictures import UnusablePictureError, check_rendering
from eoc_cms.core.models import CustomImage


def recheck_pictures() -> int:
    """Take the mark from each picture that can be shown again; return how many there were."""
    mended = [picture.pk for picture in _marked() if _can_be_shown(picture)]
    return CustomImage.objects.filter(pk__in=mended).update(cannot_be_shown=False)


def _marked() -> list[CustomImage]:
    return list(CustomImage.objects.filter(cannot_be_shown=True))


def _can_be_shown(picture: CustomImage) -> bool:
    try:
        with picture.open_file() as opened:
            check_rendering(opened, picture)
    except (SourceImageIOError, UnusablePictureError):
        return False
    return True
