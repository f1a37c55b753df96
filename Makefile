# The verbs of the project. `make help` lists them; everything else they need, they make.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:

# Containers often say so; each of the thousands of processes would then compile all that it loads.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
RUN := .venv/bin/python -m
TOOLS := .venv/.ready
ENV ?=
COMPILE := .venv-lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
  --generate-hashes --no-header
PIP := install --quiet --quiet --disable-pip-version-check
UV := .venv/bin/uv pip install --quiet --python .venv/bin/python

.PHONY: help
help: ## List the verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

# One stamp a lock: the environment is made anew when its lock changes, and never otherwise. uv
# takes seconds where pip takes minutes; pip knows mirrors that uv may not have been told of.
$(TOOLS): requirements.lock installer.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "error: $(PYTHON) is $$($(PYTHON) --version 2>&1); Python 3.11 or newer is needed." >&2; \
	  echo "  hint: make PYTHON=python3.13 ..." >&2; exit 2; }
	@echo "making .venv from requirements.lock"
	@$(PYTHON) -m venv --clear .venv
	@.venv/bin/python -m pip $(PIP) --require-hashes --requirement installer.lock
	@$(UV) --require-hashes --requirement requirements.lock || { \
	  echo "uv could not; pip tries, which takes some minutes"; \
	  .venv/bin/python -m pip $(PIP) --require-hashes --requirement requirements.lock; }
	@$(UV) --offline --no-deps --no-build-isolation --editable .
	@touch $@

.PHONY: dev console demo demo-stop
dev: $(TOOLS) ## Run the jobs on this machine and follow every saved edit (FRESH=1 from nothing)
	@PYTHONPATH=lambdas $(RUN) envs.cli dev $(if $(filter-out 0,$(FRESH)),--fresh)

console: $(TOOLS) ## Show what runs in a browser (ENV=..., ACT=1 to plan and apply)
	@PYTHONPATH=lambdas $(RUN) envs.cli console --env $(or $(ENV),local) $(if $(filter-out 0,$(ACT)),--act)

demo: $(TOOLS) ## Run the jobs for real on this machine (KEEP=1 leaves it running)
	@PYTHONPATH=lambdas $(RUN) envs.local.demo $(if $(filter-out 0,$(KEEP)),--keep)

demo-stop: $(TOOLS) ## End what `make demo KEEP=1` left running
	@$(RUN) envs.local.demo.stop

.PHONY: validate generate check compat review
validate: $(TOOLS) ## Check jobs.yaml against the facts of AWS
	@$(RUN) generator validate

generate: $(TOOLS) ## Write every file that follows from jobs.yaml
	@$(RUN) generator generate

check: $(TOOLS) ## Name every generated file that is missing, stale, edited or orphaned
	@$(RUN) generator check

compat: $(TOOLS) ## Refuse what breaks messages in flight, against AGAINST=origin/main
	@$(RUN) generator compat --against $(or $(AGAINST),origin/main)

review: $(TOOLS) ## Print what a change does to the jobs and costs, against AGAINST=origin/main
	@$(RUN) generator review --against $(or $(AGAINST),origin/main)

# An environment of its own, in the folder of the target, from the lock that it needs first.
define OWN_VENV
@.venv/bin/uv venv --quiet --clear --python .venv/bin/python $(@D)
@.venv/bin/uv pip install --quiet --python $(@D)/bin/python --require-hashes --requirement $<
@touch $@
endef

SITE := .venv-site/.ready
$(SITE): docs/site.lock $(TOOLS)
	$(OWN_VENV)

.PHONY: docs
docs: $(SITE) ## Build the site of the documents into build/site
	@$(RUN) generator.site --mkdocs .venv-site/bin/mkdocs \
	  --mermaid "$$($(RUN) tests.editor.where mermaid/dist/mermaid.min.js)"

CHECKOV := .venv-checkov/.ready
$(CHECKOV): tests/checkov/checkov.lock $(TOOLS)
	$(OWN_VENV)

.PHONY: checkov
checkov: $(CHECKOV) ## Judge the Terraform of modules and roots by checkov
	@PYTHONPATH=lambdas $(RUN) tests.checkov .venv-checkov/bin/checkov

