"""Hooks and workflow call what everybody calls, and the changelog keeps its form."""

import re

import pytest

from tests.source import PROJECT_DIR

KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def text_of(name: str) -> str:
    return (PROJECT_DIR / name).read_text(encoding="utf-8")


def commands_of_lint() -> list[str]:
    recipe = text_of("Makefile").partition("\nlint:")[2].partition("\n\n")[0]
    return [line.strip().replace("$(RUN)", ".venv/bin/python") for line in recipe.splitlines()[1:]]


def entries() -> list[str]:
    return re.findall(r"^ +entry: (.+)$", text_of(".pre-commit-config.yaml"), re.MULTILINE)


@pytest.mark.parametrize("entry", entries())
def test_a_hook_is_a_command_of_lint_or_a_target(entry: str) -> None:
    targets = re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE)
    assert entry in commands_of_lint() or entry.removeprefix("make ") in targets


def test_the_workflow_checks_out_and_calls_what_any_machine_can_call() -> None:
    workflow = text_of(".github/workflows/ci.yml")
    assert re.findall(r"run: (.+)$", workflow, re.MULTILINE) == [".ci/run"]
    used = re.findall(r"uses: ([^@]+)@", workflow)
    assert used == ["actions/checkout"]


def test_the_changelog_begins_with_what_is_not_released() -> None:
    changelog = text_of("CHANGELOG.md")
    assert re.findall(r"^## (.+)$", changelog, re.MULTILINE)[0] == "[Unreleased]"
    assert set(re.findall(r"^### (.+)$", changelog, re.MULTILINE)) <= KINDS
