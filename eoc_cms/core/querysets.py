"""Outgoing mail by what is still to be done with it."""

from datetime import datetime
from typing import Self

from django.db import models


class OutgoingMailQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(sent_at=None, given_up_at=None, is_held=False)

    def held(self) -> Self:
        """What is not sent before staff let through the answer that it tells of."""
        return self.filter(sent_at=None, is_held=True)

    def due(self, *, at: datetime) -> Self:
        return self.waiting().filter(due_at__lte=at).order_by("due_at", "pk")

    def undelivered(self) -> Self:
        """Tried at least once and still not sent: what staff need to see."""
        return self.filter(sent_at=None, attempts__gt=0, is_held=False)
