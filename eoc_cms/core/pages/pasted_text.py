"""What an editor is told when a field cannot hold all that was pasted into it."""

import json

from django.utils.translation import gettext as _


def words_about_pasting() -> str:
    """Return the words for the script that fits pasted text to its field, as JSON."""
    return json.dumps(
        {
            "heading": _("Please look over what you pasted. This field cannot hold all of it:"),
            "kinds": {**_now_plain(), **_left_out()},
            "close": _("Close this note"),
        }
    )


def _now_plain() -> dict[str, str]:
    return {
        "headings": _(
            "Headings are plain lines now. In the body of a page, add the block “Heading” for each."
        ),
        "tables": _(
            "Tables are plain lines now, a line for each row. "
            "In the body of a page, add the block “Table”."
        ),
        "lists": _("Lists are plain lines now."),
        "marks": _("Bullets and numbers are the other way about: there is one kind of list here."),
        "notes": _("Footnotes and endnotes are plain text now, without links to and fro."),
    }


def _left_out() -> dict[str, str]:
    return {
        "pictures": _(
            "Pictures are left out. In the body of a page, add the block “Picture” for each."
        ),
        "embeds": _(
            "Video and other embedded parts are left out. "
            "In the body of a page, add the block “Video”."
        ),
        "textBoxes": _("Text boxes are left out. Copy the text in them and paste it by itself."),
        "links": _("Links that this field cannot hold are left out; their words stand."),
        "comments": _("Comments are left out."),
        "deleted": _("Text marked as deleted is left out."),
    }
