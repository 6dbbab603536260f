"""What staff change about the site as a whole, in the admin under Settings."""

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.models import Orderable, PreviewableMixin

from eoc_cms.core.blocks.page_links import is_visible
from eoc_cms.core.doorway import Doorway
from eoc_cms.core.models.address_field import AddressField


@register_setting(icon="site")
class SiteSettings(PreviewableMixin, ClusterableModel, BaseSiteSetting):
    name = models.CharField(_("site name"), max_length=80, default="Equity Officer Collective")
    organisation = models.CharField(
        _("run by"), max_length=120, blank=True, default="The Leadership Academy"
    )
    organisation_url = AddressField(_("its website"), blank=True)
    postal_address = models.TextField(
        _("postal address"), blank=True, max_length=300, help_text=_("Shown in the footer.")
    )
    tagline = models.CharField(_("tagline"), max_length=160, blank=True)
    contact_email = models.EmailField(
        _("contact e-mail"),
        blank=True,
        help_text=_("Shown in the footer, and where replies to the site's mails go."),
    )
    announcement = models.CharField(
        _("announcement"),
        max_length=200,
        blank=True,
        help_text=_("A line above every page. Leave it empty to hide the bar."),
    )
    announcement_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page that it leads to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    announcement_url = AddressField(
        _("or an address"),
        blank=True,
        help_text=_("Such as “example.org/news”, or “/contact/” on this site."),
    )
    social_image = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("default social image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown when a page without an image of its own is shared. 1200 × 630."),
    )

    default_form = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("form for new resources"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Chosen already when somebody adds a resource. It can be changed there."),
    )
    gate_title = models.CharField(
        _("heading above the form"), max_length=80, blank=True, default="Get the guide"
    )
    gate_lead = models.CharField(
        _("line under that heading"),
        max_length=200,
        blank=True,
        default="One short form, and it opens at once on this page.",
    )
    privacy_note = RichTextField(
        _("what happens with the answers"),
        blank=True,
        features=["bold", "italic", "link"],
        help_text=_("Shown above the button of every form that has no such note of its own."),
    )

    base_form_class = Doorway("eoc_cms.core.pages.staff_form.StaffForm")
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("organisation"),
                FieldPanel("organisation_url"),
                FieldPanel("postal_address"),
                FieldPanel("tagline"),
                FieldPanel("contact_email"),
                FieldPanel("social_image"),
            ],
            heading=_("Organization"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("announcement"),
                PageChooserPanel("announcement_page"),
                FieldPanel("announcement_url"),
            ],
            heading=_("Announcement bar"),
        ),
        MultiFieldPanel(
            [
                PageChooserPanel("default_form", "forms_app.FormPage"),
                FieldPanel("gate_title"),
                FieldPanel("gate_lead"),
                FieldPanel("privacy_note"),
            ],
            heading=_("Resources behind a form"),
        ),
        HelpPanel(
            heading=_("Menus"),
            content=_("Choose a page and, if its title is long, a shorter label for the menu."),
        ),
        InlinePanel("menu_items", heading=_("Menu items"), label=_("Menu item")),
        InlinePanel("social_links", heading=_("Social links"), label=_("Social link")),
    ]

    class Meta:
        verbose_name = _("site settings")

    def clean(self) -> None:
        super().clean()
        if self.announcement_page_id and self.announcement_url:
            message = _("Choose a page or give an address, not both.")
            raise ValidationError({"announcement_page": message})

    def announcement_link(self, request: HttpRequest | None) -> str:
        """Return where the announcement leads, or an empty text, as where its page is gone."""
        if self.announcement_page is None:
            return self.announcement_url
        page = self.announcement_page
        return (page.get_url(request) or "") if is_visible(page) else ""

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "previews/site_settings.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, object]:
        """Give the settings under edit to `site_context`, which else reads the stored ones."""
        return {**super().get_preview_context(request, mode_name), "previewed_settings": self}


class MenuItem(Orderable):
    MAIN = "main"
    FOOTER = "footer"

    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="menu_items")
    menu = models.CharField(
        _("menu"),
        max_length=8,
        choices=[(MAIN, _("Top of every page")), (FOOTER, _("Footer"))],
        default=MAIN,
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    url = AddressField(_("or an address"), blank=True)
    label = models.CharField(_("label"), max_length=40, blank=True)

    panels = [FieldPanel("menu"), FieldPanel("page"), FieldPanel("url"), FieldPanel("label")]

    class Meta(Orderable.Meta):
        verbose_name = _("menu item")

    def __str__(self) -> str:
        return self.label or (self.page.title if self.page else self.url)

    def clean(self) -> None:
        super().clean()
        if bool(self.page_id) == bool(self.url):
            raise ValidationError({"page": _("Choose a page or give an address, not both.")})
        if self.url and not self.label:
            raise ValidationError({"label": _("An address needs a label.")})


class SocialLink(Orderable):
    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="social_links")
    label = models.CharField(_("name of the service"), max_length=40)
    url = AddressField(_("address"))

    panels = [FieldPanel("label"), FieldPanel("url")]

    class Meta(Orderable.Meta):
        verbose_name = _("social link")

    def __str__(self) -> str:
        return self.label

    def as_dict(self) -> dict[str, str]:
        return {"label": self.label, "url": self.url}
