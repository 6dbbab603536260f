"""What visitors have typed on the steps of a form, under addresses they can go back to.

The address of a step names its answer by a random key, which the browser has made up, or
else this server. So Back, Forward and Reload show what was typed, without cookies and
without sending anything twice. What is kept goes when the answer is sent, or a day after.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from wagtail.models import Page

from eoc_cms.core.http import comes_from_this_site
from forms_app.asking.conditions import ASKED
from forms_app.asking.parts import part_of, steps_of
from forms_app.asking.stepping import SEEN
from forms_app.asking.travel import Place, place_of
from forms_app.asking.visitor_form import HONEYPOT, NO_MAIL, AskedForm
from forms_app.models import FormVersion, Submission, UnfinishedAnswer
from forms_app.models.unfinished_answer import KEPT_FOR

ANSWER, STEP, RETURNING, CHECK = "answer", "step", "returning", "check"
# What asks for a key, where a page without scripts cannot make one up.
NEW = "new"
KEY = re.compile(r"[A-Za-z0-9_-]{22,64}")
ALWAYS_OURS = (HONEYPOT, NO_MAIL)

Told = dict[str, object]


def new_key() -> str:
    return secrets.token_urlsafe(24)


@dataclass(kw_only=True)
class Visit:
    """What the address of a step says, and what was typed so far."""

    source: Page
    key: str = ""
    place: Place = field(default_factory=Place)
    is_to_check: bool = False
    kept: UnfinishedAnswer | None = None

    @classmethod
    def of(cls, request: HttpRequest, source: Page) -> "Visit":
        asked = request.GET
        key = asked.get(ANSWER, "")
        key = key if KEY.fullmatch(key) else ""
        return cls(
            source=source,
            key=key,
            place=Place(step=asked.get(STEP, ""), is_returning=RETURNING in asked),
            is_to_check=CHECK in asked,
            kept=_kept(key, source) if key else None,
        )

    def wants_key(self, request: HttpRequest) -> bool:
        """Say whether a page without scripts asks for an address of its first step."""
        return request.GET.get(ANSWER) == NEW

    @property
    def sent(self) -> Submission | None:
        """The stored answer that this became."""
        return self.kept.submission if self.kept else None

    def told(self, what: str) -> list[Any]:
        """Return what is to be said beside the step, as `keep` was given it."""
        return list(self.kept.told.get(what, ())) if self.kept else []

    @property
    def typed(self) -> QueryDict:
        """All that was typed so far."""
        return _joined(self._data, {})

    def begin_anew(self) -> None:
        """Let what is typed now be another answer than the one that was sent."""
        self.key, self.kept = new_key(), None

    def put_together(self, version: FormVersion, posted: QueryDict) -> QueryDict:
        """Return all that was typed on the steps of a form, what comes now before what came."""
        steps = steps_of(part_of(asked) for asked in version.asked)
        if len(steps) == 1:
            return posted if self.kept is None else _joined(self._data, posted)
        at = self.place.at(len(steps))
        here = {part.name for part in steps[at].parts} if at < len(steps) else {NO_MAIL}
        before = {
            name: values for name, values in self._data.items() if _question_of(name) not in here
        }
        before[ASKED] = [name for name in before.get(ASKED, []) if name not in here]
        asked = [*before[ASKED], *posted.getlist(ASKED)]
        seen = dict.fromkeys([*before.get(SEEN, []), str(at)])
        names = {*(asked.clean_name for asked in version.asked), *ALWAYS_OURS}
        known = {name: values for name, values in posted.lists() if _question_of(name) in names}
        data = _joined(before, {**known, ASKED: asked, SEEN: [n for n in seen if n.isdigit()]})
        for name in names:
            if f"{name}-remove" in data:
                data.pop(f"{name}-remove")
                data.pop(f"{name}-kept", None)
        return data

    @property
    def _data(self) -> dict[str, list[str]]:
        return self.kept.data if self.kept else {}

    def keep(self, form: AskedForm, data: QueryDict, told: Told) -> str:
        """Keep what was typed; return the query of the address that shows it."""
        self.key = self.key or new_key()
        UnfinishedAnswer.objects.update_or_create(
            key=self.key,
            defaults={
                "version": FormVersion.objects.kept(form.version),
                "page": self.source,
                "data": dict(data.lists()),
                "told": told,
                "submission": None,
            },
        )
        return self.address(form, is_to_check=bool(told or form.errors or form.more_to_ask))

    def address(self, form: AskedForm, *, is_to_check: bool = False) -> str:
        """Return the query of the address of the step that a form shows."""
        place = place_of(form)
        query = {ANSWER: self.key, STEP: place.step}
        query |= {RETURNING: "1"} if place.is_returning else {}
        query |= {CHECK: "1"} if is_to_check else {}
        return f"?{urlencode(query)}"

    def finish(self, submission: Submission) -> None:
        """Forget what was typed, since it is stored as an answer."""
        if not self.key:
            return
        UnfinishedAnswer.objects.filter(key=self.key).update(
            data={}, told={}, submission=submission
        )


def typed_before(request: HttpRequest) -> dict[str, list[str]]:
    """Return what was typed on other steps of the answer that an address names."""
    kept = UnfinishedAnswer.objects.filter(key=request.GET.get(ANSWER, "")).first()
    data: dict[str, list[str]] = kept.data if kept else {}
    return data


def is_unfinished(request: HttpRequest, source: Page) -> bool:
    """Say whether an address names an answer that its visitor has not sent yet."""
    kept = Visit.of(request, source).kept
    return kept is not None and kept.submission is None and comes_from_this_site(request)


def erase_unfinished(*, at: datetime | None = None) -> int:
    """Erase what was typed into forms that nobody has gone on with; return how many there were."""
    before = (at or timezone.now()) - KEPT_FOR
    return UnfinishedAnswer.objects.filter(touched_at__lte=before).delete()[0]


def _kept(key: str, source: Page) -> UnfinishedAnswer | None:
    since = timezone.now() - KEPT_FOR
    found = UnfinishedAnswer.objects.filter(key=key, page=source.pk, touched_at__gt=since)
    return found.select_related("version", "submission__version").first()


def _question_of(name: str) -> str:
    """Return the question that an input belongs to: a file has inputs of three names."""
    return name.removesuffix("-kept").removesuffix("-remove")


def _joined(before: Mapping[str, list[str]], after: Mapping[str, object] | QueryDict) -> QueryDict:
    data = QueryDict(mutable=True)
    later = dict(after.lists()) if isinstance(after, QueryDict) else after
    for name, values in {**before, **later}.items():
        data.setlist(name, list(values))  # type: ignore[call-overload]
    return data
