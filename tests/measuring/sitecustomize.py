"""Note which lines and branches of the project a process runs, for the report of the suite.

Python runs this at the start of every process that has this folder in PYTHONPATH. A line is
noted once, by bytecode that is then taken out; tracing every call, as coverage.py must before
Python 3.14, nearly doubles the time of the suite. The bytecode takes a second to prepare, so of
processes that a test starts only what starts the site is measured.
"""

import ast
import atexit
import json
import os
import sys
import time
import tomllib
from collections.abc import Sequence
from fnmatch import fnmatch
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

import slipcover
from slipcover import branch

PROJECT_DIR = Path(__file__).resolve().parent.parent.parent
OPTIONS = tomllib.loads((PROJECT_DIR / "pyproject.toml").read_text())["tool"]["slipcover"]
IS_STARTED_BY_A_TEST = "PYTEST_CURRENT_TEST" in os.environ
SOURCES = ["deploy"] if IS_STARTED_BY_A_TEST else OPTIONS["source"]
MEASURED = tuple(f"{PROJECT_DIR / name}{os.sep}" for name in SOURCES)

measure = slipcover.Slipcover(branch=True)


class MeasuredLoader(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        tree = branch.preinstrument(ast.parse(self.get_data(self.path)))
        code: CodeType = compile(tree, self.path, "exec", dont_inherit=True)
        return measure.instrument(code)


class MeasuredFinder(MetaPathFinder):
    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path, target)
        if spec and isinstance(spec.loader, SourceFileLoader) and is_measured(spec.loader.path):
            spec.loader = MeasuredLoader(spec.loader.name, spec.loader.path)
            return spec
        return None


def is_measured(file: str) -> bool:
    return file.startswith(MEASURED) and not any(fnmatch(file, omit) for omit in OPTIONS["omit"])


def write() -> None:
    os.chdir(PROJECT_DIR)  # the names of files are relative to where the process is
    file = Path(os.environ["MEASURE_INTO"]) / f"{os.getpid()}-{time.monotonic_ns()}.json"
    file.write_text(json.dumps(measure.get_coverage()), encoding="utf-8")


sys.meta_path.insert(0, MeasuredFinder())
# By this way gunicorn reads its configuration.
slipcover.wrap_spec_from_file_location(measure, slipcover.FileMatcher(sources=MEASURED))
atexit.register(write)
