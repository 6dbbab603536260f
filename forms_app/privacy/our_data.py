"""What this app holds of a person, under the words they were asked with."""

from django.utils.translation import gettext as _

from eoc_cms.core.models import OutgoingMail
from forms_app.effects import PersonalAnswer, PersonalRow, PersonalTable
from forms_app.form_titles import language_in_words
from forms_app.models import ConsentEvent, Person, Submission, SubmissionFile
from forms_app.privacy.mails import mails_of


def our_tables(address: str) -> list[PersonalTable]:
    answers = Submission.objects.filter(person__email=address)
    receipts = list(answers.values_list("receipt", flat=True))
    return [
        _person(address),
        _answers(address),
        _consents(address),
        _files(address),
        _mails(address, receipts),
    ]


def _person(address: str) -> PersonalTable:
    return PersonalTable(
        key="person",
        title=_("E-mail address"),
        labels={
            "email": _("E-mail"),
            "first_contact": _("First contact"),
            "last_contact": _("Last contact"),
        },
        rows=[
            PersonalRow(
                facts={
                    "email": person.email,
                    "first_contact": person.first_contact_at,
                    "last_contact": person.last_contact_at,
                }
            )
            for person in Person.objects.filter(email=address)
        ],
    )


def _answers(address: str) -> PersonalTable:
    answers = Submission.objects.filter(person__email=address).select_related("version")
    return PersonalTable(
        key="answers",
        title=_("Answers"),
        labels={
            "form": _("Form"),
            "sent": _("Sent"),
            "receipt": _("Receipt number"),
            "source": _("Sent from"),
            "language": _("Language"),
            "state": _("State"),
            "held_because": _("Held because"),
            "note": _("Note of staff"),
        },
        rows=[
            PersonalRow(facts=_facts(answer), answers=asked_and_answered(answer))
            for answer in answers.order_by("submit_time", "pk")
        ],
    )


def _facts(answer: Submission) -> dict[str, object]:
    return {
        "form": answer.form_title,
        "sent": answer.submit_time,
        "receipt": answer.receipt,
        "source": answer.source_title,
        "language": language_in_words(answer.language),
        "state": answer.get_state_display(),
        "held_because": answer.held_because,
        "note": answer.note,
    }


def asked_and_answered(answer: Submission) -> list[PersonalAnswer]:
    """Return each answer under its question as it stood then, a consent with its wording."""
    asked, answers = answer.version.questions, answer.answers_in_words()
    return [
        PersonalAnswer(
            question=asked[name].label if name in asked else name,
            answer=words,
            wording=asked[name].consent_text if name in asked else "",
        )
        for name, words in answers.items()
    ]


def _consents(address: str) -> PersonalTable:
    """Return all that was ever said to a consent, in its order."""
    said = ConsentEvent.objects.filter(person__email=address).select_related("submission")
    return PersonalTable(
        key="consents",
        title=_("What was agreed to"),
        labels={
            "consent": _("Consent"),
            "wording": _("Wording"),
            "form": _("Form"),
            "agreed": _("Agreed"),
            "at": _("When"),
            "how": _("How"),
            "receipt": _("Receipt number"),
            "note": _("Note of staff"),
        },
        rows=[PersonalRow(facts=_consent_facts(event)) for event in said.order_by("pk")],
    )


def _consent_facts(event: ConsentEvent) -> dict[str, object]:
    return {
        "consent": event.label,
        "wording": event.wording,
        "form": event.form_title,
        "agreed": event.answer_in_words,
        "at": event.at,
        # Who of our staff recorded it is not about the person.
        "how": event.get_how_display(),
        "receipt": event.submission.receipt if event.submission else "",
        "note": event.note,
    }


def _files(address: str) -> PersonalTable:
    files = SubmissionFile.objects.filter(submission__person__email=address)
    return PersonalTable(
        key="files",
        title=_("Files"),
        labels={
            "name": _("Name"),
            "bytes": _("Size in bytes"),
            "received": _("Received"),
            "receipt": _("Receipt number"),
        },
        rows=[
            PersonalRow(
                facts={
                    "name": file.name,
                    "bytes": file.size,
                    "received": file.created_at,
                    "receipt": file.submission.receipt if file.submission else "",
                }
            )
            for file in files.select_related("submission")
        ],
    )


def _mails(address: str, receipts: list[str]) -> PersonalTable:
    return PersonalTable(
        key="mails",
        title=_("Mails"),
        labels={
            "to": _("To"),
            "subject": _("Subject"),
            "queued": _("Queued"),
            "sent": _("Sent"),
            "receipt": _("Receipt number"),
            "text": _("Text, kept until it is sent"),
        },
        rows=[
            PersonalRow(facts=_mail_facts(mail, address))
            for mail in mails_of(address, receipts).order_by("created_at", "pk")
        ],
    )


def _mail_facts(mail: OutgoingMail, address: str) -> dict[str, object]:
    # To whom at this site a person's answers were told of is not about the person.
    is_theirs = mail.mailbox == address
    return {
        "to": mail.recipient if is_theirs else _("Our staff"),
        "subject": mail.subject,
        "queued": mail.created_at,
        "sent": mail.sent_at,
        "receipt": mail.about,
        "text": mail.text if is_theirs else "",
    }
