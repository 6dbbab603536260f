"""Answers by what became of them."""

import uuid
from typing import Self

from django.db import models


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
