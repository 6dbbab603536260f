"""The demo's words: complete, honest about what is sample, and plain about a slip."""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from home.demo.content import (
    ContentError,
    FormText,
    Guide,
    SiteText,
    load_guides,
    load_site,
)
from home.demo.content.guides import GUIDE_FILES
from home.demo.content.reader import FOLDER

GUIDES = load_guides()
SITE = load_site()

each_guide = pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.slug)
each_form = pytest.mark.parametrize("form", [SITE.access_form, SITE.contact], ids=lambda f: f.slug)


def texts(value: Any) -> Iterator[str]:
    """Every string in a tree of dataclasses and tuples."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts(getattr(value, field.name))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in FOLDER.glob("*.toml"):
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_two_guides_have_their_fixed_addresses() -> None:
    assert [guide.slug for guide in GUIDES] == [
        "empowering-equity-officers",
        "roadmap-for-the-first-few-years",
    ]


@each_guide
def test_guide_has_three_core_questions_with_everything_that_belongs_to_them(guide: Guide) -> None:
    assert len(guide.questions) == 3
    for question in guide.questions:
        assert 3 <= len(question.prompts) <= 5
        assert 2 <= len(question.reflections) <= 3
        assert len(question.anecdotes) == 2
        assert 3 <= len(question.tips) <= 5
        assert question.introduction
        assert question.takeaway


@each_guide
def test_every_anecdote_is_marked_as_a_sample(guide: Guide) -> None:
    assert all(anecdote.sample for q in guide.questions for anecdote in q.anecdotes)


@each_guide
def test_excerpt_is_taken_from_the_guide(guide: Guide) -> None:
    inside = {*guide.introduction, *(p for q in guide.questions for p in q.introduction)}
    assert 2 <= len(guide.excerpt) <= 3
    assert set(guide.excerpt) <= inside


@each_guide
def test_guide_says_what_is_inside(guide: Guide) -> None:
    assert 4 <= len(guide.whats_inside) <= 6
    assert sum(len(question.prompts) for question in guide.questions) == 12
    assert any(line.startswith("Twelve prompts") for line in guide.whats_inside)


@pytest.mark.parametrize(
    "part",
    [*GUIDES, *(part for part in vars(SITE).values() if hasattr(part, "search_description"))],
    ids=lambda part: part.title,
)
def test_search_descriptions_fit_into_a_search_result(part: Any) -> None:
    assert 0 < len(part.search_description) <= 160


@pytest.mark.parametrize("content", [*GUIDES, SITE], ids=[*(g.slug for g in GUIDES), "site"])
def test_no_text_is_empty_or_badly_set(content: Guide | SiteText) -> None:
    for text in texts(content):
        assert text.strip(), "an empty text"
        assert "'" not in text, f"a typewriter's apostrophe: {text}"
        assert "  " not in text, f"two spaces: {text}"


def test_access_form_asks_for_two_answers_and_no_more() -> None:
    required = [field.label for field in SITE.access_form.fields if field.required]
    assert required == ["Work e-mail", "Role"]


def test_other_leader_is_among_the_roles() -> None:
    (role,) = (field for field in SITE.access_form.fields if field.name == "role")
    assert "Other leader" in role.choices


def test_updates_are_asked_for_in_the_agreed_words() -> None:
    (consent,) = (field for field in SITE.access_form.fields if field.kind == "consent")
    assert consent.label == "Send me occasional updates from the Collective"
    assert not consent.required


@each_form
def test_every_field_says_why_it_is_asked(form: FormText) -> None:
    assert all(field.why for field in form.fields)
    assert len({field.name for field in form.fields}) == len(form.fields)
    assert all(bool(field.choices) == (field.kind == "dropdown") for field in form.fields)


@each_form
def test_mails_use_only_the_placeholders_that_exist(form: FormText) -> None:
    for mail in (form.visitor_mail, form.staff_mail):
        names = re.findall(r"\{(.*?)\}", mail.subject + mail.body)
        assert set(names) <= {"title", "link"}


def test_mail_with_the_guide_holds_its_link() -> None:
    assert "{link}" in SITE.access_form.visitor_mail.body


@pytest.mark.parametrize("name", GUIDE_FILES)
def test_missing_key_is_named_with_its_file(folder: Path, name: str) -> None:
    change(folder / name, "takeaway = ", "takeway = ")
    with pytest.raises(ContentError, match=rf"{name}: unknown key “questions\[0\]\.takeway”"):
        load_guides(folder)
    change(folder / name, "takeway = ", "# ")
    with pytest.raises(ContentError, match=rf"{name}: missing key “questions\[0\]\.takeaway”"):
        load_guides(folder)


def test_missing_key_of_the_site_is_named_with_its_file(folder: Path) -> None:
    change(folder / "site.toml", "eyebrow = ", "# ")
    with pytest.raises(ContentError, match=r"site\.toml: missing key “home\.eyebrow”"):
        load_site(folder)


def test_value_of_the_wrong_kind_is_named(folder: Path) -> None:
    change(folder / GUIDE_FILES[0], "sample = true", 'sample = "yes"')
    with pytest.raises(ContentError, match=r"anecdotes\[0\]\.sample” should be bool, not str"):
        load_guides(folder)


def test_list_given_as_one_text_is_named(folder: Path) -> None:
    change(folder / GUIDE_FILES[0], 'topics = ["', 'topics = "Planning" # ["')
    with pytest.raises(ContentError, match=r"“topics” should be list, not str"):
        load_guides(folder)


def test_broken_file_is_named(folder: Path) -> None:
    (folder / "site.toml").write_text("[home", encoding="utf-8")
    with pytest.raises(ContentError, match=r"site\.toml: not valid TOML"):
        load_site(folder)


def test_absent_file_is_named(folder: Path) -> None:
    (folder / "site.toml").unlink()
    with pytest.raises(ContentError, match=r"site\.toml: there is no such content file"):
        load_site(folder)
