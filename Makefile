# What these targets make lies in .venv/ and .switchyard/ of this checkout, and in caches that git ignores.
.DEFAULT_GOAL := help
.PHONY: help setup up test unit lint bench sweep scan down
PYTHON ?= python3
BIN := .venv/bin

help: ## List the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/pip check --disable-pip-version-check
	@touch $@

setup: .venv/installed ## Make .venv and install what requirements.lock pins

up: setup ## Bring the staging stack up in the sandbox and show what runs
	@$(BIN)/switchyard up -s staging --sandbox

test: setup ## Run every test, the real engine's included, and hold the coverage
	@$(BIN)/switchyard sandbox start && $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder --cov --cov-report=term

unit: setup ## Run the tests that need neither engine nor emulator
	@$(BIN)/pytest -n 2 -m "not engine and not emulator"

lint: setup ## Check style and types
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

bench: setup ## Measure rendering and the commands, as ratios within one run (about 7 minutes)
	@$(BIN)/python -m tests.bench

sweep: setup ## Make every property of production worse in turn, and list what no rule notices
	@$(BIN)/python -m tests.sweep > docs/reference/sweep.md

scan: setup ## Let a public scanner (checkov, in a virtual environment of its own) read production, and list what it finds
	@$(PYTHON) -m venv .switchyard/checkov && .switchyard/checkov/bin/pip install --quiet --disable-pip-version-check checkov==3.3.30
	@$(BIN)/python -m tests.scan .switchyard/checkov/bin/checkov > docs/reference/scan.md

down: setup ## Destroy the sandbox's staging stack and stop the emulator
	@$(BIN)/switchyard down -s staging --sandbox
