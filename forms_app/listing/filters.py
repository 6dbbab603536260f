"""What narrows a list. None of it reads more rows than it shows.

A value that a filter does not know, and a filter that a list does not have, narrow to
nothing and say so: they never widen.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import AdminDateInput

from eoc_cms.core.models import Staff
from forms_app.listing.tables import NOT_FILTERS, SEARCH

Choices = list[tuple[str, str]]
ALL = gettext_lazy("All")


class ChoiceFilter(django_filters.ChoiceFilter):
    """By one of the values that `offered` gives to whoever reads the list.

    `apply` narrows the rows to a value; without it the field is compared with it. What
    `empty_label` calls it is shown while none is chosen.
    """

    def __init__(
        self,
        *,
        offered: Callable[[Staff | None], Choices],
        apply: Callable[[Any, str], QuerySet] | None = None,
        empty_label: str | Promise = ALL,
        **options: object,
    ) -> None:
        super().__init__(empty_label=empty_label, widget=forms.RadioSelect, **options)
        self.offered = offered
        self.apply = apply

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        if not value or self.apply is None:
            return super().filter(qs, value)
        return self.apply(qs, value)


class DayFilter(django_filters.DateFilter):
    """A day of the site's own calendar, typed or picked."""

    def __init__(self, field_name: str, label: str | Promise) -> None:
        super().__init__(field_name=field_name, label=label, widget=AdminDateInput)


class FromDay(DayFilter):
    def filter(self, qs: QuerySet, value: date | None) -> QuerySet:
        return qs.filter(**{f"{self.field_name}__gte": start_of(value)}) if value else qs


class UntilDay(DayFilter):
    def filter(self, qs: QuerySet, value: date | None) -> QuerySet:
        if value is None or value == date.max:
            return qs
        return qs.filter(**{f"{self.field_name}__lt": start_of(value + timedelta(days=1))})


class PeriodFilter(ChoiceFilter):
    """By a stretch of time that ends now, in the site's own calendar."""

    def __init__(self, field_name: str, label: str | Promise) -> None:
        super().__init__(field_name=field_name, label=label, offered=self.periods)

    @staticmethod
    def periods(user: Staff | None) -> Choices:
        return [
            ("today", _("Today")),
            ("week", _("Past 7 days")),
            ("month", _("This month")),
            ("year", _("This year")),
        ]

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        if not value:
            return qs
        today = timezone.localdate(timezone=timezone.get_default_timezone())
        first = {
            "today": today,
            "week": today - timedelta(days=7),
            "month": today.replace(day=1),
            "year": today.replace(month=1, day=1),
        }[value]
        return qs.filter(**{f"{self.field_name}__gte": start_of(first)})


def start_of(day: date) -> datetime:
    """Return the first moment of a day in the site's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())


class ListFilterSet(WagtailFilterSet):
    """The filters of one list, as a person may use them; `user` is None for the command line."""

    def __init__(self, query: QueryDict, rows: QuerySet, *, user: Staff | None) -> None:
        super().__init__(query, rows)
        # No Python name can be “from”, so that filter is declared as “from_”.
        self.filters: dict[str, django_filters.Filter] = {
            name.removesuffix("_"): each for name, each in self.filters.items()
        }
        for each in self.filters.values():
            if isinstance(each, ChoiceFilter):
                each.extra["choices"] = each.offered(user)

    @property
    def problems(self) -> list[str]:
        """Say what of the query cannot be used; nothing is found then."""
        known = {*self.filters, *NOT_FILTERS, SEARCH}
        unknown = [
            _("This list has no filter “%(name)s” any more.") % {"name": name}
            for name in self.data
            if name not in known
        ]
        unusable = [
            _("“%(value)s” is not known any more under “%(filter)s”.")
            % {"value": self.data.get(name), "filter": str(self.filters[name].label)}
            for name in self.errors
        ]
        return [*unknown, *unusable]

    def in_words(self) -> dict[str, str]:
        """Return what the list is narrowed to, in the words of its filters."""
        chosen: Mapping[str, object] = self.form.cleaned_data if self.is_valid() else {}
        return {
            str(self.filters[name].label): self._shown(name, value)
            for name, value in chosen.items()
            if value not in (None, "")
        }

    def _shown(self, name: str, value: object) -> str:
        if isinstance(value, datetime):
            return date_format(timezone.localtime(value), "DATETIME_FORMAT")
        if isinstance(value, date):
            return date_format(value)
        return dict(self.filters[name].extra.get("choices", ())).get(value, str(value))
