"""Read the admin's pages as text."""

from django.utils.html import strip_tags


def rows_of(content: str) -> str:
    """Return the rows of the list on a page of the admin, as text."""
    table = content.split("<tbody>")[1].split("</tbody>")[0] if "<tbody>" in content else ""
    return strip_tags(table)
