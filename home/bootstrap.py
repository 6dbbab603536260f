"""What every site needs before its first page: site, locale, root, groups, workflow."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from home.groups import PUBLISHERS, ensure_groups
from home.models import HomePage

WORKFLOW = "Approval by a publisher"


@transaction.atomic
def bootstrap() -> HomePage:
    """Create what is missing and leave alone what is there; return the home page."""
    Locale.objects.get_or_create(language_code="en")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    home = ensure_home_page()
    ensure_site(home)
    remove_unused_moderators()
    groups = ensure_groups()
    ensure_workflow(groups[PUBLISHERS])
    return home


def ensure_home_page() -> HomePage:
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    home = HomePage.objects.child_of(root).first()
    if home is None:
        remove_welcome_page(root)
        home = root.add_child(
            instance=HomePage(title=settings.WAGTAIL_SITE_NAME, slug="home", live=True)
        )
    return home


def remove_welcome_page(root: Page) -> None:
    """Take away the page that Wagtail's first migration makes, if nobody has used it."""
    welcome = root.get_children().filter(slug="home").first()
    if welcome and welcome.specific_class is Page and welcome.is_leaf():
        welcome.delete()
        root.refresh_from_db()


def ensure_site(home: HomePage) -> Site:
    site = Site.objects.filter(is_default_site=True).first()
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    if site is None:
        site = Site(is_default_site=True)
    # The environment says where the site is; the page tree is the staff's.
    site.hostname, site.port = address.hostname or "localhost", port
    site.site_name = site.site_name or settings.WAGTAIL_SITE_NAME
    if site.root_page_id is None or not HomePage.objects.filter(pk=site.root_page_id).exists():
        site.root_page = home
    site.save()
    return site


def remove_unused_moderators() -> None:
    """Take away Wagtail's group and workflow, for which ours stand in, while unused."""
    group = Group.objects.filter(name="Moderators", user=None).first()
    if group:
        Workflow.objects.filter(name="Moderators approval", workflow_states=None).delete()
        GroupApprovalTask.objects.filter(groups=group, task_states=None).delete()
        group.delete()


def ensure_workflow(publishers: Group) -> None:
    """Have publishers approve every page, also below the home page of another language."""
    workflow, is_new = Workflow.objects.get_or_create(name=WORKFLOW)
    if not is_new:
        return
    task = GroupApprovalTask.objects.create(name="Publisher's approval")
    task.groups.add(publishers)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    root = Page.get_first_root_node()
    WorkflowPage.objects.get_or_create(page=root, defaults={"workflow": workflow})
