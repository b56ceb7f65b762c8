# Two commands are enough: `make run` and `make test`. Both set everything up by themselves.

PYTHON ?= python3
PORT ?= 8501
ROOM ?=
VENV := .venv
BIN := $(VENV)/bin
# Files with few tests take the most time, so they begin first.
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder
# Compiled once, beside the packages and not among the sources: a process that compiles all that it imports starts
# twice as slowly.
export PYTHONPYCACHEPREFIX ?= $(CURDIR)/$(VENV)/compiled
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test proofs crawl bench lint approve schemas clean

run: $(VENV)/.run ## open the app (ROOM=1: for everybody on this network)
	$(BIN)/python -m views.web.serve --port $(PORT) $(if $(ROOM),--room)

test: $(VENV)/.dev ## run the tests; as root on Debian it installs Chromium when there is none
	sh tests/ensure_programs.sh
	$(PYTEST) -m "not long" $(ARGS)

proofs: $(VENV)/.dev ## run the longer proofs: generated projects that train, every button of the board, every page with axe
	sh tests/ensure_programs.sh
	$(PYTEST) -m long $(ARGS)

crawl: $(VENV)/.dev ## use the app at random for long; CRAWL_SEED, _STEPS, _PAGES, _ROLES, _FILLINGS choose what
	sh tests/ensure_programs.sh
	$(BIN)/python -m tests.e2e.crawl

bench: $(VENV)/.dev ## measure speed on this machine and write docs/benchmarks.md; takes some minutes
	sh tests/ensure_programs.sh
	$(BIN)/python -m tests.bench

lint: $(VENV)/.dev ## style, types and the order of the rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

approve: $(VENV)/.dev ## rewrite the golden files; read the diff before you commit it
	APPROVE=1 $(BIN)/python -m pytest tests/test_golden.py
	git diff --stat tests/golden

schemas: $(VENV)/.dev ## write the JSON Schemas that editors use, and docs/models.md
	$(BIN)/python -m views.terminal.schemas
	$(BIN)/python -m templates.models_page.catalogue

clean: ## remove the environment and caches, never your data
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/.run: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Try: make run PYTHON=python3.12"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements.txt
	touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt requirements-postgres.txt $(VENV)/.run
	$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements-dev.txt
	touch $@
