"""Erase answers with all that hangs on them, and keep how many there were."""

from collections import Counter

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from forms_app.models import ErasedTally, FormPage, FormVersion, Submission, SubmissionFile
from forms_app.models.form_version import digest_of
from forms_app.privacy.mails import erase_mails_about
from forms_app.uploads.keeping import erase_files


@transaction.atomic
def erase_answers(submissions: QuerySet[Submission]) -> dict[str, int]:
    """Delete answers with their files, mails and notes; return how much of each.

    Files leave the disk after the commit; the nightly sweep makes up for a crash.
    """
    rows = list(
        submissions.order_by().values_list(
            "pk", "receipt", "form_key", "version", "version__title", "submit_time"
        )
    )
    chosen = Submission.objects.filter(pk__in=[row[0] for row in rows])
    mails = erase_mails_about([row[1] for row in rows])
    files = SubmissionFile.objects.filter(submission__in=chosen.values("pk")).count()
    erase_files(chosen)
    chosen.delete()
    _count(rows)
    erase_unused_versions({row[3] for row in rows})
    return {"answers": len(rows), "files": files, "mails": mails}


def _count(rows: list[tuple]) -> None:
    titles = {row[2]: row[4] for row in rows}
    counts = Counter((row[2], timezone.localtime(row[5]).date().replace(day=1)) for row in rows)
    for (form_key, month), count in sorted(counts.items(), key=str):
        tally, _made = ErasedTally.objects.get_or_create(
            form_key=form_key, month=month, defaults={"form_title": titles[form_key]}
        )
        ErasedTally.objects.filter(pk=tally.pk).update(count=F("count") + count)


def erase_unused_versions(version_ids: set[int]) -> int:
    """Delete wordings that no answer was given to any more, and that are not asked now."""
    # Locked, so that an answer arriving now either counts here or fails and is asked again.
    locked = list(
        FormVersion.objects.select_for_update().filter(pk__in=version_ids).values_list("pk")
    )
    unused = FormVersion.objects.filter(pk__in=[pk for (pk,) in locked], submissions=None)
    over = [version.pk for version in unused if not _is_asked_now(version)]
    return FormVersion.objects.filter(pk__in=over).delete()[0]


def _is_asked_now(version: FormVersion) -> bool:
    pages = FormPage.objects.filter(form_key=version.form_key)
    return any(digest_of(page.described_fields()) == version.digest for page in pages)
