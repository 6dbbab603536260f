"""The form page: Wagtail's form builder, with answers that are never lost."""

import uuid
from collections import Counter
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.forms.models import FormMixin
from wagtail.fields import RichTextField
from wagtail.models import Page

from eoc_cms.core.doorway import Doorway
from eoc_cms.core.models import BasePage
from eoc_cms.core.models.search_text import SearchText
from forms_app.models.form_field import FormField
from forms_app.models.form_mails import FormMails
from forms_app.models.form_opening import FormOpening
from forms_app.models.form_thanks import FormThanks
from forms_app.models.form_version import FormVersion
from forms_app.models.submission import Submission

SIMPLE_TEXT = ["bold", "italic", "link"]


class FormPage(FormOpening, FormThanks, FormMails, FormMixin, BasePage):
    class GrantScope(models.TextChoices):
        SAME_FORM = "form", _("Every resource behind this form")
        ONE_RESOURCE = "resource", _("Only the resource it was sent from")

    class Delivery(models.TextChoices):
        AT_ONCE = "page", _("On the page at once, with a mail as a copy")
        BY_MAIL = "mail", _("Only by the link in the mail")

    # Who this form is, also after the page is gone or copied.
    form_key = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    intro = RichTextField(_("introduction"), blank=True, features=[*SIMPLE_TEXT, "ul"])
    submit_label = models.CharField(
        _("words on the button"),
        max_length=40,
        blank=True,
        help_text=_("Such as “Get the guide”. Leave it empty for “Send”."),
    )
    privacy_note = RichTextField(
        _("what happens with the answers"),
        blank=True,
        features=SIMPLE_TEXT,
        help_text=_("One or two sentences above the button, with a link to the privacy page."),
    )
    grant_scope = models.CharField(
        _("what an answer opens"),
        max_length=8,
        choices=GrantScope.choices,
        default=GrantScope.SAME_FORM,
    )
    grant_days = models.PositiveSmallIntegerField(
        _("for how many days"),
        default=180,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
    )
    delivery = models.CharField(
        _("how the files arrive"),
        max_length=8,
        choices=Delivery.choices,
        default=Delivery.AT_ONCE,
        help_text=_(
            "By the mail only proves that the address is theirs, and takes longer: "
            "choose it where that matters more than ease."
        ),
    )
    lets_skip_mail = models.BooleanField(
        _("offer not to be mailed"),
        default=False,
        help_text=_(
            "Visitors may tick “Show it here, do not mail me”. "
            "Only where the files open on the page at once."
        ),
    )
    retention_months = models.PositiveSmallIntegerField(
        _("keep answers for"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_("In months. Older answers are erased by themselves, within a day."),
    )

    template = "forms_app/form_page.html"
    landing_page_template = "forms_app/form_page_landing.html"
    view_class = Doorway("forms_app.intake.answering.FormPageView")
    form_builder = Doorway("forms_app.asking.builder.VisitorFormBuilder")
    base_form_class = Doorway("forms_app.editing.form_page_form.FormPageForm")
    copy_form_class = Doorway("forms_app.editing.copying.FormCopyForm")
    list_view_class = Doorway("forms_app.answers_admin.form_submissions.FormSubmissionsListView")
    list_columns = Doorway("forms_app.listing.answer_columns.columns_of_form")
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["form_key"]
    page_description = _("A form built from fields. Any number of resources can use it as gate.")

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        InlinePanel("form_fields", heading=_("Fields"), label=_("field"), min_num=1),
        FieldPanel("privacy_note"),
        FieldPanel("submit_label"),
        FormOpening.opening_panel,
        FormThanks.thanks_panel,
        *FormMails.mail_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("grant_scope"), FieldPanel("grant_days")]),
                FieldPanel("delivery"),
                FieldPanel("lets_skip_mail"),
            ],
            heading=_("When this form is the gate of a resource"),
        ),
        FieldPanel("retention_months"),
    ]
    search_fields = [*BasePage.search_fields, SearchText("intro", boost=3)]

    class Meta:
        verbose_name = _("form page")
        verbose_name_plural = _("form pages")

    def save(self, *args: object, **kwargs: object) -> None:
        if self.recipients_confirmed_for is None:
            self.recipients_confirmed_for = self.form_key
        super().save(*args, **kwargs)

    def copy(self, *args: object, **kwargs: object) -> "FormPage":
        """Start every copy as a draft, since its answers would go to the same addresses."""
        copied: FormPage = super().copy(*args, **{**kwargs, "keep_live": False})
        return copied

    def get_form(self, *args: object, **kwargs: object) -> Any:
        form = super().get_form(*args, **kwargs)
        form.closed_notice = self.closed_notice()
        if form.closed_notice and form.is_bound:
            # Closed while it was being filled in: everything typed is shown again.
            form.add_error(None, form.closed_notice)
        return form

    def names_taken_by_others(self, field: FormField) -> set[str]:
        """Return the names of this form's other fields, and of all it ever had."""
        fields = [other for other in self.form_fields.all() if other is not field]
        current = {other.clean_name for other in fields}
        if field.pk:
            current -= {field.clean_name}
        versions = FormVersion.objects.filter(form_key=self.form_key)
        asked = {entry["name"] for version in versions for entry in version.fields}
        return current | asked

    @property
    def is_by_mail_only(self) -> bool:
        return self.delivery == self.Delivery.BY_MAIL

    @property
    def offers_to_skip_mail(self) -> bool:
        """Whether a visitor may do without the mail: there is one, and it is only a copy."""
        return self.lets_skip_mail and bool(self.visitor_mail_body) and not self.is_by_mail_only

    @cached_property
    def email_field_name(self) -> str | None:
        """The field that says who answers: the first e-mail field."""
        return next((f.clean_name for f in self.get_form_fields() if f.field_type == "email"), None)

    @cached_property
    def answers_by_field(self) -> Counter[str]:
        return FormVersion.objects.answers_by_field(self.form_key)

    def described_fields(self) -> list[dict[str, object]]:
        """Return what the form asks now, word for word."""
        return [field.described() for field in self.get_form_fields()]

    def get_submission_class(self) -> type[Submission]:
        return Submission

    def get_submissions(self) -> models.QuerySet[Submission]:
        return Submission.objects.to_form(self.form_key)

    def get_data_fields(self) -> list[tuple[str, str]]:
        """Add to Wagtail's columns the receipt, and the fields this form asked earlier."""
        columns: list[tuple[str, str]] = self.list_columns(self.form_key)
        return columns

    def get_submissions_list_view_class(self) -> type:
        view_class: type = self.list_view_class
        return view_class

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Answer as every page does; Wagtail's form mixin would store the answer its own way."""
        return BasePage.serve(self, request, *args, **kwargs)

    def render_landing_page(
        self,
        request: HttpRequest,
        form_submission: str | None = None,
        *args: object,
        **kwargs: object,
    ) -> HttpResponse:
        """Show the thank-you page, as Wagtail asks for its preview."""
        page: HttpResponse = self.view_class(self).thank(request, receipt=form_submission or "")
        return page
