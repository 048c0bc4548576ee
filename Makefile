# One command from a clone: `make run`. Needs make and Python 3.11 to 3.14, nothing else.
# The first start downloads what constraints.txt pins into .venv; later starts need no network.

SHELL := /bin/sh
PYTHON ?=
SOURCE ?= samples
WAREHOUSE ?= data
PYTEST_ARGS ?=
# One worker a core, a file at a time; `make test PARALLEL=` runs in one process.
PARALLEL ?= -n auto --maxprocesses 4 --dist loadfile

BIN := .venv/bin
comma := ,
PY := $(BIN)/python
PINS := pyproject.toml constraints.txt
# The next major DuckDB, in an environment that has all else from .venv.
BIN2 := .venv-duckdb2/bin
PINS2 := $(PINS) constraints-duckdb2.txt

# First interpreter that is new enough and can make a virtual environment.
FIND_PYTHON = for p in $(PYTHON) python3.11 python3.12 python3.13 python3.14 python3 python; do \
	$$p -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' \
	2>/dev/null && { echo $$p; break; }; done

# $(call install,stamp,what): installs unless the stamp already names these very pins.
define install
	@cksum $(PINS) | cmp -s - .venv/$(1).stamp || { \
	set -e; \
	test -x $(PY) || { \
		python=$$($(FIND_PYTHON)); \
		test -n "$$python" || { echo "make: no Python 3.11 to 3.14 with venv and ensurepip found;" \
			"install one (Debian: python3 and python3-venv) or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; }; \
		echo "Making .venv with $$($$python --version) (first start only)"; \
		$$python -m venv .venv; }; \
	echo "Installing $(2) into .venv (pinned in constraints.txt)"; \
	$(PY) -m pip install -qq --disable-pip-version-check -c constraints.txt -e '$(2)'; \
	cksum $(PINS) > .venv/$(1).stamp; }
endef

.DEFAULT_GOAL := help
.PHONY: help run test test-slow test-ocr test-scale test-duckdb2 lint types score bench browser clean core-env test-env ocr-env scale-env duckdb2-env

help: ## this list
	@sed -n 's/^\([a-z0-9-]*\):[^#]*## \(.*\)/  make \1@\2/p' $(firstword $(MAKEFILE_LIST)) | column -t -s @ 2>/dev/null \
	|| sed -n 's/^\([a-z0-9-]*\):[^#]*## /  make \1  /p' $(firstword $(MAKEFILE_LIST))

run: core-env ## the flow over samples/ into data/ (SOURCE=folder WAREHOUSE=folder)
	@$(BIN)/townfacts run '$(SOURCE)' --warehouse '$(WAREHOUSE)'

test: test-env ## the tests, without the slow ones (PYTEST_ARGS=... adds arguments)
	@$(PY) -m pytest -m 'not slow' $(PARALLEL) $(PYTEST_ARGS)

test-slow: test-env ## the slow tests: the built wheel in an empty environment, kills, large inputs; then the timed ones alone
	@$(PY) -m pytest -m 'slow and not timed and not ocr and not scale' $(PARALLEL) $(PYTEST_ARGS)
	@$(PY) -m pytest -m timed $(PYTEST_ARGS) || test $$? -eq 5

test-ocr: ocr-env ## the tests of scans with the recogniser itself (installs the extra ocr, 340 MB)
	@$(PY) -m pytest -m ocr $(PYTEST_ARGS)

test-duckdb2: duckdb2-env ## the tests without the slow ones, and the slow ones of the warehouse, on DuckDB 2
	@$(BIN2)/python -m pytest -m 'not slow' $(PARALLEL) $(PYTEST_ARGS)
	@$(BIN2)/python -m pytest -m slow tests/warehouse $(PARALLEL) $(PYTEST_ARGS)

test-scale: scale-env ## the tests of several machines (installs the extras ducklake and dask; wants PostgreSQL)
	@$(PY) -m pytest -m scale $(PYTEST_ARGS)

lint: test-env ## ruff check and format check
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: test-env ## mypy, strict
	@$(BIN)/mypy

score: test-env ## precision, recall and F1 on gold and case banks; writes docs/accuracy.md
	@$(PY) -m flows.score

bench: test-env ## every figure asked beside the figure measured (BENCH=... names some)
	@$(PY) -m benchmarks $(BENCH)

browser: ## Chromium and a Chinese font from Debian's packages, for the tests of the review pages (as root)
	@apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
		chromium fonts-noto-cjk > /dev/null

clean: ## remove .venv, caches and build output (data/ stays)
	rm -rf .venv .venv-duckdb2 build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

core-env:
	$(call install,core,.)

test-env:
	$(call install,test,.[test])

ocr-env: test-env
	$(call install,ocr,.[test$(comma)ocr])

duckdb2-env: test-env
	@cksum $(PINS2) | cmp -s - .venv-duckdb2/stamp || { \
	set -e; \
	$(PY) -m venv --clear --without-pip .venv-duckdb2; \
	all=$$($(PY) -c 'import sysconfig; print(sysconfig.get_path("purelib"))'); \
	own=$$($(BIN2)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))'); \
	echo "Installing $$(cat constraints-duckdb2.txt) into .venv-duckdb2"; \
	$(PY) -m pip install -qq --disable-pip-version-check --no-deps --target "$$own" -r constraints-duckdb2.txt; \
	echo "import site; site.addsitedir('$$all')" > "$$own/all-else.pth"; \
	cksum $(PINS2) > .venv-duckdb2/stamp; }

# The server is Debian's; where it is not installed and cannot be, the tests say so and skip.
scale-env: test-env
	$(call install,scale,.[test$(comma)ducklake$(comma)dask])
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || { \
		test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql >/dev/null; } || \
		echo "make: no PostgreSQL server here (Debian: apt-get install postgresql); its tests will be skipped" >&2
