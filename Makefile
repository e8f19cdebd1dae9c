# One entrance to everything a contributor does. `make` alone explains itself.

VENV := .venv
PY := $(VENV)/bin/python
# The first of python3.11 and python3 that runs, is 3.11 or newer and can make a virtual environment.
PYTHON ?= $(shell for p in python3.11 python3; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

ARGS ?=
KILLS ?= 50
PEOPLE ?= 300
ROUNDS ?= 1
STORE ?=
CODE := $(wildcard src tests fuzz bench tools)
NODE := tools/node.sh
WEB_SOURCES := $(shell find web sdk/js -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -not -path '*/test/*')

# Only what a lock names, only if the hash is right, and nothing is compiled.
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check
LOCKED := $(INSTALL) --require-hashes --only-binary=:all: -r
COMPILE := $(VENV)/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
	--no-annotate --python-version 3.11

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup setup-test run test test-fast check format generate lock bench chaos storm clean

help: ## this text
	@echo 'Teahouse, a self-hosted instant-messaging server.'
	@echo
	@echo 'To run it:        make run'
	@echo 'To work on it:    make test-fast while you write, make format check test before you commit'
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo 'Options:  make run ARGS="--help"   make lock ARGS=--upgrade   make chaos KILLS=200   make storm PEOPLE=40   make setup PYTHON=...'

# The stamps inside .venv make the second call instant; a changed lock or pyproject.toml makes them old.

$(VENV)/.made:
	@test -n '$(PYTHON)' || { echo 'Python 3.11 or newer with venv is needed: apt install python3 python3-venv' >&2; exit 1; }
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.base: requirements/base.lock | $(VENV)/.made
	$(LOCKED) requirements/base.lock
	@touch $@

$(VENV)/.project: pyproject.toml $(VENV)/.base
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements/test.lock $(VENV)/.project
	$(LOCKED) requirements/test.lock
	@touch $@

# The web client is built into the package. Where no Node.js is to be had, the server runs without it and says so; then
# the stamp is missing and the next call tries again. What only tests and checks need is left out here (--omit=dev).
$(VENV)/.web: package-lock.json $(WEB_SOURCES) $(VENV)/.project
	@echo 'Building the web client ...'
	@$(NODE) npm ci --omit=dev --ignore-scripts --silent && $(NODE) npm run build --silent && touch $@ \
		|| { [ $$? = 69 ] && echo 'The server will run without its web client.' >&2; }

$(VENV)/.web-test: package-lock.json $(WEB_SOURCES) $(VENV)/.project
	$(NODE) npm ci --ignore-scripts --silent
	$(NODE) npm run build --silent
	@touch $@ $(VENV)/.web

# Peers that come from elsewhere than PyPI; only the whole test run needs them.
$(VENV)/.newman: tests/newman/package-lock.json $(VENV)/.project
	cd tests/newman && ../../$(NODE) npm ci --ignore-scripts --silent
	@touch $@

$(VENV)/.mqttjs: tests/mqttjs/package-lock.json $(VENV)/.project
	cd tests/mqttjs && ../../$(NODE) npm ci --ignore-scripts --silent
	@touch $@

# Chromium with Chinese letters, and what looks over the pages in it.
$(VENV)/.browser: tests/browser/package-lock.json $(VENV)/.test
	tools/debian.sh chromium chromium
	fc-list :lang=zh 2>/dev/null | grep -q . || tools/debian.sh no-command fontconfig fonts-noto-cjk fonts-noto-color-emoji
	cd tests/browser && ../../$(NODE) npm ci --ignore-scripts --silent
	@touch $@

# A RabbitMQ for the tests that start one; Debian's own service of it is neither started nor enabled.
$(VENV)/.rabbitmq: $(VENV)/.test
	NO_SERVICE=rabbitmq-server tools/debian.sh rabbitmq-server rabbitmq-server
	@touch $@

# The engines of many machines, likewise: the tests start their own.
POSTGRES := $(lastword $(wildcard /usr/lib/postgresql/*/bin/postgres) postgres)
$(VENV)/.engines: $(VENV)/.test
	NO_SERVICE=redis-server tools/debian.sh redis-server redis-server
	NO_SERVICE=mariadb tools/debian.sh mariadbd mariadb-server
	NO_SERVICE=postgresql tools/debian.sh $(POSTGRES) postgresql
	NO_SERVICE=nginx tools/debian.sh nginx nginx-light libnginx-mod-stream
	NO_SERVICE=mosquitto tools/debian.sh mosquitto_sub mosquitto-clients
	NO_SERVICE=mosquitto tools/debian.sh mosquitto mosquitto
	@touch $@

setup: $(VENV)/.project $(VENV)/.web ## make .venv with the server and what it needs, build the web client

setup-test: $(VENV)/.test $(VENV)/.web-test ## the same, with the tools of the tests and checks

run: setup ## start the server; ARGS go to `teahouse serve`
	$(VENV)/bin/teahouse serve $(ARGS)

test: setup-test $(VENV)/.newman $(VENV)/.mqttjs $(VENV)/.browser $(VENV)/.rabbitmq $(VENV)/.engines ## all tests; ARGS go to pytest
	$(NODE) npm test --silent
	$(PY) -m pytest $(ARGS)

test-fast: setup-test ## the tests that start no process: seconds
	TEAHOUSE_BIN= $(NODE) npm test --silent
	$(PY) -m pytest -m 'not service and not slow' $(ARGS)

check: setup-test ## format, lint, types, layers, budgets, docs; changes nothing
	$(PY) -m ruff format --check --quiet .
	$(PY) -m ruff check --quiet .
	$(PY) -m mypy $(CODE)
	$(VENV)/bin/lint-imports --no-logo
	$(PY) -m pytest --quiet tests/test_project.py tests/test_project_web.py $(wildcard tests/docs)
	$(NODE) npm run --silent check
	$(NODE) npm run --silent generated --workspace sdk/js

format: setup-test ## let ruff write the code and repair what it can
	$(PY) -m ruff check --fix --quiet . || true
	$(PY) -m ruff format .
	$(NODE) npm run --silent format

generate: setup-test ## write what follows from the source: schema, OpenAPI, settings, metrics, the messages of gRPC, the SDK's types
	$(PY) -m tools.schema
	$(PY) -m tools.openapi
	$(PY) -m tools.settings
	$(PY) -m tools.metrics
	$(PY) -m tools.proto
	$(NODE) npm run --silent generate --workspace sdk/js

lock: setup-test ## write requirements/*.lock anew from *.in; ARGS=--upgrade takes newer versions
	$(COMPILE) $(ARGS) -o requirements/base.lock requirements/base.in
	$(COMPILE) $(ARGS) -c requirements/base.lock -o requirements/scale.lock requirements/scale.in
	$(COMPILE) $(ARGS) -c requirements/scale.lock -o requirements/desk.lock requirements/desk.in
	$(COMPILE) $(ARGS) -c requirements/scale.lock -c requirements/desk.lock -o requirements/test.lock requirements/test.in
	$(COMPILE) $(ARGS) -o requirements/node.lock requirements/node.in

bench: setup-test ## measure; ARGS choose what
	$(PY) -m bench $(ARGS)

chaos: setup-test ## kill the server KILLS times and look for a lost or doubled message
	KILLS=$(KILLS) $(PY) -m pytest tests/chaos -m slow --timeout=3600 $(ARGS)

storm: setup-test $(VENV)/.engines ## kill nodes, Redis, databases under PEOPLE clients; STORE=mariadb or mongodb, ROUNDS, SEED
	PEOPLE=$(PEOPLE) ROUNDS=$(ROUNDS) $(if $(SEED),SEED=$(SEED)) $(PY) -m pytest tests/cluster/test_storm.py -s -k '$(STORE)' --timeout=1800 $(ARGS)

clean: ## remove .venv, caches and builds; never data
	rm -rf $(VENV) node_modules src/teahouse/webclient sdk/js/dist build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src $(wildcard tests fuzz bench tools) -name __pycache__ -type d -prune -exec rm -rf {} +
