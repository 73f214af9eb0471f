# What a developer types. Everything sets itself up on first use; see packaging/setup.
MAKEFLAGS += --no-print-directory
PYTHON_IN := .venv/bin/python
ARGS ?=
BENCH ?= pipeline

.PHONY: help run test lint bench package licences pins clean

help:
	@echo "make run      sets up what is missing and opens the library of this computer, or DATABASE_URL's"
	@echo "              (ARGS: the program's arguments; ARGS=gui starts it as it is installed)"
	@echo "make test     sets up what is missing and runs all tests (ARGS: pytest's, e.g. ARGS='-k video')"
	@echo "make lint     ruff, mypy, import contracts, licences"
	@echo "make bench    measures; BENCH=pipeline, startup, upload-s3, queue, search, review-queue, grid, analytics, duplicates, accuracy, comparing, moderation or packaged"
	@echo "make package  builds what is installed on this system (.deb, .tar.gz; .exe; .dmg) into dist/"
	@echo "make licences writes packaging/LICENSES.md anew; make pins the versions in constraints.txt"
	@echo "make clean    removes what was built and cached, .venv stays"

run:
	@packaging/setup run
	@.venv/bin/artitec-media $(or $(ARGS),$(if $(DATABASE_URL),,--profile embedded))

# On every core, each with servers, a screen and a mouse of its own.
test:
	@packaging/setup test
ifeq ($(ARGS),)
	@$(PYTHON_IN) -m pytest -n auto tests/unit tests/ui
	@$(PYTHON_IN) -m pytest -n auto --dist loadgroup tests/integration
	@$(PYTHON_IN) -m pytest -n 2 --dist loadfile tests/e2e
else
	@$(PYTHON_IN) -m pytest $(ARGS)
endif

lint:
	@packaging/setup lint
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@$(PYTHON_IN) packaging/licences.py --check

bench:
	@packaging/setup bench
	@$(PYTHON_IN) -m benchmarks.$(subst -,_,$(BENCH)) $(ARGS)

package:
	@packaging/setup package
	@.venv-package/bin/python packaging/build.py

licences:
	@packaging/setup lint
	@packaging/setup bench
	@$(PYTHON_IN) packaging/licences.py

# Pins what is installed now: upgrade with pip in .venv, run the tests, then this.
pins:
	@packaging/setup lint
	@packaging/setup bench
	@packaging/setup package
	@{ sed '/^[^#]/,$$d' packaging/constraints.txt; \
	   .venv/bin/pip --disable-pip-version-check freeze --exclude-editable; } >packaging/constraints.new
	@mv packaging/constraints.new packaging/constraints.txt

clean:
	@rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
