# What a person runs here. Every target makes its own set-up first.
.PHONY: audit test setup lint types check serve backup restore bench elsewhere drill drill-schedule lock clean

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

backup: setup          ## TO=folder: the project as it is now, into a folder of that folder
	.venv/bin/python flows/backup.py save "$(TO)"

restore: setup         ## FROM=folder: a project out of a backup, into this checkout
	.venv/bin/python flows/backup.py restore "$(FROM)"

elsewhere: setup       ## the rules of scoring on a PostgreSQL, a million records, compared by digest
	.venv/bin/python benchmarks/elsewhere.py

bench: setup           ## benchmarks against floors and peers of the same run; PART=cold: 10,000 items; ARGS=--quick
	.venv/bin/python benchmarks/$(if $(filter cold,$(PART)),cold.py,run.py $(addprefix --part ,$(PART))) $(ARGS)

drill: setup           ## audits and deliveries, with two hundred runs of each killed at random moments
	PYTHONPATH=tools .venv/bin/python -m drilling --runs 200

drill-schedule: setup  ## the production way on PostgreSQL: restarts, a killed worker, missed runs, a restored backup
	.venv/bin/python tools/drilling/schedule.py

lock: setup            ## pin the newest versions that fit pyproject.toml
	.venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url --extra flows --extra dask --extra elsewhere --extra token --extra dev pyproject.toml -o requirements.lock
	.venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --no-emit-index-url benchmarks/peers/peers.in -o benchmarks/peers/peers.txt

clean:                 ## forget what runs have made; inputs and templates stay
	rm -rf .scaudit build dist
