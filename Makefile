# Each target installs what it needs first; on a fresh machine that has Python 3.11+, make and git, one word is enough.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
READY := $(VENV)/.ready
READY_TO_TEST := $(VENV)/.ready-to-test

.PHONY: help serve site test test-all check crawl lock
help:
	@echo "make serve   the site at http://localhost:8000/, rebuilt as you edit"
	@echo "make test    every test, with a browser that it finds or installs"
	@echo "make test-all  the long sums and other browsers too: what the weekly run does"
	@echo "make check   the content rules only: under two seconds, one line for each problem"
	@echo "make site    the strict build, into site/"
	@echo "make crawl   ADDRESS=https://…: every link of the site that is published there"
	@echo "make lock    requirements.txt and requirements-test.txt anew from pyproject.toml"

serve: $(READY)
	$(RUN) -m mkdocs serve --livereload

site: $(READY)
	$(RUN) -m mkdocs build --strict

test: $(READY_TO_TEST)
	$(RUN) -m tests.browser
	$(RUN) -m pytest

test-all: $(READY_TO_TEST)
	$(RUN) -m tests.browser all
	$(RUN) -m pytest -m "heavy or not heavy"

check: $(READY)
	@$(RUN) -m macros check

crawl: $(READY)
	@$(RUN) -m macros crawl "$$ADDRESS" $${COMMIT:+--commit "$$COMMIT"}

# Versions and hashes only: no address of a registry belongs in git. What both files name has one version.
COMPILE = $(RUN) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --custom-compile-command "make lock"
lock: $(READY)
	$(RUN) -m pip install --quiet uv
	$(COMPILE) pyproject.toml --output-file requirements.txt
	$(COMPILE) --group test --constraint requirements.txt --output-file requirements-test.txt

$(READY): requirements.txt
	@$(PYTHON) install.py
	@touch $@

$(READY_TO_TEST): requirements-test.txt $(READY)
	@$(PYTHON) install.py test
	@touch $@
