# What a person runs here. Every target makes its own set-up first.
.PHONY: audit test setup lint types check serve bench drill lock clean

audit: setup           ## the audit of this project: scorecards in reports/
	.venv/bin/scaudit audit

test: setup            ## lint, types, all tests; fetches what documents are checked with
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	sh tools/setup_checks
	.venv/bin/pytest -q -n 2 --dist loadscope --no-loadscope-reorder

setup: .venv/.ready    ## .venv with locked versions, and the libraries that PDFs need

.venv/.ready: requirements.lock pyproject.toml tools/setup
	sh tools/setup
	touch $@

check: setup           ## read and validate inputs/ only
	.venv/bin/scaudit check

serve: setup           ## the weekly schedule, on an embedded Prefect server
	.venv/bin/python flows/audit_flow.py serve

bench: setup           ## benchmarks against floors measured in the same run
	.venv/bin/python benchmarks/run.py

drill: setup           ## deliveries, with two hundred runs killed at random moments
	.venv/bin/python tools/drill_delivery.py --runs 200

lock: setup            ## pin the newest versions that fit pyproject.toml
	.venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url --extra flows --extra token --extra dev pyproject.toml -o requirements.lock

clean:                 ## forget what runs have made; inputs and templates stay
	rm -rf .scaudit build dist
