# The two commands are `make demo` and `make test`; both install what they lack and share one build.
#
# Every cargo call that builds for them selects the whole workspace and the same features. A `--test` target in the
# build of the program switches on the features that the tests' own dependencies ask for, so that `make test` after
# `make demo` (or the other way round) compiles no library a second time.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

ARGS ?=
SEED ?= 7
PEOPLE ?= 2000
SEEDS ?= 1 2 3 4 5
KILLS ?= 1000
SCHEDULES ?= 1000000
BIN = $${CARGO_TARGET_DIR:-target}/debug/homeward
HOMEWARD ?= $${CARGO_TARGET_DIR:-target}/release/homeward

# The folder with ref, invented_people, synthetic_linkage and historical_50k, none of which is in this repository.
DATA ?= $(HOMEWARD_SHARED)/data
REPORTS_SEED ?= 4711

.PHONY: help setup web build demo test format lint test-rust test-verify test-browser soak bench bench-peers bench-peers-select bench-peers-linkage bench-peers-match bench-linkage book

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-19s %s\n", $$1, $$2 }'
	@printf '\n  make demo ARGS="--headless --seed 7"    passes arguments to the demo\n'

setup: ## check what this machine lacks; as root, install the Debian packages
	@tools/timed.sh setup tools/setup.sh $(FOR)

web: setup ## styles for the desk, built by npm into web/dist
	@tools/timed.sh web sh web/build.sh

build: web
	@tools/timed.sh build cargo build --workspace --bins --test house

demo: build ## two parties and a neutral on this machine, a whole agreement played
	$(BIN) demo $(ARGS)

test test-browser: FOR = test

test: setup format lint test-rust test-verify test-browser ## every test
	@echo "make test: every test passed"

format: setup
	@tools/timed.sh format cargo fmt --all --check

lint: web
	@tools/timed.sh lint cargo clippy --workspace --all-targets -- -D warnings

test-rust: web
	@tools/timed.sh test-rust cargo test --workspace

test-verify:
	@test -x target/verify/bin/python || python3 -m venv target/verify
	@target/verify/bin/pip install --quiet --disable-pip-version-check -r tools/verify/requirements.txt
	@tools/timed.sh test-verify python3 tools/verify/test_select_check.py
	@tools/timed.sh test-heads target/verify/bin/python tools/verify/test_heads_check.py
	@tools/timed.sh test-histories cargo test --quiet --package parley --lib histories_are_written -- --ignored
	@tools/timed.sh test-record target/verify/bin/python tools/verify/test_record_check.py
	@tools/timed.sh test-judge python3 tools/peers/test_judge_links.py
	@tools/timed.sh test-peers python3 tools/peers/test_compare_links.py
	@tools/timed.sh test-match python3 tools/peers/test_compare_match.py

test-browser: build
	@tools/timed.sh test-browser tools/browser-tests.sh

soak: build ## every test with KILLS=1000 and SCHEDULES=1000000, then the demo twice for each of SEEDS="1 2 3 4 5"
	HOMEWARD_KILLS=$(KILLS) HOMEWARD_SCHEDULES=$(SCHEDULES) cargo test --workspace -- --include-ignored --nocapture
	@tools/soak.sh $(SEEDS)

bench: web ## the demo in release, timed, with each node's peak memory (SEED=7 PEOPLE=2000)
	cargo build --release --workspace --bins
	@tools/bench.sh $(SEED) $(PEOPLE)

bench-peers: ## both of the next two, and fails where one of them does (HOMEWARD=program; tools/peers/README.md)
	code=0; $(MAKE) bench-peers-select || code=1; $(MAKE) bench-peers-linkage || code=1; exit $$code

bench-peers-select: ## `homeward select` beside HiGHS and CP-SAT: levels, people, time (SIZES="2000 10000")
	test -x target/peers/bin/python || python3 -m venv target/peers
	target/peers/bin/pip install --quiet --disable-pip-version-check -r tools/peers/requirements.txt
	target/peers/bin/python tools/peers/test_compare.py
	HOMEWARD="$(HOMEWARD)" target/peers/bin/python tools/peers/compare.py target/peers/rounds $(SIZES)

bench-peers-linkage: ## `homeward link` beside Splink 5: accuracy, time, memory (DATA=DIR, SETS="febrl3 reports", REPORTS_SEED, REPORTS_COUNT)
	test -x target/peers-linkage/bin/python || python3 -m venv target/peers-linkage
	target/peers-linkage/bin/pip install --quiet --disable-pip-version-check -r tools/peers/linkage-requirements.txt
	target/peers-linkage/bin/python tools/peers/test_canonical.py
	target/peers-linkage/bin/python tools/peers/test_judge_links.py
	target/peers-linkage/bin/python tools/peers/test_compare_links.py
	HOMEWARD="$(HOMEWARD)" SEED="$(REPORTS_SEED)" COUNT="$(REPORTS_COUNT)" \
	  target/peers-linkage/bin/python tools/peers/compare_links.py "$(DATA)" target/peers-linkage $(SETS)

bench-peers-match: ## private matching beside OpenMined's intersection: time, bytes, proof, threads (KEYS="10000 100000")
	test -x target/peers-match/bin/python || python3 -m venv target/peers-match
	target/peers-match/bin/pip install --quiet --disable-pip-version-check -r tools/peers/match-requirements.txt
	cargo build --release --package parley --example match_bench
	wide=; if [ "$$(uname -m)" = x86_64 ]; then \
	  RUSTFLAGS='--cfg curve25519_dalek_backend="avx512"' CARGO_TARGET_DIR=target/avx512 \
	    cargo build --release --package parley --example match_bench; \
	  wide=target/avx512/release/examples/match_bench; \
	fi; \
	MATCH_AVX512="$$wide" target/peers-match/bin/python tools/peers/compare_match.py $(KEYS)

bench-linkage: ## `homeward link` on 100,000, 1,000,000 and 10,000,000 reports: time and memory a record (DATA=DIR, COUNTS="100000 1000000")
	HOMEWARD="$(HOMEWARD)" SEED="$(REPORTS_SEED)" python3 tools/peers/link_growth.py "$(DATA)" target/bench-linkage $(COUNTS)

book: ## the book as pages in target/book (needs mdbook)
	mdbook build
