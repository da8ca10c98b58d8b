# Eén ingang voor alles. `make run` = demo, `make test` = alles wat CI doet, `make check` = snel.
.PHONY: run test check fix assets clean install lock

PY := .venv/bin/python
# De hulpmiddelen lezen settings.py, maar vragen de databank niets.
TESTEN_HULP := TESTEN=1 DATABASE_URL=postgresql:///geen

install: .venv/klaar

.venv/klaar: requirements/ontwikkel.txt
	test -x $(PY) || python3 -m venv .venv
	$(PY) -m pip install --quiet --require-hashes -r requirements/ontwikkel.txt
	touch $@

check: install
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/lint-imports
	env $(TESTEN_HULP) .venv/bin/mypy portal accounts
	$(PY) -m pytest -q -m "not e2e and not storingen"

test: check
	$(PY) -m pytest -q -m "e2e or storingen"

fix: install
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
