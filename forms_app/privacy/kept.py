"""What this app keeps of people, for the privacy page's table."""

from django.conf import settings
from django.utils.translation import gettext as _

from eoc_cms.core.kept_data import Kept, days, months
from forms_app.models import FormPage
from forms_app.models.unfinished_answer import KEPT_FOR as UNFINISHED_FOR
from forms_app.privacy.retention_rules import HELD_DAYS, LEDGER_FILTER_MONTHS, MAIL_DAYS
from forms_app.uploads.token import KEPT_FOR


def kept() -> list[Kept]:
    return [*_answers(), *_what_hangs_on_answers()]


def _answers() -> list[Kept]:
    """Return one row for each form that strangers can fill in, and one for all others."""
    forms = FormPage.objects.live().public().filter(alias_of=None)
    why = _("To give you what you asked for, and to count whom the guides reach.")
    rows = [
        Kept(
            what=_("Answers to “%(form)s”, with files sent along") % {"form": form.title},
            why=why,
            how_long=months(form.retention_months),
        )
        for form in forms.order_by("title", "pk")
    ]
    others = Kept(
        what=_("Answers to a form that is gone"),
        why=why,
        how_long=months(settings.RETENTION_MONTHS),
    )
    return [*rows, others]


def _what_hangs_on_answers() -> list[Kept]:
    return [
        Kept(
            what=_("Answers held as possible spam"),
            why=_("So that staff can find a real answer among them."),
            how_long=_("%(time)s, unless staff accept it") % {"time": days(HELD_DAYS)},
        ),
        Kept(
            what=_("What you agreed to or took back: in which words, when and how"),
            why=_("To be able to show that you agreed, and to keep to your word."),
            how_long=_(
                "What you said with an answer, as long as that answer; what you said later, as "
                "long as any answer of yours."
            ),
        ),
        Kept(
            what=_("Files chosen in a form that was not sent"),
            why=_("So that nothing is lost while you fill it in."),
            how_long=_("%(hours)d hours") % {"hours": KEPT_FOR.total_seconds() // 3600},
        ),
        Kept(
            what=_("What you typed into a form of several steps and did not send"),
            why=_("So that you can go back and forward in it, and lose nothing."),
            how_long=_("%(hours)d hours after the last step")
            % {"hours": UNFINISHED_FOR.total_seconds() // 3600},
        ),
        Kept(
            what=_("Mails about an answer: to whom, when, and whether they arrived"),
            why=_("To see what could not be delivered."),
            how_long=_("As long as the answer; their words only until they are sent."),
        ),
        Kept(
            what=_("Other mails, such as a link sent again"),
            why=_("To see what could not be delivered."),
            how_long=days(MAIL_DAYS),
        ),
        Kept(
            what=_("Who exported answers, when, and how many"),
            why=_("To be able to say who had your answers."),
            how_long=_("Always; what they searched for, %(time)s.")
            % {"time": months(LEDGER_FILTER_MONTHS)},
        ),
        Kept(
            what=_("Who erased answers, put them aside or marked them as tests: when, how many"),
            why=_("To be able to say what became of your answers. It names nobody else."),
            how_long=_("Always"),
        ),
        Kept(
            what=_("How many answers were erased, by form and month"),
            why=_("So that totals stay true. It names nobody."),
            how_long=_("Always"),
        ),
    ]
