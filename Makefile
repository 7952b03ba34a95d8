# Everything here runs on a bare machine with Python >= 3.11, Git and make.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
SOURCE_ONLY := antlr4-python3-runtime
# The extra alone: the serve image carries no compiler, so nothing that the compiler needs either.
SERVE_EXTRA = $(PYTHON) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["serve"], sep="\n")'
LOCK = uv pip compile --quiet --generate-hashes --no-emit-index-url --no-annotate --python-version 3.11 --universal

.PHONY: help demo data test parity lint types imports golden schema docs judges images argocd wheel lock benchmark clean ci

help: ## Show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1|/' | awk -F'|' '{printf "  make %-10s %s\n", $$1, $$2}'

$(STAMP): requirements/build.lock requirements/dev.lock pyproject.toml
	@echo "installing into $(VENV) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) --only-binary :all: -r requirements/build.lock
	@$(PIP) --only-binary :all: --no-binary $(SOURCE_ONLY) --no-build-isolation -r requirements/dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q compiler runtime
	@touch $@

demo: $(STAMP) ## Compile the examples, train, serve and watch one of them, and show it on a page
	@$(BIN)/python -m compileall -q compiler runtime
	@$(BIN)/python docs/demo

data: $(STAMP) ## Fetch the real data of the specs into .data/, with a DVC repository and signing keys
	@$(BIN)/python specs/data.py
	@$(BIN)/python specs/gitops.py

test: $(STAMP) ## Run every test but Argo CD's (make argocd); those that need a judge say when they were skipped
	@$(BIN)/python -m pytest -n auto --dist loadgroup -rs --ignore=tests/argocd

parity: $(STAMP) ## Hold the local runner against the real workflow-controller
	@MLPROJECT_REQUIRE_JUDGES=1 $(BIN)/python -m pytest -n 0 tests/local/parity

lint: $(STAMP) ## Check style, types and who imports whom
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

golden: $(STAMP) ## Rewrite the golden folders; read the diff
	@$(BIN)/python -m tests.golden.rewrite

schema: $(STAMP) ## Rewrite the JSON Schemas and the frozen core schemas
	@$(BIN)/python -m compiler.export

docs: $(STAMP) ## Rewrite the generated pages of docs/
	@$(BIN)/mlproject policy docs --write

judges: ## Build the real tools that judge our output, into a cache outside the clone
	@$(PYTHON) tests/judges/build.py

argocd: $(STAMP) ## Sync the examples with the real Argo CD, on loopback
	@$(BIN)/python -m pytest tests/argocd -v -n 0

images: ## Build the train and serve images, where there is an engine
	@$(PYTHON) images/build.py

wheel: $(STAMP) ## Build the wheel
	@$(BIN)/python -m build --no-isolation --wheel

lock: ## Resolve the locks again (needs uv)
	$(LOCK) --group build -o requirements/build.lock
	$(LOCK) --group dev --extra opa --extra cluster --extra train --extra serve pyproject.toml -o requirements/dev.lock
	$(LOCK) pyproject.toml -o requirements/core.lock
	$(LOCK) -c requirements/core.lock --extra train --extra storage pyproject.toml -o requirements/train.lock
	$(SERVE_EXTRA) | $(LOCK) -c requirements/dev.lock - -o requirements/serve.lock

benchmark: $(STAMP) ## Time one compile beside its peers, as ratios of one run
	@$(BIN)/python benchmarks/compile.py

ci: $(STAMP) lint judges data ## What CI runs: nothing is skipped
	@MLPROJECT_REQUIRE_JUDGES=1 $(MAKE) test

clean: ## Remove what make made
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
