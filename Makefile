# Mujaz: raw Arabic news articles in, a right-to-left news site out. `make help` lists the targets.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# Material announces its successor at every start; that is known.
export NO_MKDOCS_2_WARNING := 1

PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help site serve docs strict test check beyond ordeal audit bench screenshots man format lock tables eval models dist sbom advisories clean
.DEFAULT_GOAL := help

help: ## List the targets.
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1	\2/' | expand -t 16

site: $(VENV)/.site ## Build the site from the articles in seeds/, and say how to open it.
	$(BIN)/mujaz build

serve: $(VENV)/.site ## Preview the site; it follows every change to an article or a page.
	$(BIN)/mujaz serve

strict: $(VENV)/.site ## Build the site with MkDocs itself, any warning being an error; CI publishes this.
	$(BIN)/mkdocs build --strict

docs: $(VENV)/.site ## Build the documentation, in English and in Arabic, into .docs/.
	PYTHONPATH=. $(BIN)/python -m docs.site.reference
	$(BIN)/mkdocs build --quiet --strict --config-file docs/site/mkdocs.yml
	$(BIN)/mkdocs build --quiet --strict --config-file docs/site/mkdocs.ar.yml
	@echo "The documentation is in .docs; to open it: python3 -m http.server -d .docs 8000"

beyond: .beyond/.installed ## Install the other tools that the tests build a site with, each in a folder of its own.

test: $(VENV)/.dev ## Run the tests.
	$(BIN)/python -m pytest --numprocesses=auto --maxprocesses=4 --dist=loadfile

check: $(VENV)/.dev ## Check format, lint, types, dead code, and which way imports run.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/vulture
	$(BIN)/lint-imports

audit: $(VENV)/.dev .audit/.installed ## Build the site and measure it, and real days if MUJAZ_DATA has them, beside targets; needs npm, java.
	$(BIN)/mujaz build
	$(BIN)/python -m benchmarks.audit

screenshots: $(VENV)/.dev ## Take the pictures of each kind of page in docs/ again.
	$(BIN)/mujaz build
	$(BIN)/python -m benchmarks.screenshots

ordeal: $(VENV)/.dev ## Kill builds, damage their state, have calls of the system fail: hours; prints figures.
	$(BIN)/python -m tests.ordeal.kills 200
	$(BIN)/python -m tests.ordeal.faults 1000
	$(BIN)/python -m tests.ordeal.damages 500
	$(BIN)/python -m tests.ordeal.trios 60

bench: $(VENV)/.dev .bench/.installed ## Measure how fast sites are rendered, by Mujaz and by others; needs npm.
	$(BIN)/python -m benchmarks.speed --document

format: $(VENV)/.dev ## Format the code.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/.dev ## Choose the newest dependencies that pyproject.toml admits, with their hashes.
	$(BIN)/uv pip compile $(LOCK_FLAGS) pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile $(LOCK_FLAGS) --extra images --extra test --extra check --extra tables pyproject.toml -o requirements-dev.lock
	$(BIN)/uv pip compile $(LOCK_FLAGS) --group build --constraints requirements.lock -o requirements-build.lock
	$(BIN)/uv pip compile $(LOCK_FLAGS) --resolution lowest-direct --constraints requirements-build.lock pyproject.toml -o requirements-oldest.lock
	for tool in $(OTHER_TOOLS); do echo $$tool | $(BIN)/uv pip compile $(LOCK_FLAGS) - -o tests/beyond/$$tool.txt || exit 1; done
LOCK_FLAGS := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

tables: $(VENV)/.dev ## Compile the tables again, after one was edited.
	$(BIN)/python -m mujaz.data.compile_tables
	$(BIN)/python -m mujaz.training.tables
	$(BIN)/python -m mujaz.training.theme_words

eval: $(VENV)/.training ## Measure what is understood, each figure beside its target, from the folder MUJAZ_DATA.
	@for each in cases newspapers pages saved_pages dates encodings entities sidebars stories topics newsday names search; do \
	  echo "== $$each"; $(BIN)/python -m benchmarks.$$each || exit 1; done

models: $(VENV)/.training ## Train the models again, from the folder MUJAZ_DATA; takes an hour, and large downloads.
	$(BIN)/python -m mujaz.training.words
	$(BIN)/python -m mujaz.training.word_vectors
	$(BIN)/python -m mujaz.training.headlines
	$(BIN)/python -m mujaz.training.entities
	$(BIN)/python -m mujaz.training.topics
	$(BIN)/python -m mujaz.training.nouns
	$(BIN)/python -m mujaz.training.stems
	$(BIN)/python -m mujaz.training.tables

man: $(VENV)/.site ## Write the manual page of the command line to dist/mujaz.1; man -l shows it.
	$(BIN)/python -m mujaz.cli.manual dist/mujaz.1

dist: $(VENV)/.site ## Build the wheel and the source archive into dist/.
	$(BIN)/python -m hatchling build -d dist

sbom: $(VENV)/.dev ## Write what a site is built with to dist/sbom.cdx.json, as a CycloneDX bill of materials.
	mkdir -p dist
	$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible -o dist/sbom.cdx.json requirements.lock

advisories: $(VENV)/.dev ## Look for known vulnerabilities in what requirements.lock pins.
	PATH="$(BIN):$$PATH" .ci/advisories

GENERATED := articles digest headlines sections stories tags people places organisations topics sources archive browse search

STYLES := $(wildcard theme_overrides/assets/*.css theme_overrides/assets/*.js)

clean: ## Remove everything that the build made.
	rm -rf $(VENV) .audit .bench .beyond .docs dist site .site.mujaz .mujaz-cache .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	rm -rf site_src/index.md $(addprefix site_src/,$(GENERATED)) site_src/assets/fonts site_src/assets/pictures
	rm -f $(STYLES:theme_overrides/%=site_src/%) site_src/feed.xml site_src/feed.json site_src/opensearch.xml site_src/_redirects site_src/redirects.nginx.conf site_src/search.md site_src/.mujaz-pages

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.site: requirements.lock requirements-build.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) install --require-hashes -r requirements.lock -r requirements-build.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q generator/mujaz # what is installed as it stands is compiled by nobody else
	@touch $@

$(VENV)/.training: pyproject.toml $(VENV)/.dev
	$(PIP) install --editable '.[training]'
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.site
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

# npm installs beside the file of what to install, so that goes to a folder of its own.
.audit/.installed: benchmarks/audit/package.json benchmarks/audit/package-lock.json
	mkdir -p $(@D)
	cp $^ $(@D)
	npm ci --prefix $(@D) --ignore-scripts --no-audit --no-fund --silent
	@touch $@

# Tools that build a site without Mujaz: each has a folder of its own, with nothing of ours in it.
OTHER_TOOLS := mkdocs properdocs zensical

.beyond/.installed: $(OTHER_TOOLS:%=tests/beyond/%.txt)
	for tool in $(OTHER_TOOLS); do \
	  $(PYTHON) -m venv .beyond/$$tool && \
	  .beyond/$$tool/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r tests/beyond/$$tool.txt || exit 1; \
	done
	@touch $@

# The programs that Mujaz is compared with have a folder of their own, and no part in its lock.
.bench/.installed: benchmarks/speed/requirements.txt benchmarks/speed/package.json
	mkdir -p $(@D)
	$(PYTHON) -m venv $(@D)/venv
	$(@D)/venv/bin/python -m pip --disable-pip-version-check --quiet install -r benchmarks/speed/requirements.txt
	cp benchmarks/speed/package.json $(@D)
	npm install --prefix $(@D) --ignore-scripts --no-audit --no-fund --silent
	@touch $@
