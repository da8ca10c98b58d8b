# Eén ingang voor alles. `make run` = demo, `make test` = alles wat CI doet, `make check` = snel.
.DEFAULT_GOAL := help
# Geen doel maakt een bestand met zijn eigen naam.
MAKEFLAGS += --no-builtin-rules
.PHONY: $(shell grep -oE "^[a-z-]+:" $(firstword $(MAKEFILE_LIST)) | tr -d ":")

PY := .venv/bin/python
PYTEST := $(PY) -m pytest -q
# Loading it takes seconds per process, and each of its tests has the mark 'lang'.
ZONDER_SCHEMATHESIS := -p no:schemathesis --ignore=tests/api/test_schemathesis.py
# Zonder bytecode op schijf leest en herschrijft elke run alle modules opnieuw: vijf seconden per proces.
unexport PYTHONDONTWRITEBYTECODE
# De hulpmiddelen lezen settings.py, maar vragen de databank niets.
ZONDER_DATABANK := env TESTEN=1 DATABASE_URL=postgresql:///geen
BRON := portal accounts
IMAGE := eigen-regie:$(shell sed -nE 's/^version = "(.+)"/\1/p' pyproject.toml)
# Wat ruff (S) al beoordeelt, met een reden per regel die mag; bandit doet de rest, zoals mark_safe.
DOET_RUFF := B101,B105,B106,B107,B404,B603,B607,B608

help:  ## wat er te doen is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

install: .venv/klaar-ontwikkel  ## alles om te ontwikkelen in .venv

.venv/klaar-%: requirements/%.txt
	gereedschap/venv.sh $*

run: .venv/klaar-demo assets  ## de demo op http://localhost:8000 (andere poort: PORTAAL_POORT=8010)
	@$(PY) -m portal.demo

assets: $(if $(wildcard assets/package.json),portal/static/dist/klaar)  ## vormgeving bouwen (Node, of anders het wheel ervan)

portal/static/dist/klaar: $(shell git ls-files assets) | .venv/klaar-demo
	@PATH="$$(gereedschap/node.sh):$$PATH" && export PATH && test -d assets && cd assets && \
	{ test node_modules/klaar -nt package-lock.json || { npm ci --ignore-scripts --omit=dev --no-audit --no-fund && touch node_modules/klaar; }; } && \
	npm run --silent build
	touch $@

interop: tests/interop/node_modules/klaar  ## een aanbieder van een ander, om het inloggen mee te toetsen

tests/interop/node_modules/klaar: tests/interop/package-lock.json | .venv/klaar-ontwikkel .venv/klaar-node
	cd tests/interop && PATH="$$(../../gereedschap/node22.sh):$$PATH" npm ci --no-audit --no-fund
	touch $@

STIJL := stijl-types stijl-productie stijl-systeem stijl-sjablonen stijl-python
stijl: install assets  ## opmaak, lint, lagen, types en systeemcontroles, twee tegelijk
	@$(MAKE) --no-print-directory -j2 -O $(STIJL)

stijl-python:
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/lint-imports

stijl-sjablonen:
	git ls-files -z '*.html' | xargs -0 -r .venv/bin/djade --target-version 5.2 --check
	git ls-files -z '*.html' | xargs -0 -r .venv/bin/djlint --quiet --lint

stijl-types:
	$(ZONDER_DATABANK) .venv/bin/mypy $(BRON)

stijl-systeem:
	$(ZONDER_DATABANK) $(PY) manage.py check --fail-level WARNING

stijl-productie:
	$(PY) -m gereedschap.als_productie check --deploy --fail-level WARNING

VEILIG := veilig-geheimen veilig-bandit veilig-stromen
veilig: install  ## wat bandit, detect-secrets en semgrep (eigen regels) zien; licenties zijn een test
	@$(MAKE) --no-print-directory -j2 -O $(VEILIG)

veilig-bandit:
	.venv/bin/bandit -q -r portal accounts gereedschap -s $(DOET_RUFF)

veilig-geheimen:
	gereedschap/geheimen.sh

veilig-stromen:
	gereedschap/semgrep.sh

sbom: install  ## stuklijst (CycloneDX) van wat in productie draait, de vormgeving erbij, naar var/sbom.json
	mkdir -p var && $(PY) -m gereedschap.sbom var/sbom.json

licenties: install  ## docs/licenties.md: elk onderdeel dat meegaat, met zijn licentie
	$(PY) -m gereedschap.licenties

