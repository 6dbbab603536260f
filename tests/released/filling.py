"""A small site with something in every table of ours, made as its users would make it."""

import uuid
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Locale

from eoc_cms.core.background import jobs
from eoc_cms.core.models import CustomImage, User
from eoc_cms.core.models.site_settings import MenuItem, SocialLink
from eoc_cms.core.site import default_site_settings
from forms_app.field_types import FIELD_TYPES
from forms_app.models import FormField, FormPage, FormRight, SavedExport, Submission
from home.bootstrap import bootstrap
from home.groups import DATA_MANAGERS, EDITORS
from home.models import CollectivePage, HomePage, StandardPage
from resources.models import FormerFileAddress, ResourceIndexPage
from tests.factories import codes, pages

STEPS = {"one": "Your school", "two": "Your plans"}
TRAP = {"website_address": "https://spam.example"}


def fill() -> None:
    """Make pages, people, answers in every state, and what staff do with them."""
    home = bootstrap()
    manager, form, guide = _staff(), _form(home), None
    index = pages.publish(home.add_child(instance=ResourceIndexPage(title="Resources")))
    guide = pages.make_resource(
        index, "Guide", topics=["One"], audiences=["Boards"], gate_mode="form", gate_form=form
    )
    pages.make_resource(index, "Open", related=[guide], cover=pages.image())
    pages.media(seconds=60)
    pages.make_video(index, "Video", topics=["One"], audiences=["Boards"], related=[guide])
    _pages_of_other_kinds(home, form)
    _settings()
    CustomImage.objects.get().get_rendition("fill-10x10")
    _answers(form, guide)
    _acts_of_staff(manager, form)
    _codes(guide)
    _downloads(guide)
    jobs.run_due_jobs()


def _staff() -> Client:
    for name, group in (("manager", DATA_MANAGERS), ("editor", EDITORS)):
        User.objects.create_user(name, f"{name}@example.org", "pw").groups.add(
            Group.objects.get(name=group)
        )
    client = Client()
    client.login(username="manager", password="pw")
    return client


def _form(home: HomePage) -> FormPage:
    page = FormPage(
        title="Get the guides",
        intro="<p>Tell us who you are.</p>",
        visitor_mail_body="Dear {Name}, here is {title}: {link}",
        staff_addresses="desk@example.org",
    )
    kinds = [kind for kind, _label in FIELD_TYPES if kind not in {"email", "step"}]
    page.form_fields = [  # type: ignore[misc]
        FormField(sort_order=0, label="E-mail", field_type="email", required=True),
        FormField(sort_order=1, label="Name", field_type="singleline"),
        *(
            FormField(
                sort_order=number,
                label=f"A question: {kind}",
                field_type=kind,
                choices="Yes, I agree\nNo",
                consent_text="Write to me.",
                content="<p>Words.</p>",
            )
            for number, kind in enumerate(kinds, start=2)
        ),
    ]
    return pages.publish(home.add_child(instance=page))


def _pages_of_other_kinds(home: HomePage, form: FormPage) -> None:
    home.refresh_from_db()
    above = pages.publish(home.add_child(instance=StandardPage(title="Events")))
    pages.publish(above.add_child(instance=CollectivePage(title="The Collective")))
    CreatePageAliasAction(form, update_slug="alias", parent=StandardPage.objects.get()).execute()
    form.copy(to=above, update_attrs={"slug": "copy"})
    locale, _is_new = Locale.objects.get_or_create(language_code="es")
    home.copy_for_translation(locale)
    steps = FormPage(title="In steps")
    steps.form_fields = [  # type: ignore[misc]
        FormField(sort_order=0, label="E-mail", field_type="email"),
        *(
            FormField(sort_order=number, label=title, field_type=kind)
            for number, (title, kind) in enumerate(
                [("Your school", "step"), ("School", "singleline")], start=1
            )
        ),
    ]
    page = pages.publish(home.add_child(instance=steps))
    Client().post(f"{page.url}?answer={'k' * 32}&step=1", {"form-go": "on", "e_mail": "i@x.org"})


def _settings() -> None:
    settings = default_site_settings()
    settings.privacy_note = "<p>We keep it for two years.</p>"
    settings.save()
    MenuItem.objects.create(settings=settings, menu="header", url="https://example.org/")
    SocialLink.objects.create(settings=settings, label="Elsewhere", url="https://example.org/")


def _answers(form: FormPage, guide: Any) -> None:
    for name in ("ana", "josé@münchen", "zoe"):
        plan = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 words")
        address = f"{name}@example.org" if "@" not in name else "jose@münchen.de"
        names = {field.field_type: field.clean_name for field in form.form_fields.all()}
        answers = {names["email"]: address, "name": name, names["consent"]: "on"}
        Client().post(guide.url, {**answers, names["file"]: plan})
    Client().post(guide.url, {"e_mail": "spam@example.org", **TRAP})
    Client().post("/your-data/", {"email": "ana@example.org"})


def _acts_of_staff(manager: Client, form: FormPage) -> None:
    for do, sent, row in zip(
        ("hold", "test", "star"), ({}, {"value": "yes"}, {"value": "yes"}), _rows(), strict=False
    ):
        manager.post(reverse("forms_app_answer_action", args=[row.pk]), {"do": do, **sent})
    erased = _rows().last()
    assert erased
    manager.post(reverse("forms_app_answer_action", args=[erased.pk]), {"do": "erase"})
    listing = reverse("forms_app_submission_modeladmin_index")
    manager.get(listing, {"export": "csv", "q": "zoe"}).getvalue()
    FormRight.objects.create(
        group=Group.objects.get(name=EDITORS), form_key=form.key, form_title=form.title
    )


def _downloads(guide: Any) -> None:
    visitor = Client()
    visitor.post(guide.url, {"e_mail": "fetch@example.org"})
    file = guide.files.get()
    fetched: Any = visitor.get(f"/download/{file.key}/")
    assert b"".join(fetched.streaming_content)
    fetched.close()
    FormerFileAddress.objects.remember(uuid.uuid4(), resource_id=guide.pk)
    SavedExport.objects.create(
        owner=User.objects.get(username="manager"),
        name="Weekly",
        listing="forms_app.submission",
        query="state=accepted",
        only_new=True,
    )
    User.objects.get(username="editor").user_permissions.add(Permission.objects.earliest("pk"))


def _rows() -> Any:
    return Submission.objects.accepted().order_by("pk")


def _codes(guide: Any) -> None:
    code = codes.make_code(guide, limit=10)
    codes.enter(Client(), code.written)
