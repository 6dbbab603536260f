"""The demo's two form pages: the guides' access form, and contact."""

from forms_app.models import FormField, FormPage
from home.demo.content.site import FieldText, FormText
from home.demo.html import RichText, stream

PURPOSES = {"work_email": "email", "name": "name", "organisation": "organization"}
STAFF = "staff@example.org"


def form_page(text: FormText, rich: RichText, *, is_answered: bool = False) -> FormPage:
    """Return the unsaved page with its fields."""
    page = FormPage(
        title=text.title,
        slug=text.slug,
        search_description=text.search_description,
        intro=rich.paragraphs(text.introduction),
        submit_label=text.submit_label,
        privacy_note=rich.paragraphs([text.privacy_note]),
        thanks_title=text.thanks_heading,
        thanks_body=stream([("text", rich.paragraphs([text.thanks_text]))]),
        visitor_mail_subject=text.visitor_mail.subject,
        visitor_mail_body=text.visitor_mail.body.strip(),
        staff_addresses=STAFF,
        staff_mail_subject=text.staff_mail.subject,
        staff_mail_body=text.staff_mail.body.strip(),
        staff_reply_to_visitor=is_answered,
    )
    page.form_fields = [form_field(number, field) for number, field in enumerate(text.fields)]  # type: ignore[misc]
    return page


def form_field(number: int, text: FieldText) -> FormField:
    is_consent = text.kind == "consent"
    return FormField(
        sort_order=number,
        clean_name=text.name,
        label="Updates" if is_consent else text.label,
        consent_text=text.label if is_consent else "",
        field_type="us_state" if text.name == "state" else text.kind,
        required=text.required,
        why_we_ask=text.why,
        choices="" if text.name == "state" else "\n".join(text.choices),
        purpose=PURPOSES.get(text.name, ""),
    )
