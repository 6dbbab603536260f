"""A form that asks for an e-mail address only, to which alone an answer goes.

Nothing tells whether an address is known: known, unknown, asked for too often or by
a program, the answer is the same page after the same work.
"""

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from eoc_cms.core.limits.clients import client_of
from eoc_cms.core.limits.counting import Limit, over_limit
from eoc_cms.core.mailbox import LONGEST_ADDRESS, normalise_email
from forms_app.asking.typed_fields import AddressField
from forms_app.asking.visitor_form import VisitorForm, is_trapped

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

A_DAY_FOR_AN_ADDRESS = 5
# A whole school may share one network address.
A_DAY_FOR_A_CLIENT = 50
INVALID = _("Write an e-mail address such as name@example.org.")


def email_field(*, help_text: "StrOrPromise" = "") -> forms.EmailField:
    return AddressField(
        label=_("E-mail"),
        max_length=LONGEST_ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": INVALID, "invalid": INVALID, "max_length": INVALID},
        help_text=help_text,
    )


class AddressForm(VisitorForm):
    email = email_field()


def may_be_answered(request: HttpRequest, email: str, *, about: str = "") -> bool:
    """Count one more asking; say whether a mail may follow. `about` has counts of its own."""
    limits = [
        Limit(what=f"{about}address", who=normalise_email(email), most=A_DAY_FOR_AN_ADDRESS),
    ]
    # Without a client's address all visitors would share one count.
    if client := client_of(request):
        limits.append(Limit(what=f"{about}client", who=client, most=A_DAY_FOR_A_CLIENT))
    # All are counted whatever comes of it, and before the address is looked up.
    return not over_limit(limits) and not is_trapped(request)
