"""A part of an editing form that tells something of what is edited, and takes nothing in."""

from collections.abc import Mapping

from wagtail.admin.panels import Panel


class NotePanel(Panel):
    """Shows a template with what the instance says of itself, or nothing where it says nothing.

    `of` names the attribute that says it; the template finds its value as `note`.
    """

    def __init__(self, template_name: str, *, of: str, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.template_name = template_name
        self.of = of

    def clone_kwargs(self) -> dict[str, object]:
        return {**super().clone_kwargs(), "template_name": self.template_name, "of": self.of}

    class BoundPanel(Panel.BoundPanel):
        def __init__(self, **kwargs: object) -> None:
            super().__init__(**kwargs)
            self.template_name = self.panel.template_name
            # Two versions are compared without any instance.
            self.note = getattr(self.instance, self.panel.of, None)

        def is_shown(self) -> bool:
            return bool(self.note)

        def get_context_data(
            self, parent_context: Mapping[str, object] | None = None
        ) -> dict[str, object]:
            return {**super().get_context_data(parent_context), "note": self.note}
