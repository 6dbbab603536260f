"""What staff do with answers: each a POST, each only with answers they may read.

A button that is pressed twice does nothing the second time. Whatever is refused says why,
in a message on the page that follows.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from eoc_cms.core.keys import read_keys
from eoc_cms.core.models import StaffRequest
from eoc_cms.core.typed_text import clean_text
from forms_app.intake.tray import LetThrough, NotGivenError, let_through, mark_as_test, put_aside
from forms_app.models import Submission
from forms_app.models.submission import LONGEST_NOTE
from forms_app.privacy.erasing import erase_answers
from forms_app.rights import ERASE, PUT_ASIDE, VIEW, visible_submissions

MOST_AT_ONCE = 200


@dataclass(frozen=True, kw_only=True)
class Act:
    """What a button does, and which right it needs."""

    do: Callable[[StaffRequest, Submission], None]
    right: str
    # What somebody without the right reads.
    refusal: str | Promise = ""


@require_POST
def act_on_answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Do what the pressed button says with one answer."""
    answer = visible_submissions(request.user).filter(pk=pk).first()
    act = ACTS.get(request.POST.get("do", ""))
    if answer is None:
        messages.warning(request, _not_there(1))
    elif act is None:
        messages.error(request, _("Nothing was done: this site has no such button."))
    elif not visible_submissions(request.user, act.right).filter(pk=pk).exists():
        messages.error(request, _refused(act))
    else:
        act.do(request, answer)
    return redirect(get_valid_next_url_from_request(request) or _page_of(pk))


@require_POST
def act_on_chosen(request: StaffRequest) -> HttpResponse:
    """Let the ticked answers of the tray through, or erase them."""
    act = ACTS.get(request.POST.get("do", ""))
    keys = set(read_keys(request.POST.getlist("answers"))[:MOST_AT_ONCE])
    held = visible_submissions(request.user).held().filter(pk__in=keys)
    if not keys:
        messages.warning(request, _("Tick the answers first."))
    elif act not in {DELIVER, ERASE_IT}:
        messages.error(request, _("Nothing was done: this site has no such button."))
    else:
        allowed = visible_submissions(request.user, act.right).filter(pk__in=held.values("pk"))
        if gone := len(keys) - held.count():
            messages.warning(request, _not_there(gone))
        if held.exclude(pk__in=allowed.values("pk")).exists():
            messages.error(request, _refused(act))
        if act is DELIVER:
            _deliver_all(request, list(allowed))
        else:
            _erase_all(request, [answer.pk for answer in allowed])
    return redirect("forms_app_tray")


def _refused(act: Act) -> str:
    return f"{act.refusal} {_('Whoever looks after groups can give you that right.')}"


def _not_there(count: int) -> str:
    """Say the same of what is gone and of what is not for these eyes."""
    return ngettext(
        "%(count)d answer is not there any more: a colleague has dealt with it or erased it, "
        "or you may not read it.",
        "%(count)d answers are not there any more: a colleague has dealt with them or erased "
        "them, or you may not read them.",
        count,
    ) % {"count": count}


def _page_of(pk: int) -> str:
    """Return the page of an answer, or the tray where it is gone."""
    if not Submission.objects.filter(pk=pk).exists():
        return reverse("forms_app_tray")
    return reverse("forms_app_submission_modeladmin_inspect", args=[pk])


def _deliver(request: StaffRequest, answer: Submission) -> None:
    if answer.state == Submission.State.ACCEPTED:
        messages.info(request, _("This answer was let through before. Nothing was sent again."))
    else:
        _deliver_all(request, [answer])


def _deliver_all(request: StaffRequest, answers: list[Submission]) -> None:
    done = []
    for answer in answers:
        try:
            done.append(let_through(answer, user=request.user))
        except NotGivenError as error:
            words = _("%(receipt)s is accepted, but nothing was opened or sent: %(why)s")
            messages.warning(request, words % {"receipt": answer.receipt, "why": error})
    if delivered := [each for each in done if each]:
        messages.success(request, _told(delivered))


