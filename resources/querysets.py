import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone


class GrantQuerySet(models.QuerySet):
    def live(self, *, at: datetime | None = None) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=at or timezone.now())

    def with_keys(self, keys: Iterable[str]) -> Self:
        return self.filter(key__in=list(keys))

    def opening(self, *, form_key: uuid.UUID, resource_id: int) -> Self:
        """Grants that a resource behind this form accepts."""
        return self.filter(
            Q(resource_id_granted=None) | Q(resource_id_granted=resource_id), form_key=form_key
        )
