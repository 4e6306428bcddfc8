# Everything there is to learn: make run, make test, make bench, make types, make draw, make schema.

.DEFAULT_GOAL := help
.PHONY: help run test bench types draw schema

ifndef PYTHON
PYTHON := $(shell for one in python3.11 python3.12 python3.13 python3; do \
	"$$one" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo "$$one" && break; \
	done)
endif
ifeq ($(strip $(PYTHON)),)
PYTHON := python-3.11-is-missing
endif

ready = @command -v "$(PYTHON)" >/dev/null || \
	{ echo "  Xiaoer needs Python 3.11 or later: apt-get install python3.11 python3.11-venv (Debian, Ubuntu)" >&2; exit 1; }; \
	"$(PYTHON)" -m tools.bootstrap

help:
	@echo "make run      start Xiaoer with a demonstration, database included (PORT, XIAOER_HOME, XIAOER_DATABASE_URL)"
	@echo "make test     every check and every test"
	@echo "make bench    measure messages per second and how late they arrive"
	@echo "make types    write the API description and the page's types from the code"
	@echo "make draw     write docs/: map, state machines, decision tables, events"
	@echo "make schema   write db/schema.sql from the migrations"

run:
	$(ready) run
	@exec .venv/bin/xiaoer run

test:
	$(ready) test
	@exec .venv/bin/python -m tools.check

bench:
	$(ready) test
	@exec .venv/bin/python -m bench

types:
	$(ready) test
	@.venv/bin/python -m tools.generate types

draw:
	$(ready) test
	@.venv/bin/python -m tools.generate draw

schema:
	$(ready) test
	@.venv/bin/python -m tools.generate schema
