"""One question of a form page, as an editor writes it in Wagtail's form builder."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.contrib.forms.models import AbstractFormField
from wagtail.fields import RichTextField

from eoc_cms.core.note_panel import NotePanel
from forms_app.field_names import name_for_label
from forms_app.field_types import FIELD_TYPES, PURPOSES
from forms_app.models.asked_field import AskedField

# What of a field its visitors see, by the names that AskedField has for it too.
SHOWN = (
    "field_type",
    "label",
    "required",
    "choices",
    "default_value",
    "help_text",
    "why_we_ask",
    "consent_text",
    "content",
    "purpose",
    "max_length",
    "width",
    "show_if",
    "show_if_value",
)


class FormField(AbstractFormField):
    class Width(models.TextChoices):
        FULL = "", _("The whole width")
        HALF = "half", _("Half: beside another half, where there is room")

    page = ParentalKey("forms_app.FormPage", on_delete=models.CASCADE, related_name="form_fields")
    # The same in every copy of this field; see forms_app.listing.answer_columns.
    question = models.UUIDField(default=uuid.uuid4, editable=False)
    field_type = models.CharField(_("field type"), max_length=16, choices=FIELD_TYPES)
    required = models.BooleanField(_("required"), default=False)
    choices = models.TextField(
        _("choices"),
        blank=True,
        help_text=_("One on each line. Commas belong to the words: “Yes, I agree” is one choice."),
    )
    default_value = models.TextField(
        _("default value"),
        blank=True,
        help_text=_("Where several can be ticked, one on each line."),
    )
    help_text = models.CharField(
        _("hint"), max_length=255, blank=True, help_text=_("How to answer, if that is not plain.")
    )
    why_we_ask = models.CharField(
        _("why we ask"),
        max_length=255,
        blank=True,
        help_text=_("One line under the field. People answer more when they know why."),
    )
    consent_text = models.TextField(
        _("consent wording"),
        blank=True,
        help_text=_("For a consent box: the exact words people agree to. Kept with each answer."),
    )
    content = RichTextField(
        _("text"),
        blank=True,
        features=["bold", "italic", "link", "ul", "ol"],
        help_text=_("Stands under the label, which is its heading. Nothing is asked here."),
    )
    purpose = models.CharField(
        _("fills in by itself"),
        max_length=32,
        blank=True,
        choices=PURPOSES,
        help_text=_("Lets the browser offer what the visitor has typed elsewhere."),
    )
    max_length = models.PositiveIntegerField(
        _("longest answer"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100_000)],
        help_text=_("In characters. Leave it empty for a sensible limit."),
    )
    width = models.CharField(_("width"), max_length=4, blank=True, choices=Width.choices)
    show_if = models.CharField(
        _("ask only when the answer to"),
        max_length=255,
        blank=True,
        help_text=_("The label of a question above this one. Leave it empty to ask always."),
    )
    show_if_value = models.TextField(
        _("is one of"),
        blank=True,
        help_text=_(
            "Answers of that question, one on each line; for a tick box, yes or no. "
            "Leave it empty for any answer."
        ),
    )

    panels = [
        FieldPanel("label"),
        FieldPanel("field_type", classname="formbuilder-type"),
        FieldPanel("required", classname="formbuilder-required"),
        FieldPanel("help_text", classname="formbuilder-hint"),
        FieldPanel("why_we_ask", classname="formbuilder-why"),
        FieldPanel("choices", classname="formbuilder-choices"),
        FieldPanel("default_value", classname="formbuilder-default"),
        FieldPanel("consent_text", classname="formbuilder-consent"),
        FieldPanel("content", classname="formbuilder-content"),
        FieldRowPanel(
            [FieldPanel("purpose"), FieldPanel("max_length")], classname="formbuilder-typing"
        ),
        FieldPanel("width", classname="formbuilder-width"),
        FieldRowPanel(
            [FieldPanel("show_if"), FieldPanel("show_if_value")],
            classname="formbuilder-condition",
        ),
        NotePanel("forms_app/admin/place_in_mails.html", of="place_in_mails"),
        NotePanel("forms_app/admin/answers_held.html", of="answers_held"),
    ]

    class Meta(AbstractFormField.Meta):
        verbose_name = _("form field")

    def get_field_clean_name(self) -> str:
        """Return a name no other field of this form has or ever had.

        Overridden since Wagtail gives a new field the name, and with it the old
        answers, of a deleted field with the same label.
        """
        page = self.page if self.page_id or hasattr(self, "page") else None
        return name_for_label(self.label, taken=page.names_taken_by_others(self) if page else ())

    @property
    def answers_held(self) -> str:
        """Say how many answers this question holds, and that they stay; nothing for none."""
        count = self.page.answers_by_field[self.clean_name] if self.pk else 0
        if not count:
            return ""
        return ngettext(
            "%(count)d answer holds this question. It stays when you delete the field.",
            "%(count)d answers hold this question. They stay when you delete the field.",
            count,
        ) % {"count": count}

    @property
    def place_in_mails(self) -> str:
        """What stands for the answer to this question in mails, once it is saved."""
        place = self.page.places_in_mails.get(self.clean_name) if self.pk else ""
        return f"{{{place}}}" if place else ""

    def asked(self) -> AskedField:
        """Return everything a visitor sees of this field."""
        return AskedField(
            clean_name=self.clean_name or self.get_field_clean_name(),
            question=self.question.hex,
            **{name: getattr(self, name) for name in SHOWN},
        )
