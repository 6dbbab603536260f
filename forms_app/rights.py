"""Rights to answers, apart from the right to edit the page that asks for them."""

from typing import Any

VIEW = "forms_app.view_submission"
EXPORT = "forms_app.export_submission"
ERASE = "forms_app.erase_submission"


def may_view(user: Any) -> bool:
    return user.is_active and user.has_perm(VIEW)


def may_export(user: Any) -> bool:
    return may_view(user) and user.has_perm(EXPORT)


def may_erase(user: Any) -> bool:
    return may_view(user) and user.has_perm(ERASE)
