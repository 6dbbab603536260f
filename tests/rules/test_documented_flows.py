"""The flows of docs/architecture.md are what happens: each is walked, and its steps noted."""

import ast
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from eoc_cms.core.background import jobs
from eoc_cms.core.models import User
from forms_app.models import FormField
from home.bootstrap import bootstrap
from home.groups import DATA_MANAGERS
from resources.models import ResourceIndexPage, ResourcePage
from tests.factories.pages import form_page, make_resource, publish
from tests.source import PROJECT_DIR, tree_of

PAGE = (PROJECT_DIR / "docs" / "architecture.md").read_text(encoding="utf-8")
STEP = re.compile(r"^\d+\. `(?P<file>[^`]+)`, `(?P<name>[^`]+)`: ", re.MULTILINE)
ANSWER, EXPORT, ERASURE = (
    "A form's POST, to the stored answer and the file",
    "A filter, to an export's last byte",
    "The erasure of one person",
)
FLOWS = (ANSWER, EXPORT, ERASURE)
MOST_FILES_OF_AN_ANSWER = 10
ANA = "ana@example.org"

Step = tuple[str, str]


def section(title: str) -> str:
    return PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]


def steps_of(title: str) -> list[Step]:
    """Return the file and the function of each step of a flow."""
    return [(found["file"], found["name"]) for found in STEP.finditer(section(title))]


def names_in(path: Path) -> Iterator[str]:
    """Yield the functions and classes of a file, methods with the name of their class."""
    for node in tree_of(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        if isinstance(node, ast.ClassDef):
            yield from (
                f"{node.name}.{part.name}"
                for part in node.body
                if isinstance(part, ast.FunctionDef)
            )


@contextmanager
def noted(steps: list[Step]) -> Iterator[list[Step]]:
    """Note which steps are entered, each as often as it is, in the order they are."""
    entered: list[Step] = []
    wanted = {
        (str(PROJECT_DIR / file), _as_called(file, name)): (file, name) for file, name in steps
    }

    def note(frame: FrameType, event: str, _argument: Any) -> None:
        code = frame.f_code
        if event == "call" and (step := wanted.get((code.co_filename, code.co_qualname))):
            entered.append(step)

    sys.setprofile(note)
    try:
        yield entered
    finally:
        sys.setprofile(None)


def _as_called(file: str, name: str) -> str:
    """Return what Python calls a step: a class is entered where an instance is made."""
    nodes = tree_of(PROJECT_DIR / file).body
    is_class = any(isinstance(node, ast.ClassDef) and node.name == name for node in nodes)
    return f"{name}.__init__" if is_class else name


def assert_in_this_order(entered: list[Step], steps: list[Step]) -> None:
    """Each step is entered, and for the first time after the first time of the one before."""
    firsts = [entered.index(step) if step in entered else -1 for step in steps]
    missing = [step for step, first in zip(steps, firsts, strict=True) if first == -1]
    assert missing == [], "not entered: mend docs/architecture.md"
    assert firsts == sorted(firsts), [entered[first] for first in sorted(firsts)]


@pytest.fixture
def guide(db: None) -> ResourcePage:
    home = bootstrap()
    index = publish(home.add_child(instance=ResourceIndexPage(title="Resources")))
    home.refresh_from_db()
    form = form_page(home)
    form.visitor_mail_body = "{link}"
    form.save()
    FormField.objects.create(page=form, clean_name="name", label="Name", field_type="singleline")
    return make_resource(index, "Guide", gate_mode="form", gate_form=form)


@pytest.fixture
def manager(guide: ResourcePage) -> Client:
    Client().post(guide.url, {"email": ANA, "name": "Ana"})
    user = User.objects.create(username="manager")
    user.groups.add(Group.objects.get(name=DATA_MANAGERS))
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("title", FLOWS)
def test_every_step_is_there(title: str) -> None:
    steps = steps_of(title)
    assert len(steps) >= 8
    assert [step for step in steps if step[1] not in names_in(PROJECT_DIR / step[0])] == []


def test_an_answer_is_taken_in_by_at_most_ten_files() -> None:
    files = [file for file, _name in steps_of(ANSWER)]
    until_stored = files[: files.index("eoc_cms/core/mail/outbox.py") + 1]
    assert len(set(until_stored)) == len(until_stored) <= MOST_FILES_OF_AN_ANSWER


def test_an_answer_takes_these_steps_to_the_file(guide: ResourcePage) -> None:
    steps = steps_of(ANSWER)
    client = Client()
    with noted(steps) as entered:
        assert client.post(guide.url, {"email": ANA, "name": "Ana"}).status_code == 303
        file = guide.files.get()
        assert client.get(f"/download/{file.key}/").status_code == 200
    assert_in_this_order(entered, steps)


def test_an_export_takes_these_steps(manager: Client) -> None:
    steps = steps_of(EXPORT)
    with noted(steps) as entered:
        response: Any = manager.get("/admin/forms_app/submission/", {"export": "csv"})
        assert ANA.encode() in b"".join(response.streaming_content)
    assert_in_this_order(entered, steps)


def test_an_erasure_takes_these_steps(
    manager: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    steps = steps_of(ERASURE)
    with noted(steps) as entered, django_capture_on_commit_callbacks(execute=True):
        sent = manager.post(f"/admin/answers/person/erase/?email={ANA}", {"typed_again": ANA})
        assert sent.status_code == 302
    assert_in_this_order(entered, steps)


def test_every_job_is_told_of() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", section("What runs in the background"), re.MULTILINE)
    assert set(rows) == set(jobs._jobs)
