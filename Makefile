# make serve: this site at http://127.0.0.1:8000/     make test: every test
# Both make .venv first; PORT=8080 and PYTHON=python3.12 choose another port and interpreter.
PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin

.PHONY: serve freeze test golden lint wheel clean

serve: .venv/.serve
	$(BIN)/flask serve --port $(PORT)

freeze: .venv/.serve
	$(BIN)/flask freeze

test: .venv/.test
	$(BIN)/pytest -n auto

golden: .venv/.test
	$(BIN)/python tests/golden/renew.py

lint: .venv/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

wheel: .venv/.test
	$(BIN)/pip wheel --quiet --no-deps --wheel-dir dist .

clean:
	rm -rf .venv .flatleaf build dist

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Flatleaf needs Python 3.11 or newer: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.serve: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --use-pep517 -c constraints.txt -e .
	@touch $@

.venv/.test: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --use-pep517 -c constraints.txt -e '.[test]'
	@touch .venv/.serve $@
