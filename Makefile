# Every task of a developer. `make up` shows the site; `make check` goes before a commit.
# Each step is done once and again only when what it was made from changes.

VENV := .venv
BIN := $(VENV)/bin
UV_COMPILE := $(BIN)/uv pip compile -q --generate-hashes --python-version 3.11 \
    --custom-compile-command "make lock"
FRONTEND_FILES := $(shell find frontend -name node_modules -prune -o -type f -print)
STATIC := src/fourfold_web/base/static/fourfold
HOST ?= 127.0.0.1
PORT ?= 8000
FAST := not slow and not browser

export PYTHONUTF8 := 1

.PHONY: help install up test check lint fix bench docs lock browser clean
.DELETE_ON_ERROR:

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile

install: $(VENV)/.product frontend/node_modules/.built ## install everything that running needs

up: install ## start the site with the demonstration region at http://127.0.0.1:8000
	@exec $(BIN)/fourfold up --host $(HOST) --port $(PORT)

test: $(VENV)/.dev frontend/node_modules/.built browser ## install what tests need and run all of them
	$(BIN)/pytest -n 2 --dist loadfile

check: lint ## run all quick checks: what lint does, then the fast tests
	$(BIN)/pytest -n 2 --dist loadfile -q -m "$(FAST)"

lint: $(VENV)/.dev frontend/node_modules/.built ## look at format, style, types, layers and sizes
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/python -m checks
	$(BIN)/mypy
	cd frontend && npm run --silent check

fix: $(VENV)/.dev ## format, mend what the linter can, rewrite the pages made from the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python -m checks.generated

bench: install $(VENV)/.dev ## run the benchmarks and print their figures
	$(BIN)/python -m benchmarks

docs: $(VENV)/.dev ## build the documentation into site/, every link checked
	$(BIN)/mkdocs build --strict --quiet

browser: .fourfold-tools/chromium-path ## find or fetch a Chromium for the browser tests

lock: $(VENV)/.made ## pin the newest versions that requirements/*.in allow
	$(UV_COMPILE) requirements/virtualenv.in -o requirements/virtualenv.lock
	$(UV_COMPILE) requirements/build.in -o requirements/build.lock
	$(UV_COMPILE) requirements/product.in -o requirements/product.lock
	$(UV_COMPILE) requirements/spark.in -c requirements/product.lock -o requirements/spark.lock
	$(UV_COMPILE) requirements/dev.in -c requirements/product.lock -o requirements/dev.lock

clean: ## remove what install and tests made; the data in .fourfold stays
	rm -rf $(VENV) frontend/node_modules $(STATIC) .fourfold-tools site
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis

# An environment belongs to the folder it was made in: a moved one is made anew.
ifneq ($(shell cat $(VENV)/.made 2>/dev/null),$(CURDIR))
.PHONY: $(VENV)/.made
endif

$(VENV)/.made: requirements/build.lock deploy/install/make-venv
	@echo "Making the virtual environment"
	@deploy/install/make-venv
	@pwd > $@

$(VENV)/.product: $(VENV)/.made requirements/product.lock pyproject.toml
	@echo "Installing Fourfold's packages"
	@deploy/install/packages requirements/product.lock
	@$(BIN)/uv pip install -q --python $(BIN)/python --offline --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.product requirements/dev.lock requirements/spark.lock
	@echo "Installing what checks and tests need"
	@deploy/install/packages requirements/spark.lock
	@deploy/install/packages requirements/dev.lock
	@touch $@

frontend/node_modules/.installed: frontend/package-lock.json
	@echo "Installing the packages of the pages' styles and scripts"
	@cd frontend && npm ci --silent --no-fund --no-audit || npm ci --no-fund --no-audit
	@touch $@

frontend/node_modules/.built: frontend/node_modules/.installed $(FRONTEND_FILES)
	@echo "Building the pages' styles and scripts"
	@cd frontend && npm run --silent build >node_modules/.build.log 2>&1 || \
	    { cat node_modules/.build.log >&2; exit 1; }
	@touch $@

ifeq ($(wildcard $(STATIC)/fourfold.css),)
.PHONY: frontend/node_modules/.built
endif

.fourfold-tools/chromium-path: $(VENV)/.dev deploy/install/find-browser
	@deploy/install/find-browser
