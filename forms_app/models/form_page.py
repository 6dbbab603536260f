"""The form page: Wagtail's form builder, with answers that are never lost."""

import uuid
from collections import Counter

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.forms.models import FormMixin
from wagtail.fields import RichTextField

from eoc_cms.core.blocks.base import Context
from eoc_cms.core.doorway import Doorway
from eoc_cms.core.models import BasePage
from eoc_cms.core.models.search_text import SearchText
from eoc_cms.core.site import default_site_settings
from forms_app.models.asked_field import AskedField
from forms_app.models.form_field import FormField
from forms_app.models.form_mails import FormMails
from forms_app.models.form_opening import FormOpening
from forms_app.models.form_thanks import FormThanks
from forms_app.models.form_version import FormVersion
from forms_app.models.submission import Submission
from forms_app.placeholders import places_of

SIMPLE_TEXT = ["bold", "italic", "link"]


class FormPage(FormOpening, FormThanks, FormMails, FormMixin, BasePage):
    class GrantScope(models.TextChoices):
        SAME_FORM = "form", _("Every resource behind this form")
        ONE_RESOURCE = "resource", _("Only the resource it was sent from")

    class Delivery(models.TextChoices):
        AT_ONCE = "page", _("On the page at once, with a mail as a copy")
        BY_MAIL = "mail", _("Only by the link in the mail")

    # Who this form is, also after the page is gone; see `key` for the pages that mirror it.
    form_key = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
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
    view_class = Doorway("forms_app.intake.form_page_view.FormPageView")
    previews_class = Doorway("forms_app.intake.previews.FormPreviews")
    base_form_class = Doorway("forms_app.editing.form_page_form.FormPageForm")
    copy_form_class = Doorway("forms_app.editing.copying.FormCopyForm")
    list_view_class = Doorway("forms_app.answers_admin.form_submissions.FormSubmissionsListView")
    list_columns = Doorway("forms_app.listing.answer_columns.columns_of_form")
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["form_key"]
    page_description = _("A form built from fields. Any number of resources can use it as gate.")

    guide_chapter = "build-a-form"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        InlinePanel("form_fields", heading=_("Fields"), label=_("field"), min_num=1),
        FieldPanel("privacy_note"),
        FieldPanel("submit_label"),
        FormOpening.opening_panel,
        FormThanks.thanks_panel,
        *FormMails.mail_panels,
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("grant_scope"),
                        FieldPanel("grant_days", required_on_save=False),
                    ]
                ),
                FieldPanel("delivery"),
                FieldPanel("lets_skip_mail"),
            ],
            heading=_("When this form is the gate of a resource"),
        ),
        FieldPanel("retention_months", required_on_save=False),
    ]
    search_fields = [*BasePage.search_fields, SearchText("intro", boost=3)]

    class Meta:
        verbose_name = _("form page")
        verbose_name_plural = _("form pages")

    @property
    def key(self) -> uuid.UUID:
        """Which form this is: an alias is the form whose page it mirrors."""
        return self.alias_of.specific.key if self.alias_of else self.form_key

    @classmethod
    def pages_of(cls, form_key: uuid.UUID) -> list[int]:
        """Return the keys of a form's page, and of every page that mirrors it."""
        newest = list(cls.objects.filter(form_key=form_key).values_list("pk", flat=True))
        found: list[int] = []
        while newest:
            found += newest
            # A page can mirror one that mirrors another.
            newest = list(cls.objects.filter(alias_of__in=newest).values_list("pk", flat=True))
        return found

    def with_content_json(self, content: dict[str, object]) -> "FormPage":
        """Stay this form, whichever page or revision the content comes from."""
        page: FormPage = super().with_content_json(content)
        page.form_key = self.form_key
        return page

    def save(self, *args: object, **kwargs: object) -> None:
        same = FormPage.objects.exclude(pk=self.pk).filter(form_key=self.form_key)
        if self._state.adding and same.exists():
            # Wagtail's alias copies every field.
            self.form_key = uuid.uuid4()
        if self.recipients_confirmed_for is None:
            self.recipients_confirmed_for = self.form_key
        super().save(*args, **kwargs)

    def copy(self, *args: object, **kwargs: object) -> "FormPage":
        """Start every copy as a draft, since its answers would go to the same addresses."""
        copied: FormPage = super().copy(*args, **{**kwargs, "keep_live": False})
        return copied

    def names_taken_by_others(self, field: FormField) -> set[str]:
        """Return the names of this form's other fields, and of all it ever had."""
        fields = [other for other in self.form_fields.all() if other is not field]
        current = {other.clean_name for other in fields}
        if field.pk:
            current -= {field.clean_name}
        versions = FormVersion.objects.filter(form_key=self.key)
        return current | {field.clean_name for version in versions for field in version.asked}

    @property
    def is_by_mail_only(self) -> bool:
        return self.delivery == self.Delivery.BY_MAIL

    @property
    def offers_to_skip_mail(self) -> bool:
        """Whether a visitor may do without the mail: there is one, and it is only a copy."""
        return self.lets_skip_mail and bool(self.visitor_mail_body) and not self.is_by_mail_only

    @cached_property
    def answers_by_field(self) -> Counter[str]:
        return FormVersion.objects.answers_by_field(self.key)

    def asked_fields(self) -> list[AskedField]:
        """Return what the form asks now, word for word."""
        return [field.asked() for field in self.get_form_fields()]

    def labels(self) -> dict[str, str]:
        """Return the label of each question that the form asks now, by the field's name."""
        return {field.clean_name: field.label for field in self.asked_fields() if field.is_question}

    @cached_property
    def places_in_mails(self) -> dict[str, str]:
        """What stands in mails for the answer to each question, by the field's name."""
        return places_of(self.labels())

    @property
    def shown_privacy_note(self) -> str:
        """The words above the button: the form's own, or else the site's."""
        return self.privacy_note or default_site_settings().privacy_note

    def get_submission_class(self) -> type[Submission]:
        return Submission

    def get_submissions(self) -> models.QuerySet[Submission]:
        return Submission.objects.to_form(self.key)

    def get_data_fields(self) -> list[tuple[str, str]]:
        """Add to Wagtail's columns the receipt, and the fields this form asked earlier."""
        columns: list[tuple[str, str]] = self.list_columns(self.key)
        return columns

    def get_submissions_list_view_class(self) -> type:
        view_class: type = self.list_view_class
        return view_class

    @property
    def preview_modes(self) -> list[tuple[str, str]]:  # type: ignore[override]
        """What can be previewed: more than Wagtail's two, and each step of a long form."""
        modes: list[tuple[str, str]] = self.previews_class(self).modes()
        return modes

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        answer: HttpResponse = self.previews_class(self).serve(request, mode_name)
        return answer

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Answer as every page does; Wagtail's form mixin would store the answer its own way."""
        return BasePage.serve(self, request, *args, **kwargs)

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> Context:
        """Show what the view shows; Wagtail's mixin knows none of our types of fields."""
        return BasePage.get_preview_context(self, request, mode_name)

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
