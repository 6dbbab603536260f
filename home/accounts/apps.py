"""Puts our screens for accounts and groups in the place of Wagtail's."""

from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(WagtailUsersAppConfig):
    user_viewset = "home.accounts.views.AccountsViewSet"
    group_viewset = "home.accounts.views.GroupsViewSet"
