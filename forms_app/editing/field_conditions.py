"""What an editor writes as “ask only when …”, and what can be wrong with it.

They name the question by its label; what is kept is the question's own name, so
that a new label changes nothing.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from forms_app.asking.parts import lines_of
from forms_app.asking.regions import US_STATES, names_in
from forms_app.field_types import TICK_BOXES, WITH_CHOICES, WORDS_ONLY

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FIELD = "show_if"
VALUES = "show_if_value"


def show_labels(field_forms: Iterable[forms.ModelForm]) -> None:
    """Put the label of the question in the place of its name, for the editor to read."""
    field_forms = list(field_forms)
    labels = {form.instance.clean_name: form.instance.label for form in field_forms}
    for form in field_forms:
        if name := form.instance.show_if:
            form.stored_condition = name  # type: ignore[attr-defined]
            form.initial[FIELD] = labels.get(name, name)


def check_conditions(kept: Sequence[forms.ModelForm], deleted: Sequence[forms.ModelForm]) -> None:
    """Turn each label into the name of its question, or say what is wrong; in the form's order."""
    for place, form in enumerate(kept):
        if typed := (form.cleaned_data.get(FIELD) or "").strip():
            parent = _parent(form, typed, kept)
            problem = _problem(form, parent, typed, kept[:place], deleted)
            if problem:
                _mark(form, FIELD, problem)
            elif parent is not None:
                form.instance.show_if = parent.instance.clean_name
                form.cleaned_data[FIELD] = parent.instance.clean_name
                _check_values(form, parent)


def _mark(form: forms.ModelForm, name: str, problem: "StrOrPromise") -> None:
    """Add the error, unless a draft is saved, which holds anything."""
    if not form.is_deferred_validation:  # type: ignore[attr-defined]
        form.add_error(name, problem)


def _parent(
    form: forms.ModelForm, typed: str, kept: Sequence[forms.ModelForm]
) -> forms.ModelForm | None:
    stored = getattr(form, "stored_condition", "")
    by_name = [other for other in kept if other.instance.clean_name == stored]
    if by_name and typed == form.initial.get(FIELD):
        # Untouched: it hangs on the same question, whatever that is called by now.
        return by_name[0]
    named = [other for other in kept if _is_called(other, typed)]
    return next((other for other in named if other is not form), named[0] if named else None)


def _is_called(form: forms.ModelForm, typed: str) -> bool:
    names = (form.cleaned_data.get("label"), form.instance.clean_name)
    return key_of(typed) in {key_of(name) for name in names if name}


def key_of(text: str) -> str:
    return " ".join(text.split()).casefold()


def _problem(
    form: forms.ModelForm,
    parent: forms.ModelForm | None,
    typed: str,
    earlier: Sequence[forms.ModelForm],
    deleted: Sequence[forms.ModelForm],
) -> "StrOrPromise":
    words = {"label": typed}
    if form.cleaned_data.get("field_type") == "step":
        return _("A step is always there. Write the condition beside its questions instead.")
    if parent is None:
        stored = getattr(form, "stored_condition", typed)
        if any(stored == other.instance.clean_name or _is_gone(other, typed) for other in deleted):
            return (
                _(
                    "“%(label)s” is to be deleted, but this question hangs on it. "
                    "Keep it, or empty this box first."
                )
                % words
            )
        return _("No question is called “%(label)s”. Write its label as it stands above.") % words
    if parent is form:
        return _("A question cannot hang on its own answer. Name one above it.")
    if parent not in earlier:
        return _("“%(label)s” comes later. Move it above this question.") % words
    if parent.cleaned_data.get("field_type") in WORDS_ONLY | {"file", "hidden"}:
        return _("“%(label)s” has no answer that another question could hang on.") % words
    if sum(_is_called(other, typed) for other in earlier) > 1 and not _is_stored(form, parent):
        return _("More than one question is called “%(label)s”. Give them other labels.") % words
    return ""


def _is_stored(form: forms.ModelForm, parent: forms.ModelForm) -> bool:
    return getattr(form, "stored_condition", "") == parent.instance.clean_name


def _is_gone(form: forms.ModelForm, typed: str) -> bool:
    return key_of(form.instance.label) == key_of(typed)


def _check_values(form: forms.ModelForm, parent: forms.ModelForm) -> None:
    wanted = lines_of(form.cleaned_data.get(VALUES) or "")
    offered = _offered(parent)
    if not wanted or offered is None:
        return
    known = {key_of(shown): value for value, shown in offered}
    strange = [text for text in wanted if key_of(text) not in known]
    if strange:
        _mark(
            form,
            VALUES,
            _("“%(value)s” is not among the answers of “%(label)s”: %(choices)s.")
            % {
                "value": strange[0],
                "label": parent.cleaned_data.get("label"),
                "choices": ", ".join(str(shown) for _value, shown in offered[:12]),
            },
        )
        return
    # Spelt as the choices are, so that what is compared is the same to the letter.
    form.instance.show_if_value = "\n".join(known[key_of(text)] for text in wanted)


def _offered(parent: forms.ModelForm) -> list[tuple[str, str]] | None:
    """Return the answers (as kept, as shown) a question can have; None where any text can be."""
    kind = parent.cleaned_data.get("field_type")
    if kind in TICK_BOXES:
        return [("yes", _g("yes")), ("no", _g("no")), ("yes", "yes"), ("no", "no")]
    if kind == "us_state":
        return list(US_STATES)
    if kind == "country":
        return [(name, name) for name in names_in("en").values()]
    if kind in WITH_CHOICES:
        return [(value, value) for value in lines_of(parent.cleaned_data.get("choices") or "")]
    return None
