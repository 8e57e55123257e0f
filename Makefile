# SPDX-License-Identifier: Apache-2.0
# `make help` lists what there is. Everything works on a fresh Debian machine with a Swift toolchain, git and make.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PREFIX ?= /usr/local
DESTDIR ?=
MUTANTS ?= 10000000
SECONDS ?= 600
EXAMPLE := Examples/ReferenceService
# A crash in a test prints one line, not an interactive backtrace that a machine without a terminal waits for.
export SWIFT_BACKTRACE := enable=no

.PHONY: help run test lint build soak fuzz bench install dist format clean packages

help: ## List the targets.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

packages: ## Install the Debian packages that are missing.
	@scripts/system-packages

run: packages ## Start the reference service: edit its policies and watch them reload.
	@swift run --package-path $(EXAMPLE) reference-service $(ARGUMENTS)

test: packages lint ## Check the style, build everything, run every test and every example of the documents.
	@scripts/python-packages
	@scripts/run-tests

lint: ## Check the style of every Swift file.
	@echo "Checking the style."
	@scripts/swift-sources | xargs -0 swift format lint --strict --parallel

format: ## Put every Swift file into the one style.
	@scripts/swift-sources | xargs -0 swift format format --in-place --parallel

build: packages ## Build everything for debugging.
	@swift build --build-tests

soak: packages ## Give ten million mutants to each reader of text, and run everything under the thread and address sanitizers.
	@scripts/python-packages
	@scripts/soak $(MUTANTS)

fuzz: packages ## Run each fuzzer for SECONDS (default 600), with everything of the repository as its seeds.
	@scripts/fuzz $(SECONDS)

bench: packages ## Measure, each figure beside its baseline in the same run.
	@swift run -c release WeirBench --weir "$$(scripts/release-build)" $(ARGUMENTS)
	@scripts/bench-server

install: packages ## Build the command line for release and install it below PREFIX (default /usr/local).
	@scripts/stage "$(DESTDIR)$(PREFIX)"

dist: packages ## Make the release tarball with its checksum, and try it in an empty prefix.
	@scripts/make-dist

clean: ## Remove everything that was built.
	@rm -rf .build .build-* dist $(EXAMPLE)/.build Fuzz/.build
