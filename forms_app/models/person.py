from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from eoc_cms.core.mailbox import LONGEST_ADDRESS, spellings
from eoc_cms.core.models.search_text import fold


class PersonManager(models.Manager["Person"]):
    def met(self, email: str) -> "Person":
        """Return the person of a normalised address, from whom something has come just now.

        Within a transaction they are locked until its end.
        """
        now = timezone.now()
        person = Person(email=email, first_contact_at=now, last_contact_at=now)
        person.search_text = person.made_search_text()
        return self.bulk_create(
            [person],
            update_conflicts=True,
            unique_fields=["email"],
            update_fields=["last_contact_at"],
        )[0]


class Person(models.Model):
    """Everybody who gave one e-mail address: the handle for access, export and erasure."""

    # As eoc_cms.core.mailbox writes it, whatever was typed.
    email = models.EmailField(_("e-mail"), max_length=LONGEST_ADDRESS, unique=True)
    search_text = models.TextField(editable=False, blank=True)
    first_contact_at = models.DateTimeField(_("first contact"), db_index=True)
    last_contact_at = models.DateTimeField(_("last contact"), db_index=True)

    objects = PersonManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = self.made_search_text()
        super().save(*args, **kwargs)

    def made_search_text(self) -> str:
        return fold(" ".join(spellings(self.email)))
