"""Refuse to change an account that holds more than whoever would change it."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from eoc_cms.core.models import User
from home.accounts.rights import may_give, may_keep


def refuse_account_above(request: HttpRequest, account: User) -> HttpResponse | None:
    if may_keep(request.user, account):
        return None
    return _refused(
        request,
        _("This account has rights that you do not have. An administrator may change it."),
    )


def refuse_bulk_action(
    request: HttpRequest, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Hold actions on many accounts at once to the same rules as those on one."""
    if action.model is not User:
        return None
    for account in objects:
        if refused := refuse_account_above(request, account):
            return refused
    role = action.cleaned_form.cleaned_data.get("role") if action.cleaned_form else None
    if isinstance(role, Group) and not may_give(request.user, role):
        return _refused(
            request, _("“%(group)s” has rights that you do not have.") % {"group": role}
        )
    return None


def _refused(request: HttpRequest, words: str) -> HttpResponse:
    messages.error(request, words)
    return redirect("wagtailusers_users:index")
