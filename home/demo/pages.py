"""The demo's other pages: home, the Collective's story, the video, privacy, accessibility."""

from collections.abc import Iterable

from wagtail.models import Page

from home.demo import files
from home.demo.content.site import (
    Action,
    CollectiveText,
    Convening,
    HomeText,
    Partner,
    ResourceIndexText,
    Section,
    StandardPageText,
    VideoText,
)
from home.demo.guides import label
from home.demo.html import RichText, stream
from home.demo.media import CONVENING_CLIP
from home.models import CollectivePage, HomePage, StandardPage
from resources.models import Audience, ResourceIndexPage, Topic, VideoPage

Blocks = list[tuple[str, object]]
# Of blocks that fill themselves; another than the heading above, or two landmarks share a name.
CAPTIONS = {"retention_table": "What we keep, why, and for how long"}


def fill_home(page: HomePage, text: HomeText, pages: dict[str, Page]) -> None:
    rich = RichText()
    page.search_description = text.search_description
    page.headline = text.heading
    page.introduction = rich.paragraphs(text.introduction)
    page.hero_image = files.image("hero")
    page.lead_page = pages[text.primary_action.path]
    page.lead_label = text.primary_action.label
    page.second_page = pages[text.secondary_action.path]
    page.second_label = text.secondary_action.label
    page.resources_heading = text.guides_heading
    page.body = stream(
        [
            *heading(text.offers_heading),
            *sections(text.offers, rich, level="h3"),
            *heading(text.video_heading),
            ("text", rich.paragraphs([text.video_introduction])),
            (
                "resource_cards",
                {"heading": "", "pages": [pages["/resources/atlanta-convening/"].pk]},
            ),
            call_to_action(text.closing_heading, text.closing_text, text.closing_action, pages),
        ]
    )


def resource_index(text: ResourceIndexText) -> ResourceIndexPage:
    return ResourceIndexPage(
        title=text.title,
        slug="resources",
        search_description=text.search_description,
        intro=RichText().paragraphs([text.introduction]),
    )


def collective_page(text: CollectiveText, pages: dict[str, Page]) -> CollectivePage:
    rich = RichText()
    timeline = [
        {"date": moment.when, "title": moment.title, "text": rich.paragraphs([moment.text])}
        for moment in text.timeline
    ]
    return CollectivePage(
        title=text.title,
        slug="collective",
        search_description=text.search_description,
        introduction=rich.paragraphs(text.introduction),
        image=files.image("collective_story"),
        body=stream(
            [
                *sections(text.sections, rich),
                *heading(text.timeline_heading),
                ("timeline", {"items": timeline}),
                *heading(text.convenings_heading),
                (
                    "convenings",
                    {"items": [convening(each, rich, pages) for each in text.convenings]},
                ),
                *sections([text.joining], rich),
                *heading(text.partners_heading),
                ("partners", {"items": [partner(each) for each in text.partners]}),
                call_to_action(text.closing_heading, text.closing_text, text.closing_action, pages),
            ]
        ),
    )


def convening(text: Convening, rich: RichText, pages: dict[str, Page]) -> dict[str, object]:
    return {
        "title": text.title,
        "date": "",
        "place": text.place,
        "host": text.host,
        "text": rich.paragraphs([text.text]),
        "page": pages[text.path].pk,
    }


def partner(text: Partner) -> dict[str, object]:
    return {"name": text.name, "role": text.role, "url": "", "logo": None}


def standard_page(text: StandardPageText, rich: RichText) -> StandardPage:
    return StandardPage(
        title=text.title,
        slug=text.slug,
        search_description=text.search_description,
        introduction=rich.paragraphs(text.introduction),
        body=stream(sections(text.sections, rich)),
    )


def video_page(text: VideoText) -> VideoPage:
    rich = RichText()
    page = VideoPage(
        title=text.title,
        slug=text.slug,
        summary=text.summary,
        search_description=text.search_description,
        video_file=files.clip(),
        poster=files.image("convening_poster"),
        length_seconds=CONVENING_CLIP.seconds,
        place="Atlanta",
        captions_state="captions",
        transcript=rich.paragraphs(text.transcript),
        is_sample=True,
        body=stream(
            [
                (
                    "callout",
                    {"tone": "note", "title": "", "text": rich.paragraphs([text.sample_note])},
                ),
                ("text", rich.paragraphs(text.introduction)),
            ]
        ),
    )
    page.topics = [label(Topic, name) for name in text.topics]
    page.audiences = [label(Audience, name) for name in text.audiences]
    return page


def heading(text: str, level: str = "h2") -> Blocks:
    return [("heading", {"text": text, "level": level})]


def sections(texts: Iterable[Section], rich: RichText, *, level: str = "h2") -> Blocks:
    blocks: Blocks = []
    for section in texts:
        blocks += heading(section.heading, level)
        blocks.append(("text", rich.paragraphs(section.paragraphs) + rich.points(section.points)))
        blocks += [(name, {"caption": CAPTIONS[name]}) for name in section.blocks]
    return blocks


def call_to_action(
    title: str, text: str, action: Action, pages: dict[str, Page]
) -> tuple[str, dict[str, object]]:
    return (
        "call_to_action",
        {
            "title": title,
            "text": text,
            "button_label": action.label,
            "page": pages[action.path].pk,
            "url": "",
        },
    )
