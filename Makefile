# The two commands are `make serve` and `make test`. Everything else is for people who change something.
PYTHON ?= python3
BIN := .venv/bin
FOLDERS := spec generative knowledge faces house

.PHONY: serve test check fix docs bench nightly lock clean $(addprefix test-,$(FOLDERS))

.venv/installed: pyproject.toml requirements.lock
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/tested: requirements-test.lock .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	touch $@

serve: .venv/installed
	$(BIN)/spinesteps serve

# Installs what the tests need, runs all but the slow ones and prints the time per folder.
test: .venv/tested
	@set -e; for folder in $(FOLDERS); do \
	  start=$$(date +%s); $(BIN)/python -m pytest -m "not nightly" tests/$$folder; \
	  echo "tests/$$folder: $$(( $$(date +%s) - start )) s"; \
	done
	$(BIN)/spinesteps lint
	$(MAKE) check

$(addprefix test-,$(FOLDERS)): test-%: .venv/tested
	$(BIN)/python -m pytest -m "not nightly" tests/$*

# Changes nothing.
check: .venv/tested
	$(BIN)/ruff check src tests bench
	$(BIN)/mypy

# Changes what can be put right by itself.
fix: .venv/tested
	$(BIN)/ruff check --fix src tests bench

# Writes docs/knowledge, docs/readings.md and docs/unverified.md from the pathway, docs/logic.md from the spec; tests/house fails while they differ.
docs: .venv/installed
	$(BIN)/spinesteps explain --on 2026-11-21 --out docs
	$(BIN)/python -m tests.spec.manual

bench: .venv/tested
	$(BIN)/python bench/one_person.py
	$(BIN)/python bench/fhir.py

# Slow, by hand: every test with many more random cases.
nightly: .venv/tested
	SPINESTEPS_RANDOM=nightly $(BIN)/python -m pytest tests

# Needs uv. The locks hold hashes and no addresses.
lock:
	uv pip compile pyproject.toml --group build --universal --generate-hashes --no-emit-index-url --no-annotate -o requirements.lock
	uv pip compile pyproject.toml --extra audit --extra prove --group build --group test --group check --group bench --universal --generate-hashes --no-emit-index-url --no-annotate -o requirements-test.lock

clean:
	rm -rf .venv
