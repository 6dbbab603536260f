"""Grants and codes by what they open now."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class GrantQuerySet(models.QuerySet):
    def live(self, *, at: datetime | None = None) -> Self:
        """Grants that open their files now."""
        return self.not_over(at=at).filter(Q(needs_proof=False) | Q(confirmed_at__isnull=False))

    def not_over(self, *, at: datetime | None = None) -> Self:
        """Grants that neither time nor staff have ended, also those that wait for a proof."""
        return self.filter(_is_not_over(at or timezone.now()))

    def ended(self, *, at: datetime | None = None) -> Self:
        """Grants that are over, by the clock or because staff revoked them."""
        return self.exclude(_is_not_over(at or timezone.now()))

    def of_form_not_over(self, *, form_key: uuid.UUID, resource_id: int) -> Self:
        """The same as `not_over` of what `opening` returns: no code gave it, so none is asked."""
        own_end = _own_end(timezone.now())
        return self.opening(form_key=form_key, resource_id=resource_id).filter(own_end)

    def with_keys(self, keys: Iterable[str]) -> Self:
        return self.filter(key__in=list(keys))

    def opening(self, *, form_key: uuid.UUID, resource_id: int) -> Self:
        """Grants that a resource behind this form accepts."""
        return self.filter(
            Q(resource_id_granted=None) | Q(resource_id_granted=resource_id), form_key=form_key
        )


def _is_not_over(at: datetime) -> Q:
    """A grant of a cohort code lives no longer than the code does; a held one is not given yet."""
    code = Q(cohort_code__revoked_at=None, cohort_code__expires_at__gt=at)
    return _own_end(at) & (Q(cohort_code=None) | code)


def _own_end(at: datetime) -> Q:
    return Q(revoked_at=None, is_held=False, expires_at__gt=at)


class CohortCodeQuerySet(models.QuerySet):
    def live(self) -> Self:
        """Codes that are neither revoked nor over; what they gave is open."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())

    def usable(self) -> Self:
        """Codes that one more device may use."""
        return self.live().filter(Q(limit=None) | Q(uses__lt=F("limit")))
