# Every target works from a bare checkout: what it needs is installed into .venv first,
# from the locks in requirements/, and again only when a lock changes.
# All paths are relative, so a checkout in a folder with spaces in its name works too.

PYTHON ?= python3
RUN := .venv/bin/python
PIP := $(RUN) -m pip --disable-pip-version-check --no-input --quiet --quiet
# Extras are kept, since an older pip else looks for the newest release of what needs them.
COMPILE := $(RUN) -m uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--no-strip-extras \
	--generate-hashes --no-emit-index-url --custom-compile-command 'make lock'
# Enough of production for its checks; it touches no database and no file.
SAMPLE := env DJANGO_SETTINGS_MODULE=eoc_cms.settings.production DATABASE_URL=sqlite://:memory: \
	SECRET_KEY=only-for-checking-the-settings-of-production-not-for-use-anywhere \
	ALLOWED_HOSTS=example.org SITE_URL=https://example.org

.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

.PHONY: help
help: ## Explain the targets (what `make` alone does)
	@echo "The Equity Officer Collective's site"
	@echo
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'
	@echo
	@echo "Variables, set as in: make demo PORT=9000"
	@echo "  HOST           address to serve on (127.0.0.1)"
	@echo "  PORT           port to serve on (8000)"
	@echo "  DATA_DIR       folder for the database, uploads, mail and secrets (var)"
	@echo "  DEMO_PASSWORD  password of the demo accounts (made up once, then kept)"
	@echo "  DATABASE_URL   a PostgreSQL to use instead of SQLite"
	@echo "  QUICK          1 has make bench measure for a shorter time"
	@echo "  ROWS           how many answers the lists hold that make bench opens (1000000)"
	@echo "  PYTHON         the Python, 3.11 or newer, that .venv is made with (python3)"
	@echo "  ARGS           further arguments for pytest (make test) or uv (make lock)"

.PHONY: demo
demo: .venv/base.stamp ## Run the whole site with demo content, as in production; Ctrl-C ends it
	@exec $(RUN) -m deploy.demo

.PHONY: dev
dev: .venv/dev.stamp ## The same with debug pages, restarted at every change to the code
	@exec $(RUN) -m deploy.demo --development

.PHONY: test
test: .venv/dev.stamp ## Run every test: SQLite, PostgreSQL, headless Chromium
	@exec $(RUN) -m tests.run $(ARGS)

# Lint and tests side by side; pytest-testmon knows which tests ran which function, and its
# exit status 5 means that a change touches none.
.PHONY: check
check: .venv/dev.stamp ## Lint, and run the tests that your changes touch
	@$(MAKE) --no-print-directory --jobs=2 --output-sync lint touched

.PHONY: touched
touched: .venv/dev.stamp
	@TESTMON_DATAFILE=.pytest_cache/testmon $(RUN) -m pytest --testmon --testmon-forceselect --quiet \
	  -m "not browser" --numprocesses=auto --dist=worksteal $(ARGS) || test $$? -eq 5

.PHONY: audit
audit: .venv/base.stamp ## Check HTML, accessibility, weight and speed of every demo page
	@exec $(RUN) -m tests.audit

.PHONY: bench
bench: .venv/dev.stamp ## Measure the site beside stock Wagtail, a bare view and nginx (QUICK=1: 5 minutes)
	@exec $(RUN) -m tests.bench

.PHONY: pictures
pictures: .venv/dev.stamp ## Take the pictures in docs/ anew from the running demo
	@exec $(RUN) -m tests.pictures

.PHONY: spreadsheets
spreadsheets: .venv/dev.stamp ## Open exports in LibreOffice and compare every cell
	@exec env DJANGO_SETTINGS_MODULE=eoc_cms.settings.testing $(RUN) -m tests.spreadsheets

.PHONY: lint
lint: .venv/dev.stamp ## Check style, types, templates, layers, settings and migrations
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	$(RUN) -m mypy
	$(RUN) -m djlint --quiet --lint eoc_cms forms_app resources home
	.venv/bin/lint-imports --no-logo
	$(SAMPLE) $(RUN) manage.py check --deploy --fail-level WARNING
	$(SAMPLE) $(RUN) manage.py makemigrations --check --dry-run

.PHONY: format
format: .venv/dev.stamp ## Rewrite the code in the project's style
	$(RUN) -m ruff check --fix
	$(RUN) -m ruff format

.PHONY: lock
lock: .venv/dev.stamp ## Remake requirements/ from pyproject.toml (ARGS=--upgrade for newer versions)
	$(COMPILE) --output-file requirements/base.txt $(ARGS) >/dev/null
	$(COMPILE) --group dev --constraints requirements/base.txt --output-file requirements/dev.txt $(ARGS) >/dev/null

.PHONY: keep
keep: .venv/dev.stamp ## At a release: keep a database of this version, which later ones must upgrade
	@exec $(RUN) -m tests.released.keep

# A Python older than 3.11 is passed over for a newer one of the usual names.
# The module check comes first because Debian ships Python without venv.
.venv/bin/python:
	@{ test -w . && { test ! -e .venv || test -w .venv; }; } || { \
	  echo "The folder $(CURDIR) cannot be written to: copy the project to one that can be." >&2; exit 1; }; \
	for python in "$(PYTHON)" python3.14 python3.13 python3.12 python3.11; do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && break; \
	  python=; \
	done; \
	test -n "$$python" || { \
	  echo "Python 3.11 or newer was not found: install it, or name it as in make demo PYTHON=/path/to/python3." >&2; exit 1; }; \
	"$$python" -c 'import ensurepip, venv' >/dev/null 2>&1 || { \
	  echo "This Python has no venv module: on Debian or Ubuntu, apt-get install python3-venv adds it." >&2; exit 1; }; \
	trap 'rm -rf .venv; exit 1' INT TERM; \
	"$$python" -m venv --clear .venv || { rm -rf .venv; exit 1; }

.venv/base.stamp: requirements/base.txt .venv/bin/python
	@echo "Installing what the site needs into .venv (about a minute the first time) ..."
	@$(PIP) install --require-hashes --requirement requirements/base.txt
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/bin/python
	@echo "Installing what development needs into .venv (about a minute the first time) ..."
	@$(PIP) install --require-hashes --requirement requirements/dev.txt
	@touch $@ .venv/base.stamp
