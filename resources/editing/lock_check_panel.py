"""The way from a resource's gate to “Is it really locked?”."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel


class LockCheckPanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "resources/admin/lock_check_panel.html"

        def is_shown(self) -> bool:
            """Leave it out while a resource is added: there is nothing to try yet."""
            return bool(self.instance.pk)

        def get_context_data(
            self, parent_context: Mapping[str, Any] | None = None
        ) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            address = reverse("resources_lock_check", args=[self.instance.pk])
            return {**context, "address": address}
