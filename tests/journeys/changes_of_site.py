"""What staff, visitors, the worker and the clock do to a site, and what is true after it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from eoc_cms.core.models import MenuItem
from forms_app.models import FormPage
from forms_app.privacy.erasing import erase_person
from resources.gate.grant_actions import revoke_grants
from resources.models import Grant, ResourceIndexPage, ResourcePage
from tests.journeys.changing_site import Clock, Guide, World, word

SOON = (5, 400)
Change = Callable[["Changes"], None]


class Changes:
    """Makes one change, to a guide chosen at random where it is of a guide."""

    def __init__(self, world: World, clock: Clock, random: Random) -> None:
        self.world, self.clock, self.random = world, clock, random
        self.guide: Guide = random.choice(world.guides)

    def publish(self, **fields: object) -> None:
        page = self.guide.page
        for name, value in fields.items():
            setattr(page, name, value)
        page.save_revision().publish()
        self.guide.is_live, self.guide.planned = True, None

    def moment(self) -> datetime:
        return timezone.now() + timedelta(seconds=self.random.randint(*SOON))

    def bulk(self, action: str, *guides: Guide, **fields: object) -> None:
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        query = "&".join(f"id={guide.pk}" for guide in guides)
        given = {"include_descendants": "", **fields}
        answer = self.world.admin.post(f"{address}?next=/admin/&{query}", given)
        assert answer.status_code == 302, answer.content

    # --- Pages ---------------------------------------------------------------------------

    def edit(self) -> None:
        self.guide.title = word()
        self.guide.expires_at = None
        self.publish(title=self.guide.title, expire_at=None)

    def draft(self) -> None:
        page = self.guide.page
        page.title = word()
        page.save_revision()

    def write_row(self) -> None:
        """As code does that publishes nothing, but writes what is live."""
        if not self.guide.planned:
            page = self.guide.page
            page.title = self.guide.title = word()
            page.save()

    def plan(self) -> None:
        if not self.guide.is_there or self.guide.expires_at:
            return
        page, at = self.guide.page, self.moment()
        page.title, page.go_live_at = word(), at
        page.save_revision().publish()
        self.guide.planned = (page.title, at)

    def expire(self) -> None:
        self.guide.expires_at = self.moment()
        self.publish(expire_at=self.guide.expires_at)

    def work(self) -> None:
        for guide in self.world.guides:
            if guide.is_live and not guide.is_there:
                guide.is_live, guide.planned = False, None
            if guide.planned and guide.planned[1] < timezone.now():
                guide.title, guide.planned = guide.planned[0], None
        call_command("publish_scheduled")

    def unpublish(self) -> None:
        self.guide.page.unpublish()
        self.guide.is_live, self.guide.planned = False, None

    def unpublish_many(self) -> None:
        # Wagtail locks what is planned.
        chosen = [guide for guide in self.world.guides if not guide.planned][:2]
        self.bulk("unpublish", *chosen)
        for guide in chosen:
            guide.is_live, guide.planned = False, None

    def publish_many(self) -> None:
        """Only where the last draft is what the guide says."""
        self.publish(expire_at=None)
        self.guide.page.unpublish()
        self.bulk("publish", self.guide)
        self.guide.is_live, self.guide.expires_at = True, None

    def rename(self) -> None:
        self.guide.left.append(self.world.address(self.guide))
        self.guide.slug = word()
        self.publish(slug=self.guide.slug)

    def move(self) -> None:
        self._move(lambda index: self.guide.page.move(index, pos="last-child"))

    def move_many(self) -> None:
        if not self.guide.planned:
            self._move(lambda index: self.bulk("move", self.guide, chooser=index.pk))

    def _move(self, move: Callable[[Page], object]) -> None:
        self.guide.left.append(self.world.address(self.guide))
        self.guide.index = 1 - self.guide.index
        move(ResourceIndexPage.objects.get(pk=self.world.indexes[self.guide.index].pk))

    def delete(self) -> None:
        self._replace(lambda: self.guide.page.delete())

    def delete_many(self) -> None:
        if not self.guide.planned:
            self._replace(lambda: self.bulk("delete", self.guide))

    def _replace(self, delete: Callable[[], object]) -> None:
        delete()
        self.world.guides.remove(self.guide)
        self.world.guides.append(self.world.guide())

    def restrict(self) -> None:
        address = reverse("wagtailadmin_pages:set_privacy", args=[self.guide.pk])
        kind = "none" if self.guide.is_restricted else PageViewRestriction.LOGIN
        answer = self.world.admin.post(address, {"restriction_type": kind})
        assert b"set_privacy_done" in answer.content
        self.guide.is_restricted = not self.guide.is_restricted

    # --- Gates and what is behind them -----------------------------------------------------

    def exchange_gate(self) -> None:
        self.guide.form = 1 - self.guide.form
        form = FormPage.objects.get(pk=self.world.forms[self.guide.form].pk)
        self.publish(gate_form=form)

    def open_gate(self) -> None:
        modes = ResourcePage.GateMode
        mode = self.random.choice(list(modes))
        at = self.moment() if mode == modes.FORM_UNTIL else None
        self.guide.mode, self.guide.opens_at = self.MODES[mode], at
        self.publish(gate_mode=mode, gate_until=at)

    MODES = {
        ResourcePage.GateMode.OPEN: "open",
        ResourcePage.GateMode.FORM: "form",
        ResourcePage.GateMode.FORM_UNTIL: "until",
    }

    def replace_file(self) -> None:
        self.world.write(self.guide)

    def edit_form(self) -> None:
        form = self.random.choice(self.world.forms)
        page = FormPage.objects.get(pk=form.pk)
        form.label = word()
        asked = page.form_fields.get()
        asked.label = form.label
        page.form_fields = [asked]  # type: ignore[misc]
        page.save_revision().publish()

    def close_form(self) -> None:
        form = self.random.choice(self.world.forms)
        page = FormPage.objects.get(pk=form.pk)
        form.closes_at, form.closed_text = self.random.choice([None, self.moment()]), word()
        page.closes_at, page.closed_text = form.closes_at, form.closed_text
        page.save_revision().publish()

    def revoke(self) -> None:
        asker = self.random.choice(self.world.askers)
        revoke_grants(Grant.objects.filter(person__email=asker.email or "nobody"))
        asker.forms.clear()

    def end_grants(self) -> None:
        asker = self.random.choice(self.world.askers)
        Grant.objects.filter(person__email=asker.email or "nobody").update(
            expires_at=timezone.now()
        )
        asker.forms.clear()

    def erase(self) -> None:
        asker = self.random.choice(self.world.askers)
        erase_person(email=asker.email or "nobody@example.org")
        asker.forms.clear()

    # --- What stands everywhere -------------------------------------------------------------

    def set_up(self) -> None:
        settings = self.world.settings
        settings.name, settings.announcement = word(), word()
        settings.save()

    def relabel(self) -> None:
        self.world.menu.label = word()
        self.world.menu.save()

    def exchange_menu(self) -> None:
        self.world.menu.delete()
        self.world.menu = MenuItem.objects.create(
            settings=self.world.settings, label=word(), url="/x/"
        )

    def name_topic(self) -> None:
        topic = self.world.topic
        topic.name = word()
        address = reverse("wagtailsnippets_resources_topic:edit", args=[topic.pk])
        answer = self.world.admin.post(address, {"name": topic.name, "slug": topic.slug})
        assert answer.status_code == 302, answer.content

    def wait(self) -> None:
        self.clock.wait(self.random.randint(*SOON))

    @classmethod
    def every(cls) -> list[Change]:
        return [
            found
            for name, found in vars(cls).items()
            if callable(found) and name[0] != "_" and name not in {"publish", "moment", "bulk"}
        ]
