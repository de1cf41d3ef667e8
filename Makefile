# Thin wrappers around scripts/. Kept to POSIX sh and GNU Make 3.81, which macOS ships.
# PORT, PYTHON and CHROMIUM, set after `make run` or in the environment, reach the scripts by the environment.

.PHONY: help run test lint format bench bench-scale soak kills load gazetteer lock wheels sbom audit

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

run: ## Start the dashboard on port 8501 (another port: make run PORT=8600)
	@sh scripts/run.sh

test: ## Check the code, then run all tests, those in a browser last
	@sh scripts/test.sh

lint: ## Check the code only: ruff and mypy
	@sh scripts/lint.sh

format: ## Rewrite the code in the project's format
	@sh scripts/format.sh

bench: ## Measure speed and memory beside other tools (quick look: make bench OPTIONS=--quick)
	@sh scripts/bench.sh $(OPTIONS)

bench-scale: ## Roll up and ask 100,000 to 10,000,000 rows (OPTIONS="--rows 100000000 --engine local")
	@sh scripts/bench_one.sh scale $(OPTIONS)

soak: ## Run the server among readers and accidents for half an hour (shorter: make soak OPTIONS="--minutes 5")
	@sh scripts/bench_one.sh soak $(OPTIONS)

load: ## A hundred readers for five minutes on a million rows (two servers: make load OPTIONS="--processes 2")
	@sh scripts/bench_one.sh load $(OPTIONS)

kills: ## Kill processes at random points of import, publish and prune, and see what is lost (OPTIONS="--kills 50")
	@sh scripts/bench_one.sh kills $(OPTIONS)

gazetteer: ## Fetch the villages of GeoNames into data/gazetteers, where there is a network
	@sh scripts/get_gazetteer.sh

lock: ## Write the lock files anew after a change of requirements (all newest: make lock OPTIONS=--upgrade)
	@sh scripts/supply.sh lock $(OPTIONS)

wheels: ## Fetch all packages into wheels/, for a machine without a network
	@sh scripts/supply.sh wheels $(OPTIONS)

sbom: ## List what runs as CycloneDX in sbom.json
	@sh scripts/supply.sh sbom $(OPTIONS)

audit: ## Ask for known weaknesses of the packages; needs the network
	@sh scripts/supply.sh audit $(OPTIONS)
