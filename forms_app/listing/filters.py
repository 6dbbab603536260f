"""Filters of the lists of answers. None of them reads more rows than it shows."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from forms_app.form_titles import form_titles
from forms_app.rights import forms_for, visible_submissions


class OfferedOnly(SimpleListFilter):
    """Takes no value that it does not offer, so that an address tells nothing it should not."""

    field = ""

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        known = {key for key, _title in self.lookup_choices}
        return queryset.filter(**{self.field: self.value()}) if self.value() in known else None


class FormFilter(OfferedOnly):
    """By form, also one whose page is gone; only those whose answers a person may read."""

    title = gettext_lazy("form")
    parameter_name = "form"
    field = "form_key"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(key), title) for key, title in form_titles(forms_for(request.user)).items()]


class SourceFilter(OfferedOnly):
    """By the page an answer was sent from."""

    title = gettext_lazy("sent from")
    parameter_name = "source"
    field = "source_page"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        # One look into an index for each page; to read every answer would take seconds.
        sent_from = visible_submissions(request.user).order_by().filter(source_page=OuterRef("pk"))
        pages = Page.objects.filter(Exists(sent_from)).order_by("title")
        return [(str(key), title) for key, title in pages.values_list("pk", "title")]


class MarkFilter(SimpleListFilter):
    title = gettext_lazy("marked")
    parameter_name = "marked"
    MARKS = {"starred": {"is_starred": True}, "test": {"is_test": True}}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("starred", _("Starred")), ("test", _("Test")), ("real", _("No test"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        if self.value() == "real":
            return queryset.filter(is_test=False)
        mark = self.MARKS.get(self.value() or "")
        return queryset.filter(**mark) if mark else None


class DayFilter(SimpleListFilter):
    """A day of the site's own calendar, typed or picked."""

    template = "forms_app/admin/day_filter.html"
    field = "submit_time"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        day = self.day
        return [(day.isoformat(), date_format(day))] if day else []

    def has_output(self) -> bool:
        return True

    @property
    def day(self) -> date | None:
        try:
            return date.fromisoformat(self.value() or "")
        except ValueError:
            return None

    def choices(self, changelist: Any) -> Iterator[Any]:
        others = changelist.params.copy()
        others.pop(self.parameter_name, None)
        hidden = [(name, value) for name, values in others.lists() for value in values]
        for choice in super().choices(changelist):
            yield {**choice, "hidden": hidden, "day": self.day.isoformat() if self.day else ""}


class FromDay(DayFilter):
    title = gettext_lazy("from")
    parameter_name = "from"

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        return queryset.filter(**{f"{self.field}__gte": start_of(self.day)}) if self.day else None


class UntilDay(DayFilter):
    title = gettext_lazy("until")
    parameter_name = "until"

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        if self.day is None or self.day == date.max:
            return None
        return queryset.filter(**{f"{self.field}__lt": start_of(self.day + timedelta(days=1))})


def start_of(day: date) -> datetime:
    """Return the first moment of a day in the site's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())
