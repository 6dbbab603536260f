"""Redirects that staff make: none leads to itself or back to where it began.

Such a redirect is not followed (`redirects.py`), so whoever made it would wonder.
"""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.views import CreateView, EditView
from wagtail.models import Site


class StraightRedirectForm(RedirectForm):
    def clean(self) -> None:
        super().clean()
        data = self.cleaned_data
        page = data.get("redirect_page")
        address = (page.url if page else data.get("redirect_link")) or ""
        begin = Redirect.normalise_path(data.get("old_path") or "")
        if path_here(address) == begin:
            raise ValidationError(
                _("This redirect would lead to itself. Choose another page or address.")
            )
        if begin in way_on(address, site=data.get("site"), apart_from=self.instance):
            raise ValidationError(
                _(
                    "Redirects lead from there back to “%(path)s”, so nobody would arrive. "
                    "Delete the one that leads back, or choose another page or address."
                )
                % {"path": begin}
            )


def leads_back(redirect: Redirect) -> bool:
    """Say whether a redirect leads, by itself or with others, to where it begins."""
    way = way_on(redirect.link or "", site=redirect.site, apart_from=redirect)
    return redirect.old_path in way


def path_here(address: str) -> str:
    """Return the path of an address on this site as redirects keep it; nothing for others."""
    parts = urlsplit(address)
    is_here = not parts.netloc or Site.objects.filter(hostname=parts.hostname).exists()
    return Redirect.normalise_path(address) if is_here and parts.path.startswith("/") else ""


def way_on(address: str, *, site: Site | None, apart_from: Redirect) -> list[str]:
    """Return the addresses to which other redirects lead on from one, until they end."""
    others = Redirect.get_for_site(site).exclude(pk=apart_from.pk)
    path, passed = path_here(address), list[str]()
    while path and path not in passed:
        passed.append(path)
        following = others.filter(old_path=path).first()
        path = path_here(following.link or "") if following else ""
    return passed


class AddRedirectView(CreateView):
    form_class: Any = StraightRedirectForm


class EditRedirectView(EditView):
    form_class: Any = StraightRedirectForm
