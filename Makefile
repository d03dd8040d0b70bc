# The short ways in. `make help` lists them.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

JOBS ?= $(shell nproc)
export NINJA_STATUS := [%f/%t, %es] 
edirae := build/release/bin/edirae serve --content content --data build/run --demo

.PHONY: run demo test bench build programs asan tsan lint format install-packages clean help

run: programs ## Start the platform and play a learner's morning; Ctrl-C stops it
	@tools/foreground $(edirae)

demo: programs ## The same, and exit when the morning is over
	@tools/foreground $(edirae) --exit-after-demo

test: build ## Run every test
	@ctest --preset release --parallel $(JOBS)

bench: programs ## Measure, and write build/bench.json
	@build/release/bin/edirae-bench --json build/bench.json

build: build-release ## Build a release, tests included

programs: build/release/build.ninja install-packages ## Build what lands in build/release/bin, without the tests
	@cmake --build --preset release --target programs --parallel $(JOBS)

asan tsan: %: build-% ## Run every test under AddressSanitizer (asan) or ThreadSanitizer (tsan)
	@ctest --preset $@ --parallel $(JOBS)

# Ninja runs CMake again by itself when a CMakeLists.txt has changed.
build-%: build/%/build.ninja
	@cmake --build --preset $* --parallel $(JOBS)

.PRECIOUS: build/%/build.ninja
build/%/build.ninja: | install-packages
	@cmake --preset $*

build-dev build-release build-asan build-tsan: install-packages

lint: build/lint/build.ninja ## Check formatting, C++, contracts and scripts
	@tools/install-packages lint
	@cmake --build --preset lint --parallel $(JOBS)
	@tools/lint/all

format: ## Format our C++ in place
	@tools/install-packages lint
	@tools/lint/clang-format --fix

install-packages: ## Install the Debian packages that are missing
	@tools/install-packages

clean: ## Remove everything that was built
	rm -rf build

help: ## Print this
	@awk -F ':.*## ' '/^[a-z].*:.*## / { sub(/: %$$/, "", $$1); printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
