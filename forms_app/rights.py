"""Rights to answers, apart from the right to edit the page that asks for them.

A permission holds for every form; a `FormRight` gives the same to a group for one form.
Whatever shows answers, or tells of them, asks here which ones it may show.
"""

import uuid

from django.db.models import QuerySet

from eoc_cms.core.models import Staff
from forms_app.models.form_right import FormRight
from forms_app.models.submission import Submission
from forms_app.querysets import SubmissionQuerySet

VIEW = "forms_app.view_submission"
EXPORT = "forms_app.export_submission"
ERASE = "forms_app.erase_submission"
PUT_ASIDE = "forms_app.put_aside_submission"
VIEW_PEOPLE = "forms_app.view_person"
RECORD_CONSENT = "forms_app.add_consentevent"
# Whoever keeps groups gives them their rights to answers.
KEEP_GROUPS = "auth.change_group"
VIEW_LEDGER = "forms_app.view_exportrecord"
VIEW_ACTS = "forms_app.view_answeract"
BY_FORM = {VIEW: "may_view", EXPORT: "may_export", ERASE: "may_erase", PUT_ASIDE: "may_put_aside"}
REMEMBERED = "_rights_to_forms"


def may_view(user: Staff, form_key: uuid.UUID | None = None) -> bool:
    """Say whether a person may read a form's answers; without a form, those of any form."""
    return holds(user, VIEW, form_key)


def may_export(user: Staff, form_key: uuid.UUID | None = None) -> bool:
    return holds(user, EXPORT, form_key)


def may_erase(user: Staff, form_key: uuid.UUID | None = None) -> bool:
    return holds(user, ERASE, form_key)


def may_put_aside(user: Staff, form_key: uuid.UUID | None = None) -> bool:
    """Say whether a person may hold answers back, let them through and mark them as tests."""
    return holds(user, PUT_ASIDE, form_key)


def may_view_all(user: Staff) -> bool:
    """Say whether a person may read the answers to every form, so also who gave them."""
    return forms_for(user, VIEW) is None


def may_view_people(user: Staff) -> bool:
    """Say whether a person may read who people are, which tells of all forms at once."""
    return user.is_active and user.has_perm(VIEW_PEOPLE) and may_view_all(user)


def may_record_consents(user: Staff) -> bool:
    """Say whether a person may note what somebody said to a consent by telephone or on paper."""
    return may_view_people(user) and user.has_perm(RECORD_CONSENT)


def visible_submissions(user: Staff, right: str = VIEW) -> SubmissionQuerySet:
    """Return the answers to which a person has a right."""
    keys = forms_for(user, right)
    everything: SubmissionQuerySet = Submission.objects.all()
    return everything if keys is None else everything.filter(form_key__in=keys)


def forms_for(user: Staff, right: str = VIEW) -> frozenset[uuid.UUID] | None:
    """Return the keys of the forms that a right holds for; None when it holds for every form."""
    if not user.is_active:
        return frozenset()
    if user.has_perm(VIEW) and user.has_perm(right):
        return None
    chosen = _of_groups(user)
    # Whatever else a person may do with an answer, they have to be able to read it.
    has_right = chosen[VIEW] if user.has_perm(right) else chosen[right]
    return frozenset(has_right if user.has_perm(VIEW) else has_right & chosen[VIEW])


def holds(user: Staff, right: str, form_key: uuid.UUID | None) -> bool:
    """Say whether a person has one of these rights to a form, or to any form if none is named."""
    keys = forms_for(user, right)
    if keys is None:
        return True
    return form_key in keys if form_key else bool(keys)


def _of_groups(user: Staff) -> dict[str, set[uuid.UUID]]:
    """Return the forms of each right, read once in the life of this object, like permissions."""
    found: dict[str, set[uuid.UUID]] | None = getattr(user, REMEMBERED, None)
    if found is None:
        rows: QuerySet[FormRight] = FormRight.objects.filter(group__user=user.pk)
        given = list(rows)
        found = {
            right: {row.form_key for row in given if getattr(row, name)}
            for right, name in BY_FORM.items()
        }
        setattr(user, REMEMBERED, found)
    return found
