"""Where files once had their address, so that old bookmarks lead somewhere."""

import uuid

from django.db import models


class FormerFileAddresses(models.Manager["FormerFileAddress"]):
    def remember(self, key: uuid.UUID, *, resource_id: int) -> None:
        self.update_or_create(key=key, defaults={"resource_id": resource_id})

    def forget(self, key: uuid.UUID) -> None:
        """Drop one that is an address again, as after an older draft was published."""
        self.filter(key=key).delete()

    def is_of_another(self, key: uuid.UUID, resource_id: int) -> bool:
        return self.filter(key=key).exclude(resource_id=resource_id).exists()


class FormerFileAddress(models.Model):
    """The key of a file that its resource no longer has; its address leads to the resource."""

    resource = models.ForeignKey(
        "resources.ResourcePage", on_delete=models.CASCADE, related_name="former_file_addresses"
    )
    key = models.UUIDField(unique=True, editable=False)

    objects = FormerFileAddresses()

    def __str__(self) -> str:
        return str(self.key)
