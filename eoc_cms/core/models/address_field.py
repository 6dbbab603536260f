from typing import Any

from django.db import models

from eoc_cms.core.blocks.addresses import AddressFormField, validate_address


class AddressField(models.URLField):
    """An address as people write it, also one on this site."""

    default_validators = [validate_address]

    def formfield(self, **options: Any) -> Any:  # type: ignore[override]
        return super().formfield(**{"form_class": AddressFormField, **options})

    def deconstruct(self) -> Any:
        """Keep this class out of migrations: to them it is Django's own field."""
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.URLField", args, options
