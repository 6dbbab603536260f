"""Fields in words where two versions of a page are compared: “yes”, a date, nothing for nothing."""

from datetime import date, datetime

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.compare import FieldComparison, TextDiff, register_comparison_class

WORDED = (models.BooleanField, models.DateField, models.IntegerField, models.FloatField)


class WordsFieldComparison(FieldComparison):
    def htmldiff(self) -> SafeString:
        before, after = in_words(self.val_a), in_words(self.val_b)
        if before == after:
            return escape(before)
        changes = [("deletion", before), ("addition", after)]
        html: SafeString = TextDiff([change for change in changes if change[1]]).to_html()
        return html


def in_words(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return "" if value is None else str(value)


def register() -> None:
    for field in WORDED:
        register_comparison_class(field, comparison_class=WordsFieldComparison)
