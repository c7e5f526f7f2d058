# The two commands are `make serve` and `make test`. Everything else is for people who change something.
PYTHON ?= python3
BIN := .venv/bin
FOLDERS := spec generative knowledge faces house

.PHONY: serve test check fix docs coverage rename pythons bench fuzz nightly lock clean $(addprefix test-,$(FOLDERS))

# What only builds the package lives apart and never in the installed environment.
.build/installed: requirements-build.lock
	$(PYTHON) -m venv .build
	.build/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-build.lock
	touch $@

.venv/installed: pyproject.toml requirements.lock .build/installed
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	.build/bin/python -c "import hatchling.build as build; print(build.build_editable('.build'))" > .build/wheel
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall .build/$$(tail -n 1 .build/wheel)
	touch $@

.venv/tested: requirements-test.lock .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	touch $@

# HOST=0.0.0.0 opens it to the network (answers then travel unencrypted); PORT= chooses the port.
serve: .venv/installed
	$(BIN)/spinesteps serve --deployment deployment.toml $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT))

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
	$(BIN)/ruff check src tests bench fuzz
	$(BIN)/mypy

# Changes what can be put right by itself.
fix: .venv/tested
	$(BIN)/ruff check --fix src tests bench fuzz

# Writes docs/knowledge and the ledgers (claims, conflicts, readings, evidence, statements, unverified) from the pathway, docs/logic.md from the spec; tests/house fails while they differ.
docs: .venv/installed
	$(BIN)/spinesteps explain --on 2026-11-21 --out docs
	$(BIN)/python -m tests.spec.manual

# Which branches of the rooms that decide are ever taken, by the tests that exercise them most; a floor for each room.
COVERING := tests/spec tests/knowledge/test_examples.py tests/knowledge/test_history.py tests/knowledge/test_timetable.py \
  tests/knowledge/test_numbers.py tests/knowledge/test_evidence.py tests/knowledge/test_claims.py tests/knowledge/test_standards.py \
  tests/faces/test_assess_facts.py tests/faces/test_assess_fhir.py tests/faces/test_deployment.py \
  tests/faces/test_programme.py tests/faces/test_reading.py tests/faces/test_api.py tests/faces/test_packet.py \
  tests/faces/test_bad_input_facts.py tests/faces/test_read_fhir.py tests/faces/test_doors.py \
  tests/faces/test_stays_and_deaths.py tests/faces/test_medicines_record.py tests/faces/test_self_check.py \
  tests/faces/test_known.py tests/knowledge/test_self_check.py
coverage: .venv/tested
	mkdir -p .coverage
	$(BIN)/python -m coverage run -m pytest -m "not nightly" $(COVERING)
	$(BIN)/python -m tests.branches

# The doors on the oldest and the newest Python that can be had here; the answers must be equal byte for byte.
pythons: .venv/tested
	$(BIN)/python -m tests.pythons $(VERSIONS)

# An advice, red flag or fact of our own under another name, everywhere: make rename OLD=flare-plan NEW=plan-for-a-flare
rename: .venv/tested
	$(BIN)/python -m tests.house.rename $(OLD) $(NEW)

bench: .venv/tested
	$(BIN)/python bench/one_person.py
	$(BIN)/python bench/checks.py
	$(BIN)/python bench/fhir.py
	$(BIN)/python bench/table.py
	@if command -v npm > /dev/null; then \
	  (cd bench/peers/cql && npm install --silent --ignore-scripts) && $(BIN)/python bench/cql.py; \
	else echo "bench/cql.py is left out: it needs Node 20 or newer."; fi

# Slow, by hand: damaged inputs through every door, so many seconds each. What breaks a door is written to .fuzz.
FUZZED := facts fhir folders dates dosages references
SECONDS_EACH := 180
.fuzz/installed: .venv/installed
	$(PYTHON) -m venv .fuzz
	.fuzz/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	.fuzz/bin/python -m pip install --quiet --disable-pip-version-check --no-deps .build/$$(tail -n 1 .build/wheel)
	.fuzz/bin/python -m pip install --quiet --disable-pip-version-check atheris==3.0.0
	touch $@

fuzz: .fuzz/installed
	@set -e; for one in $(FUZZED); do \
	  .fuzz/bin/python fuzz/$$one.py -max_total_time=$(SECONDS_EACH) -artifact_prefix=.fuzz/; \
	done

# Slow, by hand: every test with many more random cases, and the tables on PostgreSQL and Spark too.
# Spark needs Java 17 or later (apt-get install default-jre-headless); without it its tests fail and say so.
.venv/nightly: requirements-nightly.lock .venv/tested
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-nightly.lock
	touch $@

nightly: .venv/nightly
	SPINESTEPS_RANDOM=nightly $(BIN)/python -m pytest tests

# Needs uv. The locks hold hashes and no addresses.
lock:
	uv pip compile pyproject.toml --group install --universal --generate-hashes --no-emit-index-url --no-annotate -o requirements.lock
	uv pip compile --group build --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-annotate -o requirements-build.lock
	uv pip compile pyproject.toml --extra audit --extra prove --group install --group build --group test --group check --universal --generate-hashes --no-emit-index-url --no-annotate -o requirements-test.lock
	uv pip compile pyproject.toml --extra spark --extra postgres --group nightly --constraint requirements-test.lock --universal --generate-hashes --no-emit-index-url --no-annotate -o requirements-nightly.lock

clean:
	rm -rf .venv .fuzz .build .pythons .coverage dist
