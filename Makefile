# Chartmark's commands. Each sets up first whatever is missing.
PY := .venv/bin/python
BIN := .venv/bin

.PHONY: help setup run test check format lint types contracts bench bench-training bench-scoring \
  bench-accuracy tour translations clean

help:
	@echo "make run        set up, then open Chartmark on the sample project (or tour it without a display)"
	@echo "make test       set up, then run the tests"
	@echo "make check      format, lint, types, import contracts, tests: what CI runs"
	@echo "make bench      run the benchmarks; tables on screen, figures in build/bench/"
	@echo "make bench-training, bench-scoring, bench-accuracy  one of them; accuracy takes hours on a small machine"
	@echo "make tour       drive the real window through the main job; pictures in build/tour/"
	@echo "make translations  collect the texts to translate, and build what is translated"
	@echo "make format     write the code in its one format"
	@echo "make clean      remove the environment and all that was built"

setup:
	@./packaging/setup.sh

run: setup
	@./packaging/run.sh

test: setup
	@$(PY) -m pytest

check: setup
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(MAKE) --no-print-directory test

format: setup
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lint: setup
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: setup
	@$(BIN)/mypy

contracts: setup
	@$(BIN)/lint-imports --no-cache

bench: setup
	@$(PY) -m tests.benchmarks

bench-training bench-scoring bench-accuracy: bench-%: setup
	@$(PY) -m tests.benchmarks $*

tour: setup
	@$(PY) -m tests.tour

translations: setup
	@$(PY) packaging/translations.py update
	@$(PY) packaging/translations.py release

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
