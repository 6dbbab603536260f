"""The demo's guides as resources: the same text as in their files, in blocks."""

from collections.abc import Iterable
from typing import TypeVar

from django.utils.text import slugify
from wagtail.models import Page

from forms_app.models import FormPage
from home.demo import files
from home.demo.content import Guide
from home.demo.content.guides import CoreQuestion
from home.demo.html import RichText, stream
from resources.models import Audience, ResourceFile, ResourcePage, ResourceRelation, Topic

Label = TypeVar("Label", Audience, Topic)

COVERS = {"empowering-equity-officers": "cover_empowering"}


def resource_page(guide: Guide, gate_form: FormPage, related: Iterable[Page] = ()) -> ResourcePage:
    """Return the unsaved page of a guide with its file behind the form."""
    rich = RichText()
    page = ResourcePage(
        title=guide.title,
        slug=guide.slug,
        listing_title=guide.short_title,
        summary=guide.summary,
        search_description=guide.search_description,
        cover=files.image(COVERS.get(guide.slug, "cover_roadmap")),
        edition=guide.edition,
        authors=guide.authors,
        licence=guide.licence,
        whats_inside=rich.points(guide.whats_inside),
        excerpt=rich.paragraphs(guide.excerpt),
        gate_form=gate_form,
        body=body(guide, rich),
    )
    page.files = [ResourceFile(sort_order=0, document=files.guide_document(guide))]  # type: ignore[misc]
    page.related = [  # type: ignore[misc]
        ResourceRelation(sort_order=number, page_id=other.pk)
        for number, other in enumerate(related)
    ]
    page.topics = [label(Topic, name) for name in guide.topics]
    page.audiences = [label(Audience, name) for name in guide.audiences]
    return page


def label(model: type[Label], name: str) -> Label:
    return model._default_manager.get_or_create(slug=slugify(name), defaults={"name": name})[0]


def body(guide: Guide, rich: RichText) -> str:
    """A taste of each core question for everybody; the whole of it is in the file."""
    return stream(
        ("core_question", core_question(number, question, rich))
        for number, question in enumerate(guide.questions, start=1)
    )


def core_question(number: int, question: CoreQuestion, rich: RichText) -> dict[str, object]:
    reflection, anecdote, tip = question.reflections[0], question.anecdotes[0], question.tips[0]
    return {
        "number": number,
        "phase": question.phase,
        "question": question.question,
        "introduction": rich.paragraphs(question.introduction[:1]),
        "guidance": [
            {"type": "prompt", "value": {"prompts": list(question.prompts[:2])}},
            {
                "type": "reflection",
                "value": {"title": reflection.title, "text": rich.paragraphs([reflection.text])},
            },
            {
                "type": "anecdote",
                "value": {
                    "text": rich.paragraphs([anecdote.text]),
                    "role": anecdote.role,
                    "is_sample": anecdote.sample,
                },
            },
            {
                "type": "tip",
                "value": {"title": tip.title, "text": rich.paragraphs([tip.text])},
            },
            {"type": "takeaway", "value": {"text": question.takeaway}},
        ],
    }
