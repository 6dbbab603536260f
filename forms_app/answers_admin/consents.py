"""What somebody said to a consent by telephone or on paper, recorded by staff."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from eoc_cms.core.keys import read_key
from eoc_cms.core.models import Staff, StaffRequest
from eoc_cms.core.typed_text import clean_line
from forms_app.consents.recording import change_mind
from forms_app.consents.standing import standing_of
from forms_app.models import ConsentEvent, FormPage, FormVersion, Person
from forms_app.models.consent import LONGEST_NOTE
from forms_app.rights import may_record_consents, may_view_people

WISHES = {"agree": True, "withdraw": False}


@dataclass(frozen=True, kw_only=True)
class PersonConsents:
    """The part of a page that tells what a person agreed to, with its buttons."""

    standing: list[ConsentEvent]
    # What forms ask now and this person has never been asked, by what names its words.
    others: list[tuple[str, ConsentEvent]]
    may_record: bool
    url: str


def consents_for(user: Staff, person: Person | None) -> PersonConsents | None:
    """Return what a member of staff may see of a person's consents; None where that is nothing."""
    if person is None or not may_view_people(user):
        return None
    standing = standing_of([person.pk])[person.pk]
    may_record = may_record_consents(user)
    others = _asked_now(person) if may_record else []
    return PersonConsents(
        standing=list(standing.values()),
        others=[(name, event) for name, event in others if event.key not in standing],
        may_record=may_record,
        url=reverse("forms_app_record_consent", args=[person.pk]),
    )


@require_POST
def record_consent(request: StaffRequest, pk: int) -> HttpResponse:
    """Record a yes or a no under the words that stood beside the button."""
    if not may_view_people(request.user):
        raise PermissionDenied
    person = Person.objects.filter(pk=pk).first()
    if person is None:
        words = _("Nothing was recorded: this person is not there any more, as all is erased.")
        messages.warning(request, words)
        return redirect(reverse("forms_app_person_modeladmin_index"))
    _record(request, person)
    page = reverse("forms_app_person_modeladmin_inspect", args=[pk])
    return redirect(get_valid_next_url_from_request(request) or page)


def _record(request: StaffRequest, person: Person) -> None:
    wish = WISHES.get(request.POST.get("do", ""))
    shown = _shown(person, request.POST.get("consent", ""))
    note = clean_line(request.POST.get("note", "")).strip()
    if not may_record_consents(request.user):
        words = _("Your account may not record consents.")
        hint = _("Whoever looks after groups can give you that right.")
        messages.error(request, f"{words} {hint}")
    elif wish is None or shown is None:
        messages.error(request, _("Nothing was recorded: choose the consent on this page again."))
    elif len(note) > LONGEST_NOTE:
        words = _("Nothing was recorded: shorten the note to %(most)d characters.")
        messages.error(request, words % {"most": LONGEST_NOTE})
    elif change_mind(
        shown, is_given=wish, how=ConsentEvent.How.STAFF, user=request.user, note=note
    ):
        given, taken = _("Recorded: agrees to “%s”."), _("Recorded: no longer agrees to “%s”.")
        messages.success(request, (given if wish else taken) % shown.label)
    else:
        messages.info(request, _("That was said already. Nothing was recorded again."))


def _shown(person: Person, name: str) -> ConsentEvent | None:
    """Return the words that a value of the page stands for: an event, or a form's question."""
    if key := read_key(name):
        return ConsentEvent.objects.filter(person=person, pk=key).first()
    version_key, _slash, field_name = name.partition("/")
    version = FormVersion.objects.with_key(version_key)
    return _asked(person, version).get(field_name) if version else None


def _asked_now(person: Person) -> list[tuple[str, ConsentEvent]]:
    """Return the consents of every published form, each with what names its words."""
    versions = [
        FormVersion.objects.shown_by(form)
        for form in FormPage.objects.live().filter(alias_of=None).order_by("title", "pk")
    ]
    return [
        (f"{version.key}/{name}", event)
        for version in versions
        for name, event in _asked(person, version).items()
    ]


def _asked(person: Person, version: FormVersion) -> dict[str, ConsentEvent]:
    """Return a version's consents as words that a person could say yes to; nothing is stored."""
    return {
        name: ConsentEvent(
            person=person,
            form_key=version.form_key,
            field_name=name,
            form_title=version.title,
            label=asked.label,
            wording=asked.words_agreed_to,
        )
        for name, asked in version.questions.items()
        if asked.is_consent
    }
