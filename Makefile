# Every target does its own set-up, on a bare machine too: see tools/setup.

SHELL := /bin/sh
.DELETE_ON_ERROR:
.SUFFIXES:

VENV := .venv
ENVIRONMENT := $(VENV)/.installed
LOCKED := requirements-dev.txt pyproject.toml tools/setup

CONFORMANCE := .conformance
CHECKERS := $(CONFORMANCE)/venv/.installed
# IPTC's JSON Schema of ninjs 3.1; it is not part of this project.
NINJS_SCHEMA ?= ../shared/reference/ninjs-schema_3.1.json
FUZZING := .fuzz/venv/.installed
SECONDS := 60
ASSEMBLY := 2025-11-24-interpol-general-assembly
WRITING := .docs/venv/.installed
SUPPLY := .supply/venv/.installed
MEASURED := .bench/venv/.installed
BROWSING := tests/conformance/node_modules/.installed

ifeq ($(shell uname),Darwin)
# Homebrew's libraries lie where macOS does not look by itself.
export DYLD_FALLBACK_LIBRARY_PATH := $(shell brew --prefix)/lib
endif

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 20

.PHONY: render
render: $(ENVIRONMENT) ## render every press kit of the sample newsroom into dist/
	$(VENV)/bin/gapress render

.PHONY: test
test: $(ENVIRONMENT) ## lint, check types and import rules, run the tests
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	@if grep -qs '^\[tool\.importlinter' pyproject.toml || test -f .importlinter; then \
		echo $(VENV)/bin/lint-imports; $(VENV)/bin/lint-imports; fi
	$(VENV)/bin/pytest -n auto --dist worksteal

.PHONY: conformance
conformance: $(ENVIRONMENT) $(CHECKERS) $(BROWSING) ## hold rendered kits against the public checkers (installs them)
	rm -rf $(CONFORMANCE)/dist $(CONFORMANCE)/dist-draft $(CONFORMANCE)/new $(CONFORMANCE)/desk \
		$(CONFORMANCE)/institutions
	$(VENV)/bin/gapress render --output $(CONFORMANCE)/dist
	$(VENV)/bin/gapress render --draft --output $(CONFORMANCE)/dist-draft $(ASSEMBLY)
	$(VENV)/bin/python tests/conformance/lifecycle.py $(CONFORMANCE)/desk
	$(VENV)/bin/gapress -C $(CONFORMANCE)/desk/corrected render $(ASSEMBLY)
	$(VENV)/bin/gapress -C $(CONFORMANCE)/desk/withdrawn render $(ASSEMBLY)
	$(VENV)/bin/python tests/conformance/hard.py $(CONFORMANCE)/hard
	$(VENV)/bin/gapress -C $(CONFORMANCE)/hard render
	$(VENV)/bin/gapress -C tests/cases/institutions render --output $(abspath $(CONFORMANCE))/institutions
	PYTHONPATH=tests $(VENV)/bin/pytest -q -n auto tests/conformance/pictures.py
	mkdir -p $(CONFORMANCE)/new && cp -R releases $(CONFORMANCE)/new/ # catalogs from nothing
	$(VENV)/bin/gapress --directory $(CONFORMANCE)/new catalogs update
	PYTHONPATH=tests $(VENV)/bin/pytest -q tests/conformance/histories.py tests/conformance/machines.py \
		tests/conformance/isolation.py tests/conformance/tables.py
	GAPRESS_THOROUGH=1 $(VENV)/bin/pytest -q -n auto -m "hypothesis or thorough"
	$(MAKE) --no-print-directory fuzz SECONDS=20
	rm -rf $(CONFORMANCE)/preview && mkdir -p $(CONFORMANCE)/preview && cp -R releases locales $(CONFORMANCE)/preview/
	node tests/conformance/preview.mjs "$$(command -v chromium)" $(VENV)/bin/gapress $(CONFORMANCE)/preview
	PYTHONPATH=tests $(CONFORMANCE)/venv/bin/python -m conformance --ninjs-schema $(NINJS_SCHEMA) \
		--hard --catalogs locales --catalogs $(CONFORMANCE)/new/locales \
		--catalogs tests/cases/institutions/locales $(CONFORMANCE)/institutions \
		$(CONFORMANCE)/hard/dist $(CONFORMANCE)/dist $(CONFORMANCE)/dist-draft \
		$(CONFORMANCE)/desk/corrected/dist $(CONFORMANCE)/desk/withdrawn/dist
	PYTHONPATH=tests $(CONFORMANCE)/venv/bin/python -m conformance.mutations --ninjs-schema $(NINJS_SCHEMA) \
		--gapress $(VENV)/bin/gapress $(CONFORMANCE)/dist $(CONFORMANCE)/broken

