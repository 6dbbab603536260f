"""The demo's pictures, clip and typeset guides, stored as staff would upload them."""

from django.core.files.base import ContentFile
from wagtail.models import Collection

from eoc_cms.core.models import CustomDocument, CustomImage, CustomMedia
from home.demo.content import Guide
from home.demo.media import CONVENING_CLIP, MEDIA, media_path
from home.demo.typesetting import typeset_guide


def image(name: str) -> CustomImage:
    item = MEDIA[name]
    found = CustomImage.objects.filter(title=item.title).first()
    if found:
        return found
    return CustomImage.objects.create(
        title=item.title,
        description=item.alt,
        credit=item.credit,
        file=_content(name),
        collection=_root(),
    )


def clip() -> CustomMedia:
    title = MEDIA[CONVENING_CLIP.mp4].title
    found = CustomMedia.objects.filter(title=title).first()
    if found:
        return found
    return CustomMedia.objects.create(
        title=title,
        type="video",
        file=_content(CONVENING_CLIP.mp4),
        captions=_content(CONVENING_CLIP.captions),
        thumbnail=_content(CONVENING_CLIP.poster),
        duration=CONVENING_CLIP.seconds,
        width=1280,
        height=720,
        collection=_root(),
    )


def guide_document(guide: Guide) -> CustomDocument:
    found = CustomDocument.objects.filter(title=guide.title).first()
    if found:
        return found
    document = CustomDocument(title=guide.title, collection=_root())
    document.file = ContentFile(typeset_guide(guide), name=f"{guide.slug}.pdf")
    document._set_document_file_metadata()
    document.save()
    return document


def _content(name: str) -> ContentFile:
    path = media_path(name)
    return ContentFile(path.read_bytes(), name=path.name)


def _root() -> Collection:
    return Collection.get_first_root_node()
