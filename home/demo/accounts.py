"""The demo's four accounts, one for each way into the admin."""

from django.contrib.auth.models import Group

from eoc_cms.core.models import User
from home.groups import DATA_MANAGERS, EDITORS, PUBLISHERS

ACCOUNTS = {
    "admin": None,
    "publisher": PUBLISHERS,
    "editor": EDITORS,
    "data-manager": DATA_MANAGERS,
}


def ensure_accounts(password: str) -> None:
    """Create the accounts and give them the password, where it is not theirs already."""
    for username, group in ACCOUNTS.items():
        user, is_new = User.objects.get_or_create(
            username=username,
            defaults={
                "email": f"{username}@example.org",
                "is_staff": group is None,
                "is_superuser": group is None,
            },
        )
        if is_new and group:
            user.groups.add(Group.objects.get(name=group))
        if not user.check_password(password):
            user.set_password(password)
            user.save()
