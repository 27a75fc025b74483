# Each target sets up what it needs, in .venv and nowhere else. What is there already is not done again.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CHROMIUM := /usr/bin/chromium

.PHONY: run test lint chromium bench clean

run: $(VENV)/ready-to-run  ## serve the page
	@$(BIN)/python app.py

test: lint chromium  ## everything that must hold
	@echo "Testing"
	@$(BIN)/python -m pytest -m "not browser" --numprocesses logical --maxprocesses 4 --dist loadfile
	@echo "Testing in a browser, one after the other: each keeps two processors busy"
	@$(BIN)/python -m pytest tests/browser

lint: $(VENV)/ready-to-test  ## style and types
	@echo "Checking style and types"
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

bench: $(VENV)/ready-to-bench  ## make bench BENCHMARKS=FOLDER QUESTIONS=FILE [ONLY="NAME …"]: measure; takes hours
	@if [ ! -d "$(BENCHMARKS)" ] || [ ! -f "$(QUESTIONS)" ]; then \
	  echo "Name the test collections and the questions: make bench BENCHMARKS=FOLDER QUESTIONS=FILE"; exit 1; fi
	@$(BIN)/python -m tests.benchmarks $(BENCHMARKS) $(QUESTIONS) $(if $(ONLY),--only $(ONLY))

clean:  ## take away what the targets made; your readings stay
	@echo "Removing $(VENV), caches and built files"
	@rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed. Install it, or name it: make run PYTHON=python3.12"; exit 1; }
	@echo "Making the environment $(VENV)"
	@$(PYTHON) -m venv $(VENV) || { \
	  rm -rf $(VENV); echo "This Python can't make environments. On Debian: apt-get install python3-venv"; exit 1; }

# The lock goes into the same call, so that no newer torch is fetched first.
$(VENV)/ready-to-run: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing the program and its tested libraries into $(VENV) (some minutes, this time only)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e .
	@touch $@

$(VENV)/ready-to-test: $(VENV)/ready-to-run
	@echo "Installing the tools for tests into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[test]'
	@touch $@

$(VENV)/ready-to-bench: $(VENV)/ready-to-test
	@echo "Installing what the program is measured beside into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[bench]'
	@touch $@

chromium:
	@if [ -x $(CHROMIUM) ]; then exit 0; fi; \
	if ! command -v apt-get >/dev/null; then \
	  echo "The browser tests need Chromium at $(CHROMIUM). Install it with your system's packages, or run"; \
	  echo "the other tests: $(BIN)/python -m pytest -m 'not browser'"; exit 1; fi; \
	as_root=; [ "$$(id -u)" = 0 ] || as_root=sudo; \
	echo "Installing Chromium for the browser tests (Debian's package)"; \
	$$as_root apt-get update -qq && $$as_root apt-get install -qq -y --no-install-recommends chromium >/dev/null