# De stijl vult de tijd waarin de tests opstarten of wachten; -O zet elke uitvoer bij elkaar.
check: install assets  ## snel: stijl, lagen, types en de tests zonder browser, storingen en wat lang duurt
	@$(MAKE) --no-print-directory -j3 -O snelle-tests $(STIJL)

snelle-tests:
	$(PYTEST) -n auto $(ZONDER_SCHEMATHESIS) -m "not e2e and not storingen and not lang"

test: check veilig browser keurmeesters interop  ## alles wat CI doet
	$(PYTEST) -n 2 -m "(e2e or lang) and not storingen"
	$(PYTEST) -m storingen

test-storingen: install assets  ## echte processen, kill -9, een storm over HTTP
	$(PYTEST) -m storingen

soak: install assets  ## de storm van test-storingen, tien minuten per zaad (SEEDS=1,2,3,4,5)
	STORM_SECONDEN=$${STORM_SECONDEN:-600} SEEDS=$${SEEDS:-1,2,3,4,5} $(PYTEST) tests/storingen/test_storm.py

overname: install assets  ## de databank valt om en haar reserve neemt het over, terwijl mensen wijzigen
	$(PYTEST) -s tests/storingen/overname.py

mutanten: install  ## plant elke fout van tests/mutanten en verwacht rood (LIJST=klanten voor één lijst)
	$(PY) -m tests.mutanten $(LIJST)
	$(if $(LIJST),,$(PY) -m tests.mutanten.systematisch)

browser: install
	gereedschap/chromium.sh

keurmeesters: assets  ## wat HTML keurt: de Nu-validator (Java) en html-validate
	@PATH="$$(gereedschap/node.sh):$$PATH" && export PATH && cd assets && \
	{ test -x node_modules/.bin/html-validate || npm ci --ignore-scripts --no-audit --no-fund; }
	@command -v java >/dev/null || gereedschap/apt.sh default-jre-headless || \
	  echo "Geen Java: html-validate keurt de opmaak in plaats van de Nu-validator."

screens: install assets browser  ## een plaatje van elke pagina en toestand in var/screens
	$(PYTEST) tests/voorkant/schermen.py

bench-api: install  ## de API met 10.000, 100.000 en 1.000.000 klanten, naar var/bench/api.json
	$(PY) -W ignore -m tests.bench.api

bench-webhooks: install  ## bezorgen tegenover een kale client, en 22 keer kill -9, naar var/bench/webhooks.json
	TESTEN=1 $(PY) -W ignore -m tests.bench.webhooks

bench-scale: install  ## een stad van KLANTEN=1000000, SESSIES=2000 en een dode ontvanger, naar var/bench/scale.json
	TESTEN=1 $(PY) -W ignore -m tests.bench.schaal

bench-pages: install  ## processortijd per pagina tegenover een lege, naar var/bench/pages.json
	$(PYTEST) tests/bench/pages.py
	@cat var/bench/pages.json

fix: install  ## opmaak en wat vanzelf te herstellen is
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	git ls-files -z '*.html' | xargs -0 -r .venv/bin/djade --target-version 5.2

# Waar dit gemaakt is, draait geen Docker; tests/huis/test_image.py leest na wat er in het image komt.
image:  ## het image voor productie bouwen; met REGISTER=register.gemeente.example ook daarheen brengen
	docker build --target portaal --tag $(IMAGE) .
	$(if $(REGISTER),docker tag $(IMAGE) $(REGISTER)/$(IMAGE))
	$(if $(REGISTER),docker push $(REGISTER)/$(IMAGE))

env: .env  ## geheimen voor docker-compose, eenmalig

.env:
	umask 077 && python3 -m gereedschap.maak_env > $@

instellingen: install  ## docs/instellingen.md en .env.example uit settings.py
	$(PY) -m gereedschap.instellingen

lock:  ## pins en hashes opnieuw maken (nodig: uv)
	for lijst in basis demo ontwikkel node; do \
	  uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-emit-find-links --no-header --no-annotate requirements/$$lijst.in -o requirements/$$lijst.txt || exit 1; \
	done
	uv pip compile -q --universal --python-version 3.11 --no-deps --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header --no-annotate requirements/semgrep.in -o requirements/semgrep.txt

clean:  ## alles weg wat gemaakt is, de demo met haar gegevens ook
	rm -rf .venv var staticfiles portal/static/dist assets/node_modules
	find accounts gereedschap portal tests -name __pycache__ -prune -exec rm -rf {} +
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
