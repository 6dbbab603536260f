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
