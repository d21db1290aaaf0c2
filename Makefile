# Each target installs what it needs first; on a fresh machine that has Python 3.11+, make and git, one word is enough.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
READY := $(VENV)/.ready

.PHONY: help serve site test check crawl lock
help:
	@echo "make serve   the site at http://localhost:8000/, rebuilt as you edit"
	@echo "make test    every test, with a browser that it finds or installs"
	@echo "make check   the content rules only: under two seconds, one line for each problem"
	@echo "make site    the strict build, into site/"
	@echo "make crawl   ADDRESS=https://…: every link of the site that is published there"
	@echo "make lock    requirements.txt anew from pyproject.toml"

serve: $(READY)
	$(RUN) -m mkdocs serve --livereload

site: $(READY)
	$(RUN) -m mkdocs build --strict

test: $(READY)
	$(RUN) -m tests.browser
	$(RUN) -m pytest

check: $(READY)
	@$(RUN) -m macros check

crawl: $(READY)
	@$(RUN) -m macros crawl "$$ADDRESS" $${COMMIT:+--commit "$$COMMIT"}

# Versions and hashes only: no address of a registry belongs in git.
lock: $(READY)
	$(RUN) -m pip install --quiet uv
	$(RUN) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" --group test pyproject.toml --output-file requirements.txt

$(READY): requirements.txt
	@echo "Installing the tools into $(VENV)/ (once, about half a minute)" >&2
	@$(PYTHON) -m venv $(VENV) >&2
	@$(RUN) -m pip install --require-hashes --disable-pip-version-check -r requirements.txt >&2
	@touch $(READY)
