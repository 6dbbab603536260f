"""What every form of the admin that takes words and times of staff has in common."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from eoc_cms.core.pages.late_saves import STATE_FIELD, StateField, refuse_overwriting, state_of
from eoc_cms.core.typed_text import LINE_END

# Django's code for a time that the clocks leave out or bring twice.
NO_MOMENT = "ambiguous_timezone"
SCHEDULE = ("go_live_at", "expire_at")


class StaffForm(WagtailAdminModelForm):
    """Counts a line end once, as browsers do, and explains a time that is no moment."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_with_short_line_ends(data), *args, **kwargs)

    def add_error(self, field: str | None, error: Any) -> None:
        if isinstance(error, ValidationError) and getattr(error, "code", "") == NO_MOMENT:
            error = ValidationError(_no_moment(error), code=NO_MOMENT)
        super().add_error(field, error)


class StaffPageForm(StaffForm, WagtailAdminPageForm):
    """Tells the state that it was opened in, so that a draft is not saved over a decision."""

    state_when_opened = StateField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial[STATE_FIELD] = state_of(self.instance)

    def add_error(self, field: str | None, error: Any) -> None:
        if not self._is_only_for_publishing(field, error):
            super().add_error(field, error)

    def _is_only_for_publishing(self, field: str | None, error: Any) -> bool:
        """Say whether Wagtail refuses times that are well typed, such as an expiry that is over."""
        is_of_schedule = self.is_deferred_validation and field in SCHEDULE
        return is_of_schedule and getattr(error, "code", "") is None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.is_deferred_validation:
            cleaned.update(self._kept_for_now(cleaned))
        return cleaned

    def _kept_for_now(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """Return what stands in a draft for a field that was emptied but cannot be stored empty."""
        emptied = (name for name in self.deferred_required_fields if cleaned.get(name) is None)
        return {name: self.initial[name] for name in emptied if not self._may_be_null(name)}

    def _may_be_null(self, name: str) -> bool:
        return bool(self.instance._meta.get_field(name).null)

    def save(self, commit: bool = True) -> Any:
        if self.is_deferred_validation and self.instance.pk:
            refuse_overwriting(self.instance)
        return super().save(commit=commit)


def _with_short_line_ends(data: Any) -> Any:
    if not isinstance(data, QueryDict):
        return data
    short = data.copy()
    for name, values in data.lists():
        short.setlist(name, [LINE_END.sub("\n", value) for value in values])
    return short


def _no_moment(error: ValidationError) -> str:
    time = date_format(error.params["datetime"], "DATETIME_FORMAT") if error.params else ""
    return _(
        "The clocks change then, so %(time)s comes twice or not at all. "
        "Choose a time an hour earlier or later."
    ) % {"time": time}
