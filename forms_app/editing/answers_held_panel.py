"""Says beside each field of a form how many answers it holds, and that they stay."""

from collections import Counter
from typing import Any

from django.utils.translation import ngettext
from wagtail.admin.panels import Panel


class AnswersHeldPanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "forms_app/admin/answers_held.html"

        def is_shown(self) -> bool:
            return bool(self._count())

        def words(self) -> str:
            count = self._count()
            return ngettext(
                "%(count)d answer holds this question. It stays when you delete the field.",
                "%(count)d answers hold this question. They stay when you delete the field.",
                count,
            ) % {"count": count}

        def _count(self) -> int:
            page: Any = self.instance.page if self.instance.pk else None
            held: Counter[str] = page.answers_by_field if page else Counter()
            return held[self.instance.clean_name]
