"""What staff do with answers: each a POST, each only with answers they may read."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from eoc_cms.core.keys import read_keys
from eoc_cms.core.models import StaffRequest
from forms_app.intake.tray import FormGoneError, let_through, put_aside
from forms_app.models import Submission
from forms_app.models.submission import LONGEST_NOTE
from forms_app.privacy.answers import erase_answers
from forms_app.rights import ERASE, VIEW, visible_submissions

MOST_AT_ONCE = 200


@require_POST
def act_on_answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Do what the pressed button says with one answer."""
    answer = get_object_or_404(visible_submissions(request.user), pk=pk)
    act = ACTIONS.get(request.POST.get("do", ""))
    if act is None:
        raise PermissionDenied
    act(request, answer)
    back = get_valid_next_url_from_request(request)
    gone = not Submission.objects.filter(pk=pk).exists()
    page = reverse("forms_app_tray") if gone else _page_of(pk)
    return redirect(back or page)


@require_POST
def act_on_chosen(request: StaffRequest) -> HttpResponse:
    """Let the ticked answers of the tray through, or erase them."""
    right = ERASE if request.POST.get("do") == "erase" else VIEW
    keys = read_keys(request.POST.getlist("answers"))
    chosen = visible_submissions(request.user, right).held().filter(pk__in=keys[:MOST_AT_ONCE])
    if request.POST.get("do") == "deliver":
        _deliver_all(request, list(chosen))
    elif request.POST.get("do") == "erase":
        _tell_erased(request, erase_answers(chosen)["answers"])
    return redirect("forms_app_tray")


def _page_of(pk: int) -> str:
    return reverse("forms_app_submission_modeladmin_inspect", args=[pk])


def deliver(request: StaffRequest, answer: Submission) -> None:
    _deliver_all(request, [answer])


def _deliver_all(request: StaffRequest, answers: list[Submission]) -> None:
    done = 0
    for answer in answers:
        try:
            done += let_through(answer, user=request.user)
        except FormGoneError:
            words = _("%(receipt)s stays in the tray: the page of its form is gone.")
            messages.error(request, words % {"receipt": answer.receipt})
    if done:
        words = ngettext(
            "%(count)d answer is delivered: its files are open and its mails on their way.",
            "%(count)d answers are delivered: their files are open and their mails on their way.",
            done,
        )
        messages.success(request, words % {"count": done})
    elif not answers:
        messages.warning(request, _("Tick the answers first."))


def hold(request: StaffRequest, answer: Submission) -> None:
    if put_aside(answer, user=request.user):
        words = _("The answer is in the tray of possible spam, and what it had opened is closed.")
        messages.success(request, words)


def star(request: StaffRequest, answer: Submission) -> None:
    _change(answer, is_starred=request.POST.get("value") == "yes")


def mark_as_test(request: StaffRequest, answer: Submission) -> None:
    is_test = request.POST.get("value") == "yes"
    _change(answer, is_test=is_test)
    if is_test:
        messages.success(request, _("A test is left out of counts and of exports."))


def keep_note(request: StaffRequest, answer: Submission) -> None:
    # A character that no database of ours keeps.
    note = request.POST.get("note", "").replace("\x00", "").strip()
    if len(note) > LONGEST_NOTE:
        words = _("The note is too long: shorten it to %(most)s characters.")
        messages.error(request, words % {"most": f"{LONGEST_NOTE:,}"})
        return
    _change(answer, note=note)
    messages.success(request, _("The note is kept."))


def erase(request: StaffRequest, answer: Submission) -> None:
    chosen = visible_submissions(request.user, ERASE).filter(pk=answer.pk)
    if not chosen.exists():
        raise PermissionDenied
    _tell_erased(request, erase_answers(chosen)["answers"])


def _tell_erased(request: StaffRequest, count: int) -> None:
    if count:
        words = ngettext("%(count)d answer is erased.", "%(count)d answers are erased.", count)
        messages.success(request, words % {"count": count})
    else:
        messages.warning(request, _("Nothing was erased."))


@transaction.atomic
def _change(answer: Submission, **values: bool | str) -> None:
    Submission.objects.filter(pk=answer.pk).update(**values)


Act = Callable[[StaffRequest, Submission], None]
ACTIONS: dict[str, Act] = {
    "deliver": deliver,
    "hold": hold,
    "star": star,
    "test": mark_as_test,
    "note": keep_note,
    "erase": erase,
}