.PHONY: workflows
workflows: $(TOOLS) ## Lint the workflows with actionlint and zizmor
	@$(RUN) pytest --quiet tests/repo/test_workflows.py

.PHONY: lint fmt test test-fast soak bench mutants module-mutants golden
lint: $(TOOLS) ## Ruff and mypy; changes nothing
	@$(RUN) ruff check --quiet .
	@$(RUN) ruff format --quiet --check .
	@$(RUN) mypy --no-error-summary

fmt: $(TOOLS) ## Format Python and Terraform
	@$(RUN) ruff check --quiet --fix-only .
	@$(RUN) ruff format --quiet .
	@if command -v terraform >/dev/null; then terraform fmt -recursive; fi

test: lint check ## Every check and every test
	@$(RUN) pytest --numprocesses auto

test-fast: $(TOOLS) ## The tests that take a minute in all: no Terraform, no emulator, nothing long
	@$(RUN) pytest --numprocesses auto -m "not (terraform or e2e or fuzz or editor or long)"

soak: $(TOOLS) ## As many random cases as are promised, for at most half an hour
	@SOAK=1 $(RUN) pytest --numprocesses auto -m drawn

bench: $(TOOLS) ## Compare speed with floors and peers, in one run (ONLY=worker)
	@BENCH_ONLY=$(ONLY) PYTHONPATH=lambdas:. $(RUN) tests.bench

mutants: $(TOOLS) ## Make 200 mistakes in the library and see which no test notices (MUTANTS=20 of them)
	@PYTHONPATH=lambdas $(RUN) tests.mutation

module-mutants: $(TOOLS) ## Make every mistake in the Terraform modules and see which no test notices
	@PYTHONPATH=lambdas $(RUN) tests.mutation.terraform

golden: $(TOOLS) ## Rewrite the expected files of the tests, to be read in the diff
	@UPDATE_GOLDEN=1 $(RUN) pytest --quiet tests/generator

.PHONY: typescript
typescript: $(TOOLS) ## Build the npm package @clarivum/jobs into build/typescript and test it
	@REQUIRE_NODE=1 $(RUN) pytest tests/typescript

.PHONY: wheel package bootstrap plan deploy rollback take-down
wheel: $(TOOLS) ## Build what other Python services install to enqueue, into build/wheel
	@rm -rf build/wheel build/wheel-source && mkdir -p build && cp -r lambdas build/wheel-source
	@$(RUN) pip wheel --quiet --no-deps --no-build-isolation --wheel-dir build/wheel build/wheel-source

package: $(TOOLS) ## Zip the workers and their layer for AWS into build/aws
	@$(RUN) generator.package --target aws

bootstrap: $(TOOLS) ## Once for ENV=...: buckets for state, zips and access logs
	@$(RUN) envs.deploy bootstrap $(or $(ENV),$(error say which environment: make $@ ENV=dev))

plan: $(TOOLS) ## Show what deploying to ENV=... would change; uploads nothing
	@$(RUN) envs.deploy plan $(or $(ENV),$(error say which environment: make $@ ENV=dev))

deploy: $(TOOLS) ## Upload the zips and apply ENV=... (YES=1 without asking)
	@$(RUN) envs.deploy deploy $(if $(filter-out 0,$(YES)),--yes) $(or $(ENV),$(error say which environment: make $@ ENV=dev))

rollback: $(TOOLS) ## Let ENV=... run the release before (JOB=... one job alone)
	@$(RUN) envs.deploy rollback $(or $(ENV),$(error say which environment: make $@ ENV=dev)) $(JOB)

take-down: $(TOOLS) ## Remove ENV=... but for its state and zips; a protected one refuses
	@$(RUN) envs.deploy take-down $(or $(ENV),$(error say which environment: make $@ ENV=dev))

.PHONY: smoke review-comment drift-issue
smoke: $(TOOLS) ## Send one harmless job to ENV=... and see it through
	@PYTHONPATH=lambdas $(RUN) envs.pipeline smoke \
	  --env $(or $(ENV),$(error say which environment: make $@ ENV=dev))

