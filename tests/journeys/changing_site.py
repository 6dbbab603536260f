"""A site that changes all the time, and what each visitor must and may see of it.

Every text is a word that is used once, so a word that is found where it is over, or where
it is somebody else's, tells what was kept too long or for whom it was not.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from eoc_cms.core.models import CustomDocument, MenuItem, SiteSettings
from forms_app.models import FormField, FormPage
from home.models import HomePage
from resources.models import ResourceIndexPage, ResourcePage, Topic
from tests.factories.pages import make_resource, publish

_numbers = count(1)


def word() -> str:
    return f"word{next(_numbers)}x"


class Clock:
    """All clocks that the site reads, moved forward together."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.moved = 0.0
        now = timezone.now
        monkeypatch.setattr(timezone, "now", lambda: now() + timedelta(seconds=self.moved))
        for name in ("time", "monotonic"):
            real = getattr(time, name)
            monkeypatch.setattr(time, name, lambda real=real: real() + self.moved)

    def wait(self, seconds: float) -> None:
        self.moved += seconds


@dataclass(kw_only=True)
class Form:
    pk: int
    label: str
    closes_at: datetime | None = None
    closed_text: str = ""

    @property
    def shown(self) -> str:
        is_closed = self.closes_at is not None and self.closes_at <= timezone.now()
        return self.closed_text if is_closed else self.label


@dataclass(kw_only=True)
class Guide:
    pk: int
    title: str
    slug: str
    index: int
    form: int
    content: str
    is_live: bool = True
    is_restricted: bool = False
    expires_at: datetime | None = None
    mode: str = "form"
    opens_at: datetime | None = None
    planned: tuple[str, datetime] | None = None
    # Addresses that it has had.
    left: list[str] = field(default_factory=list)

    @property
    def page(self) -> ResourcePage:
        return ResourcePage.objects.get(pk=self.pk)

    @property
    def is_gated(self) -> bool:
        is_over = self.opens_at is not None and self.opens_at <= timezone.now()
        return self.mode != "open" and not is_over

    @property
    def is_there(self) -> bool:
        return self.is_live and (self.expires_at is None or self.expires_at > timezone.now())

    @property
    def is_public(self) -> bool:
        return self.is_there and not self.is_restricted


@dataclass(kw_only=True)
class Asker:
    cookies: dict[str, str] = field(default_factory=dict)
    email: str = ""
    # The forms whose grants are not over.
    forms: set[int] = field(default_factory=set)
    is_staff: bool = False

    @property
    def header(self) -> dict[str, str]:
        pairs = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"HTTP_COOKIE": pairs} if pairs else {}

    def sees(self, guide: Guide) -> bool:
        return guide.is_there and (self.is_staff or not guide.is_restricted)

    def opens(self, guide: Guide) -> bool:
        return self.sees(guide) and (not guide.is_gated or guide.form in self.forms)


class World:
    """What is true now, beside the site that must say the same."""

    def __init__(self) -> None:
        home = HomePage.objects.get()
        self.settings = SiteSettings.for_site(Site.objects.get())
        self.settings.name, self.settings.announcement = word(), word()
        self.settings.save()
        self.menu = MenuItem.objects.create(settings=self.settings, label=word(), url="/x/")
        self.topic = Topic.objects.create(name=word(), slug="topic")
        self.indexes = [self._index(home) for _ in range(2)]
        self.forms = [self._form(home) for _ in range(2)]
        self.guides = [self.guide() for _ in range(4)]
        self.staff = Asker(is_staff=True)
        self.askers = [Asker(), Asker(), self.staff]
        self.admin = Client()
        self.sign_in()

    def sign_in(self) -> None:
        people = get_user_model().objects
        ana = people.filter(username="ana").first()
        self.admin.force_login(ana or people.create_superuser(username="ana", password="x"))
        name = settings.SESSION_COOKIE_NAME
        self.staff.cookies = {name: self.admin.cookies[name].value}

    def _index(self, home: HomePage) -> ResourceIndexPage:
        home.refresh_from_db()
        title = word()
        index: ResourceIndexPage = publish(
            home.add_child(instance=ResourceIndexPage(title=title, slug=title))
        )
        return index

    def _form(self, home: HomePage) -> Form:
        home.refresh_from_db()
        label, page = word(), FormPage(title=word())
        page.form_fields = [  # type: ignore[misc]
            FormField(clean_name="email", label=label, field_type="email", required=True)
        ]
        return Form(pk=publish(home.add_child(instance=page)).pk, label=label)

    def guide(self) -> Guide:
        made = Guide(pk=0, title=word(), slug=word(), index=0, form=0, content=word())
        page = make_resource(
            self.indexes[0],
            made.title,
            gate_mode="form",
            gate_form_id=self.forms[0].pk,
        )
        page.slug, page.topics = made.slug, [self.topic]
        publish(page)
        made.pk = page.pk
        self.write(made)
        return made

    def write(self, guide: Guide) -> None:
        """Put another content into the same document."""
        guide.content = word()
        held = CustomDocument.objects.get(pk=guide.page.files.get().document_id)
        held.file.save("guide.pdf", ContentFile(b"%PDF-1.7 " + guide.content.encode()))
        held.save()

    # --- What may and must be found ----------------------------------------------------

    def address(self, guide: Guide) -> str:
        return f"/{self.indexes[guide.index].slug}/{guide.slug}/"

    def everywhere(self) -> set[str]:
        return {self.settings.name, self.settings.announcement, self.menu.label}

    def allowed(self) -> set[str]:
        """Return what anybody may find anywhere."""
        public = [guide for guide in self.guides if guide.is_public]
        titles = {text for guide in public for text in (guide.title, guide.slug)}
        lists = {text for index in self.indexes for text in (index.title, index.slug)}
        forms = {page.title for page in FormPage.objects.all()} | {
            page.slug for page in FormPage.objects.all()
        }
        return self.everywhere() | titles | lists | forms | {self.topic.name}

    def of_guide(self, guide: Guide, asker: Asker) -> tuple[set[str], set[str]]:
        """Return what somebody must find on the page of a guide, and what they may besides."""
        must = self.everywhere() | {guide.title, self.topic.name}
        if not asker.opens(guide):
            must.add(self.forms[guide.form].shown)
        return must, self.allowed() | must | {guide.slug}

    def public_in(self, index: int) -> Iterable[Guide]:
        return (guide for guide in self.guides if guide.is_public and guide.index == index)