.PHONY: fuzz
fuzz: $(ENVIRONMENT) $(FUZZING) ## feed the readers with anything; SECONDS=60 for each
	@set -e; for what in yaml po markup; do mkdir -p .fuzz/$$what; \
		PYTHONPATH=src .fuzz/venv/bin/python tests/fuzz/fuzz_$$what.py -max_total_time=$(SECONDS) \
			-print_final_stats=1 -artifact_prefix=.fuzz/ .fuzz/$$what >.fuzz/$$what.log 2>&1 || \
			{ tail -n 60 .fuzz/$$what.log; exit 1; }; \
		echo "$$what: $$(sed -n 's/^stat::number_of_executed_units: *//p' .fuzz/$$what.log) inputs, none with a fault"; done

.PHONY: docs
docs: $(ENVIRONMENT) $(WRITING) ## build the documentation as pages, into build/docs
	$(VENV)/bin/python tools/make_reference.py
	NO_MKDOCS_2_WARNING=1 .docs/venv/bin/mkdocs build --strict --quiet

.PHONY: bench
bench: $(ENVIRONMENT) $(MEASURED) $(BROWSING) ## measure against pandoc, WeasyPrint, Typst and LibreOffice
	$(VENV)/bin/python benchmarks/kits.py $(RELEASES)
	$(VENV)/bin/python benchmarks/tables.py
	$(VENV)/bin/python benchmarks/catalogs.py
	$(VENV)/bin/python benchmarks/preview.py

.PHONY: pictures
pictures: $(ENVIRONMENT) $(BROWSING) ## take the reference pictures anew, of what make conformance rendered
	PYTHONPATH=tests $(VENV)/bin/python -m conformance.pictures --update

.PHONY: sbom
sbom: $(ENVIRONMENT) $(SUPPLY) ## list dependencies (CycloneDX), check licences, ask for vulnerabilities
	.supply/venv/bin/python tools/supply sbom
	.supply/venv/bin/python tools/supply vulnerabilities || [ $$? = 3 ] # 3: not reachable, not checked

.PHONY: dependencies
dependencies: $(ENVIRONMENT) $(SUPPLY) ## write the table of docs/dependencies.md anew
	.supply/venv/bin/python tools/supply document

.PHONY: format
format: $(ENVIRONMENT) ## format the code and mend what the linter can
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

.PHONY: wheel
wheel: $(ENVIRONMENT) ## build the wheel into build/
	$(VENV)/bin/hatchling build -t wheel -d build

.PHONY: lock
lock: ## lock the requirements anew; make lock UPGRADE=--upgrade takes newer versions
	tools/setup lock $(UPGRADE)

.PHONY: clean
clean: ## remove everything that make has made
	rm -rf $(VENV) $(CONFORMANCE) .bench .docs .fuzz .supply dist build tests/conformance/node_modules \
		.mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(ENVIRONMENT): $(LOCKED)
	@tools/setup libraries
	@tools/setup environment $(VENV) requirements-dev.txt
	@tools/setup project $(VENV)
	@touch $@

$(CHECKERS): tests/conformance/requirements.txt tools/setup
	@tools/setup environment $(CONFORMANCE)/venv tests/conformance/requirements.txt
	@touch $@

$(WRITING): docs/requirements.txt tools/setup
	@tools/setup environment .docs/venv docs/requirements.txt
	@touch $@

$(FUZZING): tests/fuzz/requirements.txt tools/setup
	@tools/setup environment .fuzz/venv tests/fuzz/requirements.txt
	@touch $@

$(SUPPLY): tools/supply/requirements.txt tools/setup
	@tools/setup environment .supply/venv tools/supply/requirements.txt
	@touch $@

$(MEASURED): benchmarks/requirements.txt tools/setup
	@tools/setup environment .bench/venv benchmarks/requirements.txt
	@touch $@

$(BROWSING): tests/conformance/package.json tests/conformance/package-lock.json tools/setup
	@tools/setup checkers
	@touch $@
