# Doelen: `portaal` (productie) en `demo` (portaal met de nagebootste gemeente erbij).

FROM node:22.17.0-bookworm-slim AS vormgeving
WORKDIR /bouw/assets
COPY assets/package.json assets/package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY assets .
RUN mkdir -p ../portal/static && npm run build

FROM python:3.13.5-slim-bookworm AS pakketten
COPY requirements/basis.txt .
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes -r basis.txt

FROM python:3.13.5-slim-bookworm AS portaal
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin portaal
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=portal.settings \
    GRANIAN_INTERFACE=wsgi GRANIAN_HOST=0.0.0.0 GRANIAN_PORT=8000 GRANIAN_WEBSOCKETS=false \
    GRANIAN_WORKERS=2 GRANIAN_BLOCKING_THREADS=24 GRANIAN_WORKERS_KILL_TIMEOUT=20 \
    GRANIAN_RESPAWN_FAILED_WORKERS=true
WORKDIR /app
COPY --from=pakketten /venv /venv
COPY manage.py ./
COPY accounts accounts
COPY portal portal
COPY templates templates
COPY locale locale
COPY assets/themas assets/themas
COPY --from=vormgeving /bouw/portal/static/dist portal/static/dist
# The static files do not depend on any setting; these values exist during this one step only.
RUN DEMO=1 NAGEBOOTST=0 DATABASE_URL=postgresql:///geen INLOGMIDDELEN=/dev/null \
    PORTAAL_GEGEVENSSLEUTELS=bouw PORTAAL_INDEXSLEUTELS=bouw \
    python manage.py collectstatic --no-input \
    && python -m compileall -q accounts portal
USER 10001
EXPOSE 8000
STOPSIGNAL SIGTERM
CMD ["granian", "portal.wsgi:application"]

FROM portaal AS demo
COPY --chown=root:root tests/__init__.py tests/__init__.py
COPY --chown=root:root tests/nep_gemeente tests/nep_gemeente
COPY --chown=root:root docs/ontvanger/ontvanger.py docs/ontvanger/ontvanger.py

FROM portaal
