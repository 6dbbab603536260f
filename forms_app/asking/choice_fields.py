"""Questions whose answers are chosen from a list, where Django's own fall short."""

from django import forms


class ChosenField(forms.MultipleChoiceField):
    def clean(self, value: object) -> list[str]:
        """Take each choice once, however often a program sends it."""
        return list(dict.fromkeys(super().clean(value)))


class _OwnIds:
    """Number the controls with a hyphen, which no field's name can hold.

    Django's `id_topic_2` is also the id of a second question called “Topic”.
    """

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}-{index}" if id_ and index is not None else ""


class RadioInput(_OwnIds, forms.RadioSelect):
    pass


class BoxesInput(_OwnIds, forms.CheckboxSelectMultiple):
    pass
