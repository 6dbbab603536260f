"""Answers and consents by what became of them."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q


class SubmissionQuerySet(models.QuerySet):
    def accepted(self) -> Self:
        return self.filter(state="accepted")

    def held(self) -> Self:
        return self.filter(state="held")

    def to_form(self, form_key: uuid.UUID) -> Self:
        return self.filter(form_key=form_key)

    def counted(self) -> Self:
        """Leave out what is held as possible spam, and what staff sent to try a form out."""
        return self.accepted().filter(is_test=False)


class ConsentQuerySet(models.QuerySet):
    def counting(self) -> Self:
        """Leave out what an answer says that is held, or that is a test."""
        in_answer = Q(submission__state="accepted", submission__is_test=False)
        return self.filter(Q(submission=None) | in_answer)

    def standing(self) -> Self:
        """Return the last word of each person on each consent, be it yes or no."""
        later = self._of_the_same().filter(pk__gt=OuterRef("pk"))
        return self.counting().filter(~Exists(later))

    def given(self) -> Self:
        return self.filter(is_given=True)

    def taken_back(self) -> Self:
        """Return each no of somebody who had said yes before."""
        earlier = self._of_the_same().given().filter(pk__lt=OuterRef("pk"))
        # The mark alone would do for most, and it has an index.
        return self.filter(Exists(earlier), is_given=False, is_change=True)

    def _of_the_same(self) -> Self:
        """Return what counts of the same consent of the same person as an outer row."""
        every: Self = self.model._default_manager.all()
        same = {name: OuterRef(name) for name in ("person", "form_key", "field_name")}
        return every.counting().filter(**same)
