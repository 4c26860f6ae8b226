# make run: start the app.  make test: everything CI runs.  Both create their own environment in .venv.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin

.PHONY: run replicas test lint fast browser prove mutate layout bench audit fuzz clean

run: .venv/run
	$(BIN)/python -m uvicorn asgi_app:app --host 127.0.0.1 --port $(PORT)

replicas: .venv/run nginx
	$(BIN)/python deploy/replicas.py

test: .venv/test chromium nginx
	$(BIN)/ruff check .
	$(BIN)/python -m pytest -n 2 --dist worksteal tests
	$(BIN)/python -m pathways prove | tail -n 2
	$(BIN)/python -m pathways mutate --share 0.1 --seed 2020 | tail -n 2
	$(BIN)/python -m tests.audit

fast: .venv/test
	$(BIN)/python -m pytest -n 2 --ignore tests/browser tests

browser: .venv/test chromium
	$(BIN)/python -m pytest tests/browser

lint: .venv/test
	$(BIN)/ruff check .

prove: .venv/run
	$(BIN)/python -m pathways prove

mutate: .venv/test
	$(BIN)/python -m pathways mutate

layout: .venv/run
	$(BIN)/python -m pathways layout

bench: .venv/test chromium
	$(BIN)/python -m benchmarks

audit: .venv/test
	$(BIN)/python -m tests.audit

fuzz: .venv/test
	$(BIN)/python -m tests.fuzz

.venv/run: requirements.lock
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	touch $@

.venv/test: .venv/run requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	npm install --silent --no-fund --no-audit --no-save --no-package-lock --prefix .venv/node @pa11y/html_codesniffer@2.6.0
	touch $@

.PHONY: chromium
chromium:
	@command -v chromium >/dev/null || (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null)

.PHONY: nginx
nginx:
	@PATH=$$PATH:/usr/sbin; command -v nginx >/dev/null || (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nginx-light >/dev/null)

clean:
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis build
