import unicodedata

from django.db import models
from django.utils.translation import gettext_lazy as _


def normalise_email(email: str) -> str:
    """Return the form of an address that all writings of it share.

    RFC 5321 lets a server tell upper from lower case before the @, but none in
    use does, and people write their own address both ways.
    """
    return unicodedata.normalize("NFKC", email).strip().casefold()


class Person(models.Model):
    """Everybody who gave one e-mail address: the handle for access, export and erasure."""

    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    first_contact_at = models.DateTimeField(_("first contact"), db_index=True)
    last_contact_at = models.DateTimeField(_("last contact"), db_index=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.email
