"""Build the demo's pages once; a page that is there, edited or not, is never touched."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from django.db import transaction
from django.urls import reverse
from wagtail.models import Page, Site

from eoc_cms.core.models import MenuItem, SiteSettings
from home.demo import files, forms, guides, pages
from home.demo.content import HomeText, Organisation, SiteText, load_guides, load_site
from home.demo.html import RichText
from home.models import HomePage

# The words on the privacy page that lead to the page where people see their data.
YOUR_DATA = "See or erase what we hold about you"


Made = TypeVar("Made", bound=Page)


class _Builder:
    """Adds published pages under a parent, unless one has the slug, and remembers them."""

    def __init__(self, home: HomePage) -> None:
        self.home = home
        self.pages: dict[str, Page] = {"/": home}
        self.made = 0

    def add(self, path: str, make: Callable[[], Made]) -> Made:
        *above, slug = path.strip("/").split("/")
        parent = self.pages[f"/{'/'.join(above)}/" if above else "/"]
        page = parent.get_children().filter(slug=slug).first()
        if page is None:
            page = parent.add_child(instance=make())
            page.save_revision(log_action=True).publish()
            parent.refresh_from_db()
            self.made += 1
        made: Made = page.specific
        self.pages[path] = made
        return made


@transaction.atomic
def load_demo(home: HomePage) -> int:
    """Build what is missing of the demo; return the number of pages made."""
    text = load_site()
    build = _Builder(home)
    privacy = build.add("/privacy/", lambda: pages.standard_page(text.privacy, RichText()))
    rich = RichText({"privacy page": privacy})
    contact = build.add("/contact/", lambda: forms.form_page(text.contact, rich, is_answered=True))
    access = build.add("/get-the-guides/", lambda: forms.form_page(text.access_form, rich))
    build.add("/resources/", lambda: pages.resource_index(text.resource_index))
    listed: list[Page] = [
        build.add(f"/resources/{text.video.slug}/", lambda: pages.video_page(text.video))
    ]
    for guide in reversed(load_guides()):
        page = build.add(
            f"/resources/{guide.slug}/",
            partial(guides.resource_page, guide, access, reversed(listed)),
        )
        listed.append(page)
    linked = RichText({"contact page": contact, YOUR_DATA: reverse("your_data")})
    build.add("/accessibility/", lambda: pages.standard_page(text.accessibility, linked))
    build.add("/collective/", lambda: pages.collective_page(text.collective, build.pages))
    if build.made:
        _fill_home(home, text.home, build.pages)
        _link_contact(privacy, text, linked)
        _fill_settings(text.organisation, build.pages)
    return build.made


def _fill_home(home: HomePage, text: HomeText, built: dict[str, Page]) -> None:
    if home.introduction:
        return
    home.refresh_from_db()
    pages.fill_home(home, text, built)
    home.save_revision(log_action=True).publish()


def _link_contact(privacy: Page, text: SiteText, linked: RichText) -> None:
    # Privacy and contact lead to each other, so one of them is made first without.
    if privacy.latest_revision and privacy.revisions.count() == 1:
        page = privacy.specific
        page.body = pages.standard_page(text.privacy, linked).body
        page.save_revision().publish()


def _fill_settings(text: Organisation, built: dict[str, Page]) -> None:
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    if settings.menu_items.exists():
        return
    settings.tagline = text.tagline
    settings.contact_email = "collective@example.org"
    settings.social_image = files.image("social_card")
    settings.default_form_id = built["/get-the-guides/"].pk
    main = [("/collective/", ""), ("/resources/", ""), ("/contact/", "")]
    footer = [
        ("/collective/", ""),
        ("/resources/", ""),
        ("/privacy/", ""),
        ("/accessibility/", ""),
        ("/contact/", ""),
    ]
    settings.menu_items = [
        MenuItem(  # type: ignore[misc]
            menu=menu, page=Page.objects.get(pk=built[path].pk), label=label, sort_order=number
        )
        for menu, entries in ((MenuItem.MAIN, main), (MenuItem.FOOTER, footer))
        for number, (path, label) in enumerate(entries)
    ]
    settings.save()
