"""Which drafts use a file. Wagtail's index of references holds only what is saved of pages."""

import json

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import Page, ReferenceIndex, Revision


def drafts_with(item: Model) -> list[Page]:
    """Return the pages whose draft uses something, as they stand in their drafts."""
    changed = Page.objects.filter(has_unpublished_changes=True)
    drafts = Revision.objects.filter(pk__in=changed.values("latest_revision"))
    # Made into a page is only what may hold the key at all: that asks more of the database.
    likely = (draft for draft in drafts.iterator() if str(item.pk) in json.dumps(draft.content))
    found = [page for page in (draft.as_object() for draft in likely) if _uses(page, item)]
    return sorted(found, key=lambda page: page.title)


def _uses(page: Page, item: Model) -> bool:
    looked_for = (ContentType.objects.get_for_model(item).pk, str(item.pk))
    references = ReferenceIndex._extract_references_from_object(page)
    return any((kind, str(key)) == looked_for for kind, key, *_path in references)
