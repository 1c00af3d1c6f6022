# SPDX-License-Identifier: Apache-2.0
#
# make            lists the targets
# make demo       a whole study on simulated radiographs, in reports/demo/
# make demo-audit from nothing to an audit report, in reports/demo-audit/
# make test       every test
# make check      what a commit must pass
#
# libtorch is used if Scripts/libtorch.sh has found it, OpenMPI if pkg-config has; `make build TORCH=`
# and `make build MPI=` do without.
# SWIFT_BUILD_FLAGS is handed to every `swift build` and `swift test`, such as
# `make build SWIFT_BUILD_FLAGS='--jobs 1'`. Times are those of two cores.

SWIFT ?= swift
SWIFT_BUILD_FLAGS ?=
TORCH = $(if $(wildcard .libtorch/lib/libtorch_cpu.so),Torch)
MPI = $(shell pkg-config --exists ompi-c && echo MPI)
comma = ,
TRAITS = $(if $(TORCH)$(MPI),--traits $(TORCH)$(if $(TORCH),$(if $(MPI),$(comma)))$(MPI))
DOCS_TARGETS ?= CXRCore CXRFiles CXRYAML CXRImage CXRTensor CXRText CXRCompletion CXRStatistics CXRFairness CXRCatalog CXRIngest CXRCohort CXRGeneration CXRPhantom CXRTraining CXRClassifier CXRDiffusion CXREvaluation CXRReport CXRStudy
export SWIFT SWIFT_BUILD_FLAGS
SOURCES = git ls-files -z '*.swift'

.DEFAULT_GOAL := help
.PHONY: help bootstrap build demo demo-audit demo-copy test lint format check bench sanitize fuzz docs manual \
  install clean

help: ## List the targets
	@echo 'Usage: make TARGET'
	@echo
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | \
	  while IFS='|' read -r target text; do printf '  %-11s %s\n' "$$target" "$$text"; done

bootstrap: ## Check Swift and install missing Debian packages (a second when nothing is missing)
	@Scripts/bootstrap.sh

build: ## Build .build/release/cxr (the first time about 5 minutes, then seconds)
	@echo '==> Building cxr in release mode: about 5 minutes the first time, seconds afterwards.'
	$(SWIFT) build -c release --product cxr $(TRAITS) $(SWIFT_BUILD_FLAGS)
	$(SWIFT) build -c release --product CXRTorch $(TRAITS) $(SWIFT_BUILD_FLAGS)
	$(SWIFT) build -c release --product CXRMPI $(TRAITS) $(SWIFT_BUILD_FLAGS)
	@echo '==> Built .build/release/cxr'

demo: bootstrap build ## A whole study on phantoms, generator and all, into reports/demo/ (at most 15 minutes after the build)
	@Scripts/demo.sh

demo-audit: bootstrap build ## Simulate a dataset and audit two models into reports/demo-audit/ (1 minute after the build)
	@Scripts/demo-audit.sh

demo-copy: ## Renew Documentation/Demo, which visitors see, from reports/demo/ (needs librsvg2-bin, pngquant)
	@Scripts/demo-copy.sh

test: bootstrap ## Run every test (the first time about 20 minutes, half of it building)
	@echo '==> Testing: the first debug build takes about 8 minutes, the tests 11.'
	$(SWIFT) test $(TRAITS) $(SWIFT_BUILD_FLAGS)

lint: ## Check the formatting of every Swift file (10 seconds)
	@echo '==> Linting with swift format: about 10 seconds.'
	@$(SOURCES) | xargs -0 $(SWIFT) format lint --strict --parallel
	@echo '==> Formatting is clean.'

format: ## Rewrite every Swift file in the house style
	@echo '==> Formatting with swift format: about 10 seconds.'
	@$(SOURCES) | xargs -0 $(SWIFT) format format --in-place --parallel

check: ## Everything a commit must pass: lint, test, demo (35 minutes the first time)
	@Scripts/check.sh

bench: bootstrap ## Time cxr beside its peers in one run (6 minutes after the build; needs python3-venv)
	@TRAITS="$(TRAITS)" Benchmarks/bench.sh $(BENCH_FLAGS)

sanitize: ## Run the tests under the address and leak sanitizers (5 to 10 minutes)
	@echo '==> Testing under the address sanitizer: a build of its own, 5 to 10 minutes.'
	LSAN_OPTIONS=suppressions=$(CURDIR)/Scripts/lsan.supp \
	  $(SWIFT) test --disable-xctest --sanitize=address --scratch-path .build/asan $(TRAITS) $(SWIFT_BUILD_FLAGS)

fuzz: ## Feed damaged files to each decoder under the sanitizers, FUZZ_SECONDS each (60; 4 minutes after the build)
	@Scripts/fuzz.sh

docs: ## Build the documentation into .build/docs, warnings as errors (3 minutes)
	@echo '==> Building the documentation into .build/docs: about 3 minutes the first time.'
	@mkdir -p .build/docs
	@for target in $(DOCS_TARGETS); do \
	  $(SWIFT) package --allow-writing-to-directory .build/docs generate-documentation \
	    --target $$target --output-path .build/docs/$$target --warnings-as-errors || exit 1; \
	done

manual: build ## Write man pages and completions for bash, zsh and fish into .build/manual (10 minutes the first time)
	@Scripts/manual.sh $(TRAITS)

install: manual ## Copy program, man pages and completions below PREFIX (/usr/local)
	@Scripts/install.sh

clean: ## Remove build products, demo data and the demo report
	rm -rf .build .venv demo-audit-data study-data reports/demo reports/demo-audit
