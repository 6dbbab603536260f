"""The shape of the site's own words: pages, forms and mails outside the guides."""

from dataclasses import dataclass
from pathlib import Path

from home.demo.content.reader import FOLDER, read_file


@dataclass(frozen=True)
class Organisation:
    """Who speaks on this site."""

    name: str
    short_name: str
    founder: str
    tagline: str
    description: str
    footer_note: str
    sample_note: str


@dataclass(frozen=True)
class Action:
    """A link that invites: its words and its path on this site."""

    label: str
    path: str


@dataclass(frozen=True)
class Section:
    """A heading with paragraphs and, where it helps, a list of points.

    `blocks` are those that fill themselves, such as retention_table, and stand below them.
    """

    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Milestone:
    """A timeline entry; `when` is words, because not every moment has a known date."""

    when: str
    title: str
    text: str


@dataclass(frozen=True)
class Convening:
    """A meeting of the members; `path` is the page that shows more of it."""

    title: str
    place: str
    host: str
    text: str
    path: str


@dataclass(frozen=True)
class Partner:
    """An organization and what it does for the Collective."""

    name: str
    role: str


@dataclass(frozen=True)
class HomeText:
    title: str
    search_description: str
    eyebrow: str
    heading: str
    introduction: tuple[str, ...]
    primary_action: Action
    secondary_action: Action
    guides_heading: str
    guides_introduction: str
    offers_heading: str
    offers: tuple[Section, ...]
    video_heading: str
    video_introduction: str
    closing_heading: str
    closing_text: str
    closing_action: Action


@dataclass(frozen=True)
class CollectiveText:
    title: str
    search_description: str
    heading: str
    introduction: tuple[str, ...]
    sections: tuple[Section, ...]
    timeline_heading: str
    timeline: tuple[Milestone, ...]
    convenings_heading: str
    convenings: tuple[Convening, ...]
    partners_heading: str
    partners: tuple[Partner, ...]
    joining: Section
    closing_heading: str
    closing_text: str
    closing_action: Action


@dataclass(frozen=True)
class ResourceIndexText:
    title: str
    search_description: str
    heading: str
    introduction: str
    empty_text: str


@dataclass(frozen=True)
class StandardPageText:
    title: str
    slug: str
    search_description: str
    introduction: tuple[str, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class FieldText:
    """One form field; `why` is the line that tells a visitor why we ask.

    `kind` is a field type of the form builder: email, dropdown, singleline,
    multiline or consent.
    """

    name: str
    label: str
    kind: str
    required: bool
    why: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mail:
    """A plain mail; it may hold the placeholders {title} and {link} only."""

    subject: str
    body: str


@dataclass(frozen=True)
class FormText:
    title: str
    slug: str
    search_description: str
    introduction: tuple[str, ...]
    fields: tuple[FieldText, ...]
    submit_label: str
    privacy_note: str
    thanks_heading: str
    thanks_text: str
    visitor_mail: Mail
    staff_mail: Mail


@dataclass(frozen=True)
class VideoText:
    title: str
    slug: str
    summary: str
    search_description: str
    sample_note: str
    introduction: tuple[str, ...]
    transcript: tuple[str, ...]
    topics: tuple[str, ...]
    audiences: tuple[str, ...]


@dataclass(frozen=True)
class SiteText:
    """Everything the demo says outside the guides."""

    organisation: Organisation
    home: HomeText
    collective: CollectiveText
    resource_index: ResourceIndexText
    access_form: FormText
    contact: FormText
    video: VideoText
    privacy: StandardPageText
    accessibility: StandardPageText


def load_site(folder: Path = FOLDER) -> SiteText:
    """Read the site's words.

    Raises ContentError naming the file and the key that is missing or wrong.
    """
    return read_file(SiteText, folder / "site.toml")
