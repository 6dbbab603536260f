from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class FileFormat(models.TextChoices):
    CSV = "csv", _("CSV")
    XLSX = "xlsx", _("Excel")
    RAW = "csv-raw", _("Raw CSV, for programs only")


class ExportRecord(models.Model):
    """One line of the export ledger: who took which answers out, and how many."""

    wagtail_reference_index_ignore = True

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # The name stays when the account goes, so that the ledger still answers.
    username = models.CharField(_("who"), max_length=150)
    what = models.CharField(_("what"), max_length=255)
    filters = models.JSONField(
        _("filters"), default=dict, blank=True, help_text=_("As words: what was narrowed to what.")
    )
    columns = models.JSONField(_("columns"), default=list, blank=True)
    file_format = models.CharField(_("format"), max_length=8, choices=FileFormat.choices)
    expected_rows = models.PositiveIntegerField(_("rows counted"), null=True, blank=True)
    row_count = models.PositiveIntegerField(_("rows"), null=True, blank=True)
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    # The same rows asked for have the same scope.
    scope = models.CharField(max_length=64, blank=True, editable=False)
    refused_because = models.TextField(
        _("refused because"), blank=True, help_text=_("Why a saved export was not made.")
    )

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        default_permissions = ("view",)
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.what} ({self.username})"


class ExportedRows(models.Model):
    """Which rows of one scope its owner has had; “only new” leaves them out.

    The owner is a person, with whose account this goes, or the command line.
    """

    wagtail_reference_index_ignore = True

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    is_of_command = models.BooleanField(default=False)
    scope = models.CharField(max_length=64)
    # The rows' keys as a Roaring bitmap. They name nobody, so those of erased rows may stay.
    keys = models.BinaryField()
    # When the last of these exports began.
    exported_at = models.DateTimeField()

    class Meta:
        verbose_name = _("exported rows")
        verbose_name_plural = _("exported rows")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["owner", "scope"], name="exported_rows_of_a_person"),
            models.UniqueConstraint(
                fields=["scope"],
                condition=models.Q(is_of_command=True),
                name="exported_rows_of_the_command",
            ),
            models.CheckConstraint(
                condition=models.Q(owner__isnull=True, is_of_command=True)
                | models.Q(owner__isnull=False, is_of_command=False),
                name="exported_rows_have_one_owner",
            ),
        ]

    def __str__(self) -> str:
        return self.scope


class SavedExport(models.Model):
    """A table somebody needs again and again: which rows, which columns, in which order."""

    wagtail_reference_index_ignore = True

    name = models.CharField(
        _("name"), max_length=120, help_text=_("Such as “Quarterly report to the foundation”.")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.CASCADE,
        related_name="saved_exports",
    )
    listing = models.CharField(_("list"), max_length=64, editable=False)
    query = models.TextField(_("filters"), blank=True, editable=False)
    # Of each its id, its heading, so that it stays though nothing fills it for now, and
    # further ids that meant the same column when it was chosen.
    columns = models.JSONField(_("columns"), default=list, blank=True, editable=False)
    joins_columns = models.BooleanField(
        _("one column for questions with the same words"),
        default=False,
        help_text=_(
            "The answers to questions of several forms come into one column where label, type "
            "and consent wording are equal. Say so only if they ask the same."
        ),
    )
    file_format = models.CharField(
        _("format"), max_length=8, choices=FileFormat.choices, default=FileFormat.CSV
    )
    only_new = models.BooleanField(
        _("only what is new"),
        default=False,
        help_text=_("Leaves out what your last finished export of this held."),
    )
    weekly = models.BooleanField(
        _("remind me every week"),
        default=False,
        help_text=_("A mail with a link to this export. It says how many rows are new."),
    )
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The forms whose answers it reached when it last worked; None before that is known.
    forms = models.JSONField(null=True, blank=True, editable=False)
    stopped_at = models.DateTimeField(null=True, blank=True, editable=False)
    stopped_because = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("saved export")
        verbose_name_plural = _("saved exports")
        default_permissions = ()
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_export_by_its_name")
        ]

    def __str__(self) -> str:
        return self.name
