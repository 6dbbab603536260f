"""Keep what a form shows from the moment it does, so that an answer can name it."""

from forms_app.models import FormPage, FormVersion


def keep_version(*, instance: FormPage, **_sent: object) -> None:
    """Store what a form shows, when it is published."""
    FormVersion.objects.kept(FormVersion.objects.shown_by(instance))


def keep_all_versions(**_sent: object) -> None:
    """Store what all forms show, when the site's own words on them have changed."""
    for form_page in FormPage.objects.live():
        keep_version(instance=form_page)
