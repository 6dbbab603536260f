"""The admin's API of documents, for those only who work with documents.

Wagtail's own shows every document's title, file name and address to whoever may sign in.
"""

from django.db.models import QuerySet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.permissions import policy_registry

from eoc_cms.core.models import CustomDocument

RIGHTS = ["add", "change", "delete", "choose"]


class RestrictedDocumentsAPIViewSet(DocumentsAdminAPIViewSet):
    def get_queryset(self) -> QuerySet[CustomDocument]:
        policy = policy_registry.get_by_type(CustomDocument)
        allowed = policy.instances_user_has_any_permission_for(self.request.user, RIGHTS)
        return super().get_queryset().filter(pk__in=allowed.values("pk"))