def _told(delivered: list[LetThrough]) -> str:
    """Say what was opened and mailed, and what had been before and so is not again."""
    count = len(delivered)
    opened, mailed = sum(each.opened for each in delivered), sum(each.mailed for each in delivered)
    before = sum(each.was_delivered for each in delivered)
    words = [ngettext("%(n)d answer is let through.", "%(n)d answers are let through.", count)]
    numbers = [count, opened, mailed, before]
    words += [
        ngettext("%(n)d grant is open.", "%(n)d grants are open.", opened) if opened else "",
        ngettext("%(n)d mail is on its way.", "%(n)d mails are on their way.", mailed)
        if mailed
        else _("Nothing is mailed."),
        ngettext(
            "%(n)d had been mailed before, and is not mailed again.",
            "%(n)d had been mailed before, and are not mailed again.",
            before,
        )
        if before
        else "",
    ]
    return " ".join(
        text % {"n": number} if "%" in text else text
        for text, number in zip(words, numbers, strict=True)
        if text
    )


def _hold(request: StaffRequest, answer: Submission) -> None:
    if put_aside(answer, user=request.user):
        words = _("The answer is in the tray of possible spam, and what it had opened is closed.")
        messages.success(request, words)
    else:
        messages.info(request, _("The answer was in the tray of possible spam already."))


def _star(request: StaffRequest, answer: Submission) -> None:
    is_starred = request.POST.get("value") == "yes"
    if answer.is_starred == is_starred:
        words = _("It had its star already.") if is_starred else _("It had no star already.")
        messages.info(request, words)
    else:
        Submission.objects.filter(pk=answer.pk).update(is_starred=is_starred)


def _test(request: StaffRequest, answer: Submission) -> None:
    is_test = request.POST.get("value") == "yes"
    if not mark_as_test(answer, is_test=is_test, user=request.user):
        words = _("It was marked as a test before.") if is_test else _("It was no test before.")
        messages.info(request, words)
    elif is_test:
        messages.success(request, _("A test is left out of counts and of exports."))
    else:
        messages.success(request, _("The answer is in counts and exports again."))


def _keep_note(request: StaffRequest, answer: Submission) -> None:
    note = clean_text(request.POST.get("note", "")).strip()
    if len(note) > LONGEST_NOTE:
        words = _("The note is too long: shorten it to %(most)s characters.")
        messages.error(request, words % {"most": f"{LONGEST_NOTE:,}"})
        return
    Submission.objects.filter(pk=answer.pk).update(note=note)
    messages.success(request, _("The note is kept."))


def _erase(request: StaffRequest, answer: Submission) -> None:
    _erase_all(request, [answer.pk])


def _erase_all(request: StaffRequest, keys: list[int]) -> None:
    count = erase_answers(Submission.objects.filter(pk__in=keys), user=request.user)["answers"]
    if count:
        words = ngettext("%(count)d answer is erased.", "%(count)d answers are erased.", count)
        messages.success(request, words % {"count": count})


DELIVER = Act(
    do=_deliver,
    right=PUT_ASIDE,
    refusal=gettext_lazy("Your account may not let answers through."),
)
ERASE_IT = Act(
    do=_erase, right=ERASE, refusal=gettext_lazy("Your account may not erase these answers.")
)
ACTS = {
    "deliver": DELIVER,
    "hold": Act(
        do=_hold,
        right=PUT_ASIDE,
        refusal=gettext_lazy("Your account may not put answers aside as spam."),
    ),
    "star": Act(do=_star, right=VIEW),
    "test": Act(
        do=_test,
        right=PUT_ASIDE,
        refusal=gettext_lazy("Your account may not mark answers as tests."),
    ),
    "note": Act(do=_keep_note, right=VIEW),
    "erase": ERASE_IT,
}
