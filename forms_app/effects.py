"""What an accepted answer leads to, decided by the apps above this one.

`resources` opens files for an answer. This app may not know of it, so it keeps
a list of handlers: each is called inside the transaction that stores the
submission, or that restores one from the spam tray, and may say what there is
to tell the visitor.
"""

from collections.abc import Callable
from dataclasses import dataclass

from wagtail.models import Page

from forms_app.models import FormPage, Submission


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What the visitor was given: its title, the link that opens it, a word about it."""

    title: str
    link: str
    note: str = ""


Handler = Callable[[Submission, FormPage, Page | None], Delivery | None]

_handlers: list[Handler] = []


def register(handler: Handler) -> None:
    if handler not in _handlers:
        _handlers.append(handler)


def fulfil(submission: Submission, form_page: FormPage, source: Page | None) -> Delivery | None:
    """Give what the answer asked for; return the first thing to tell the visitor of."""
    deliveries = [handler(submission, form_page, source) for handler in _handlers]
    return next((delivery for delivery in deliveries if delivery), None)