review-comment: $(TOOLS) ## Keep the card of pull request PR=... as its one comment
	@PYTHONPATH=lambdas $(RUN) envs.pipeline comment --against $(or $(AGAINST),origin/main) \
	  --number $(or $(PR),$(error say which pull request: make $@ PR=7))

drift-issue: $(TOOLS) ## Keep one issue about the drift of ENV=...
	@PYTHONPATH=lambdas $(RUN) envs.pipeline issue \
	  --env $(or $(ENV),$(error say which environment: make $@ ENV=dev))

.PHONY: drift live doctor
drift: $(TOOLS) ## Show what Terraform would change in ENV=..., by job (FORMAT=markdown)
	@PYTHONPATH=lambdas $(RUN) envs.cli drift --format $(or $(FORMAT),text) \
	  --env $(or $(ENV),$(error say which environment: make $@ ENV=dev))

live: $(TOOLS) ## Hold what AWS says of ENV=... against the manifest (FORMAT=markdown)
	@PYTHONPATH=lambdas $(RUN) envs.cli live --format $(or $(FORMAT),text) \
	  --env $(or $(ENV),$(error say which environment: make $@ ENV=dev))

doctor: $(TOOLS) ## Look at ENV=... for what must be mended by hand; changes nothing
	@$(RUN) envs.doctor $(or $(ENV),$(error say which environment: make $@ ENV=dev))

PLATFORMS := linux_amd64 linux_arm64 darwin_amd64 darwin_arm64

.PHONY: providers-lock providers-locked
providers-lock: ## Write ENV=...'s lock file of providers for linux and macOS; asks the registry
	@test -n "$(ENV)" || { echo "say which environment: make $@ ENV=prod" >&2; exit 2; }
	@terraform -chdir=envs/$(ENV) providers lock $(addprefix -platform=,$(PLATFORMS))
	@echo "keep it: git add --force envs/$(ENV)/.terraform.lock.hcl"

providers-locked: ## Fail unless ENV=... has a lock file that is kept in git
	@test -n "$(ENV)" || { echo "say which environment: make $@ ENV=prod" >&2; exit 2; }
	@git ls-files --error-unmatch envs/$(ENV)/.terraform.lock.hcl >/dev/null 2>&1 || { \
	  echo "error: no lock file of providers is kept for $(ENV): a new provider could come in unseen" >&2; \
	  echo "  hint: make providers-lock ENV=$(ENV), then git add --force what it wrote" >&2; exit 1; }

.PHONY: lock clean
lock: ## Pin the newest versions with their hashes into the lock files
	@$(PYTHON) -m venv .venv-lock
	@.venv-lock/bin/python -m pip $(PIP) uv
	@$(COMPILE) lambdas/layer.in --output-file lambdas/layer.lock
	@for own in $(wildcard lambdas/handlers/*.in); do \
	  $(COMPILE) $$own --constraint lambdas/layer.lock --output-file $${own%.in}.lock; done
	@$(COMPILE) installer.in --output-file installer.lock
	@$(COMPILE) requirements.in --constraint lambdas/layer.lock --output-file requirements.lock
	@$(COMPILE) envs/local/engine/emulator.in --output-file envs/local/engine/emulator.lock
	@$(COMPILE) tests/editor/node.in --output-file tests/editor/node.lock
	@$(COMPILE) docs/site.in --output-file docs/site.lock
	@$(COMPILE) tests/checkov/checkov.in --output-file tests/checkov/checkov.lock
	@$(COMPILE) tests/bench/peers.in --constraint lambdas/layer.lock --output-file tests/bench/peers.lock
	@$(RUN) tests.editor.install
	@$(RUN) tests.typescript.stage

clean: ## Remove everything that was made: environments, builds, local state
	@if [ -x .venv/bin/python ]; then $(RUN) envs.local.demo.stop; fi
	@rm -rf .venv .venv-emulator .venv-checkov .venv-lock .venv-peers .venv-site build .local .mypy_cache .pytest_cache .ruff_cache
