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
