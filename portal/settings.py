"""All settings, from the environment; a wrong value stops the start with a sentence.

`DEMO` relaxes http, ports and cookie prefixes for a portal on this machine; `NAGEBOOTST` installs
the stand-in login. Production sets neither.
"""

import os
import tomllib
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from portal.databank.adres import lees
from portal.databank.verbinding import geduld

BASE_DIR = Path(__file__).resolve().parent.parent


def env(naam: str, standaard: str | None = None) -> str:
    """Return the environment variable; raise ImproperlyConfigured without it and a default."""
    waarde = os.environ.get(naam, standaard)
    if waarde is None:
        raise ImproperlyConfigured(f"Zet de omgevingsvariabele {naam} (zie README).")
    return waarde


def env_bool(naam: str, standaard: bool = False) -> bool:
    """Return a switch; only 1, 0, true and false count, anything else is an error."""
    waarde = os.environ.get(naam, str(int(standaard))).lower()
    if waarde not in {"0", "1", "true", "false"}:
        raise ImproperlyConfigured(f"{naam} is {waarde!r}; schrijf 0 of 1.")
    return waarde in {"1", "true"}


def env_geheim(naam: str, standaard: str | None = None) -> str:
    """Return a secret from `naam`, or from the file that `naam_FILE` names."""
    bestand = os.environ.get(f"{naam}_FILE")
    return Path(bestand).read_text().strip() if bestand else env(naam, standaard)


def env_getal(naam: str, standaard: int, *, minimaal: int = 1, maximaal: int = 999_999_999) -> int:
    """Return a whole number; zero, which would refuse or erase all, only where it is asked for."""
    waarde = os.environ.get(naam, str(standaard))
    getal = int(waarde) if waarde.isascii() and waarde.isdigit() and len(waarde) < 10 else -1
    if not minimaal <= getal <= maximaal:
        grenzen = f"{minimaal} tot en met {maximaal}"
        raise ImproperlyConfigured(f"{naam} is {waarde[:20]!r}; schrijf een getal, {grenzen}.")
    return getal


def env_lijst(naam: str, standaard: str = "") -> list[str]:
    """Return a comma-separated list, empty parts left out."""
    return [deel.strip() for deel in env(naam, standaard).split(",") if deel.strip()]


TESTEN = env_bool("TESTEN")
DEMO = env_bool("DEMO", TESTEN)
NAGEBOOTST = env_bool("NAGEBOOTST", TESTEN)
DEBUG = False
_proef = "alleen-voor-demo-en-tests" if DEMO else None

SECRET_KEY = env_geheim("SECRET_KEY", _proef)
ALLOWED_HOSTS = env_lijst("ALLOWED_HOSTS", "localhost,127.0.0.1,testserver" if DEMO else "")
CSRF_TRUSTED_ORIGINS = env_lijst("CSRF_TRUSTED_ORIGINS")
PORTAAL_URL = env("PORTAAL_URL", "http://localhost:8000" if DEMO else None).rstrip("/")

# --- De gemeente -------------------------------------------------------------------------------
ORGANISATIE_NAAM = env("ORGANISATIE_NAAM", "Gemeente Waterveen" if DEMO else None)
ORGANISATIE_RSIN = env("ORGANISATIE_RSIN", "823288444" if DEMO else None)
ORGANISATIE_OIN = env("ORGANISATIE_OIN", f"00000001{ORGANISATIE_RSIN}000")
KLANTEN_ONGEBRUIKT_NA = timedelta(days=env_getal("KLANTEN_ONGEBRUIKT_DAGEN", 1825, minimaal=365))
KLANTEN_TE_LANG_OPEN = timedelta(days=env_getal("KLANTEN_TE_LANG_OPEN_DAGEN", 365))
KLANTEN_AFKOELING = timedelta(hours=env_getal("KLANTEN_AFKOELING_UREN", 72))
KLANTEN_WISBOEK = env("KLANTEN_WISBOEK", "")
THEMA = env("THEMA", "waterveen")
THEMAS = BASE_DIR / "assets" / "themas"
THEMA_MAP = env("THEMA_MAP", "")  # elders: theme.css, logo.svg, favicon.svg, gemeente.toml

# --- Sleutels (accounts.zegel): `kid:base64 van 32 bytes`, de eerste schrijft ---------------------
# Nooit afgeleid van SECRET_KEY, nooit in de databank of haar kopie.
PORTAAL_GEGEVENSSLEUTELS = env_geheim(
    "PORTAAL_GEGEVENSSLEUTELS", f"proef1:{'Z2VnZXZlbnMt' * 3}Z2VnZXY=" if TESTEN else None
)
PORTAAL_INDEXSLEUTELS = env_geheim(
    "PORTAAL_INDEXSLEUTELS", f"proef1:{'aW5kZXgtcHJv' * 3}aW5kZXg=" if TESTEN else None
)

# --- De buren (portal.registers): uit zolang hun URL leeg is --------------------------------------
# Per buur: BRP_URL, BRP_CLIENT_ID, BRP_GEHEIM(_FILE), BRP_KOPPEN (naam=waarde,...),
# BRP_CERTIFICAAT, BRP_ONTVANGST(_FILE). Welke nodig zijn: docs/buren.md, en `manage.py check`.
BUURDELEN = ("url", "client_id", "geheim", "koppen", "certificaat", "ontvangst")
BUREN = {
    _buur: {_deel: env_geheim(f"{_buur}_{_deel}".upper(), "") for _deel in BUURDELEN}
    for _buur in (
        "brp",
        "kvk",
        "pdok",
        "zaken",
        "contactmomenten",
        "verzoeken",
        "notificaties",
        "openklant",
        "terugmelding",
    )
}

INSTALLED_APPS = [
    "accounts",
    "portal.klanten",
    "portal.webhooks",
    "portal.berichten",
    "portal.logboek",
    "portal.registers",
    "portal.api",
    "portal.mijn",
    *(["accounts.nagebootst"] if NAGEBOOTST else []),
    *(["portal.demo"] if DEMO else []),
    "procrastinate.contrib.django",
    "django_htmx",
    "template_partials",
    "mozilla_django_oidc",
    "accounts.beheerconfig.BeheerConfig",  # django.contrib.admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

# internet.nl telt compressie van HTML als een opmerking; Django vult haar op tegen BREACH.
COMPRIMEER = env_bool("COMPRIMEER", True)
SPOREN_URL = env("SPOREN_URL", "")  # OpenTelemetry (OTLP over HTTP); leeg: geen sporen
MIDDLEWARE = [
    *(["portal.sporen.Sporen"] if SPOREN_URL else []),
    "portal.koppen.Koppen",
    *(["django.middleware.gzip.GZipMiddleware"] if COMPRIMEER else []),
    "django.middleware.security.SecurityMiddleware",
    "portal.gezondheid.Peiling",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.drukte.Drukte",
    "portal.api.poort.ApiPoort",
    "accounts.middleware.Sessiemiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "accounts.beheer.Beheerpoort",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.SessieRegels",
    "accounts.middleware.InlogVerplicht",
    "django.contrib.messages.middleware.MessageMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "portal.gemeente.context",
                "portal.mijn.schil.context",
                "portal.mijn.wie.context",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
FORM_RENDERER = "portal.mijn.invoer.Invoertekenaar"

# --- Databank ----------------------------------------------------------------------------------
_databank = lees(env_geheim("DATABASE_URL"))
DATABASE_ZONDER_TLS = env_bool("DATABASE_ZONDER_TLS", DEMO)  # alleen op dezelfde machine
PROCES = env("PROCES", "web")
_langste_vraag = env("DB_STATEMENT_TIMEOUT", "4s")
DATABASES = {
    "default": {
        **_databank,
        "ENGINE": "portal.databank",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **_databank["OPTIONS"],
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 3,
            "tcp_user_timeout": 10_000,
            "application_name": PROCES,
            "geduld": geduld(_langste_vraag, PROCES),
            "options": (
                f"-c statement_timeout={_langste_vraag} -c lock_timeout=2s"
                " -c idle_in_transaction_session_timeout=10s"
            ),
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Logboek en API ----------------------------------------------------------------------------
VERWERKINGENREGISTER_URL = env("VERWERKINGENREGISTER_URL", f"{PORTAAL_URL}/verwerkingen")
LOGBOEK_BEWAARMAANDEN = env_getal("LOGBOEK_BEWAARMAANDEN", 24)
LOGBOEK_VERTROUWELIJK = env_lijst("LOGBOEK_VERTROUWELIJK")
_doelen = Path(env("DOELEN_BESTAND", str(BASE_DIR / "portal" / "doelen.toml")))
DOELEN = tomllib.loads(_doelen.read_text())
API_PER_MINUUT = env_getal("API_PER_MINUUT", 600)
API_ZOEKEN_PER_MINUUT = env_getal("API_ZOEKEN_PER_MINUUT", 60)
API_MISSERS_PER_UUR = env_getal("API_MISSERS_PER_UUR", 100, minimaal=0)
API_LICHAAM_MAXIMUM = 65_536
API_MINIMUMNIVEAU = env_getal("API_MINIMUMNIVEAU", 25, minimaal=25, maximaal=40)
API_FILTERS_IN_URL = env_bool("API_FILTERS_IN_URL")
API_CONTACT = {
    "name": ORGANISATIE_NAAM,
    "email": env("API_CONTACT_EMAIL", "api@example.nl"),
    "url": PORTAAL_URL,
}

# --- Inloggen (accounts) -----------------------------------------------------------------------
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["accounts.oidc.PortaalBackend"]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "/", "/overzicht/", "/uitgelogd/"
SESSION_ENGINE = "accounts.sessieopslag"
SESSION_COOKIE_NAME = "sessie" if DEMO else "__Host-sessie"
CSRF_COOKIE_NAME = "csrf" if DEMO else "__Host-csrf"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_EXPIRE_AT_BROWSER_CLOSE, SESSION_SAVE_EVERY_REQUEST = True, False
SESSION_COOKIE_AGE = SESSIE_INACTIEF = 900  # seconden
SESSIE_WAARSCHUWING, SESSIE_MAXIMUM = 780, 10_800  # seconden
INLOGPOGING_LEVENSDUUR, OIDC_MARGE = 600, 60  # seconden
INLOG_PER_MINUUT = env_getal("INLOG_PER_MINUUT", 600 if DEMO else 20)  # per adres
ACHTER_PROXY = env_bool("ACHTER_PROXY")  # dan tellen X-Forwarded-For en X-Forwarded-Proto
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ACHTER_PROXY else None
WEB_TEGELIJK = env_getal("WEB_TEGELIJK", 16)  # vragen tegelijk, per proces
INLOG_TEGELIJK = env_getal("INLOG_TEGELIJK", 4)  # terugkerende inlogs tegelijk, per proces
INLOG_CA_BESTAND = env("INLOG_CA_BESTAND", "")  # eigen certificaatautoriteit van een aanbieder
OIDC_USE_PKCE, OIDC_STATE_SIZE, OIDC_NONCE_SIZE, OIDC_MAX_STATES = True, 43, 43, 5
OIDC_STORE_ACCESS_TOKEN = OIDC_STORE_ID_TOKEN = OIDC_ALLOW_UNSECURED_JWT = False
# Een TOML-bestand met een tabel per aanbieder (docs/inloggen.md); leeg is: het nagebootste middel.
INLOGMIDDELEN = env(
    "INLOGMIDDELEN", str(BASE_DIR / "accounts/nagebootst/aanbieders.toml") if NAGEBOOTST else None
)
# Wat iemand voor een handeling nodig heeft: niveau (accounts.niveaus) en hoe vers (seconden).
INLOG_HANDELINGEN = {
    "inzien": {"niveau": 25},
    "naam": {"niveau": 25},
    "postadres": {"niveau": 25},
    "contactgegevens": {"niveau": 25, "vers": 300},
    "voorkeuren": {"niveau": 25},
    "rekeningnummer": {"niveau": 30, "vers": 300},
    "contactpunt": {"niveau": 25},
    "bevestigen": {"niveau": 25},
    "claimen": {"niveau": 25, "vers": 300},
    "exporteren": {"niveau": 25, "vers": 300},
    "verwijderen": {"niveau": 30, "vers": 300},
    "terugmelden": {"niveau": 25},
    "overrulen": {"niveau": 25},
    "herstellen": {"niveau": 25},
    "beveiliging": {"niveau": 25},
}
# Wat zelf vaststelt wie vraagt (met een token), of iedereen mag zien.
INLOG_VRIJE_PADEN = ("/beheer/", "/api/", "/.well-known/", "/health/", "/metrics")
BEHEER_HOST = env("BEHEER_HOST", "")  # host van Django admin; leeg: alleen de demo heeft beheer
BEHEER_RECHTEN = {  # groep (uit de rollen van de aanbieder) en wat zij mag
    "functioneel beheer": ("view", "add", "change", "delete"),
    "inzage": ("view",),
}

# Wat `sleutels` behalve de verzegelde velden vernieuwt: model, kolom, doel, bij welke kolom.
VERZEGELDE_KOLOMMEN = [
    ("klanten.Klant", "subject_verzegeld", "subject", ""),
    ("klanten.Herstel", "vorige_verzegeld", "klanten.herstel", "waarde"),
    ("webhooks.Abonnement", "inlog_verzegeld", "webhooks.inlog", ""),
    ("webhooks.Geheim", "waarde_verzegeld", "webhooks.geheim", ""),
    ("berichten.Bericht", "inhoud_verzegeld", "berichten.inhoud", ""),
    ("mijn.Download", "inhoud_verzegeld", "mijn.download", "id"),
    ("accounts.Account", "wie_verzegeld", "account", ""),
]
INDEX_MODEL = "klanten.Klant"
INDEX_VOLGERS = [("accounts.Inlogregel", "subject"), ("klanten.Terugmelding", "melder_index")]
# Wat een account noemt (medewerkers, blokkades), en met hem meegaat naar een nieuwe indexsleutel.
ACCOUNT_VOLGERS = [
    ("webhooks.Beheerhandeling", "wie"), ("api.Rechtenhandeling", "door"),
    ("accounts.Toegangshandeling", "account"), ("admin.LogEntry", "user_id"),
]  # fmt: skip

# --- Taal, tijd, bestanden ---------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "taal" if DEMO else "__Host-taal"
LANGUAGE_COOKIE_SECURE, LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_SAMESITE = not DEMO, True, "Lax"
# Een gemeente mag teksten vervangen: een map locale in haar thema gaat voor.
LOCALE_PATHS = [Path(THEMA_MAP or THEMAS / THEMA) / "locale", BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS: list[Path | tuple[str, str]] = [
    BASE_DIR / "portal" / "static",
    ("themas", str(THEMAS)),
    *([(f"themas/{THEMA}", THEMA_MAP)] if THEMA_MAP else []),
]
WHITENOISE_ALLOW_ALL_ORIGINS = False  # our files are for our own pages
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTEN  # tests collect nothing
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTEN
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- Webhooks ----------------------------------------------------------------------------------
PORTAAL_EPOCH = env_getal("PORTAAL_EPOCH", 1)  # een nieuw getal na elk terugzetten van een kopie
WEBHOOKS_TOEGESTANE_NETTEN = env_lijst("WEBHOOKS_TOEGESTANE_NETTEN")  # CIDR, binnen de gemeente
WEBHOOKS_DEMO_ONTVANGERS = env_lijst(
    "WEBHOOKS_DEMO_ONTVANGERS", "http://127.0.0.1:8001" if DEMO else ""
)
WEBHOOKS_DEMO_GEHEIM = env_geheim("WEBHOOKS_DEMO_GEHEIM", "")
BEHEER_EMAIL = env("BEHEER_EMAIL", "beheer@waterveen.example" if DEMO else "")  # alarmen
WEBHOOKS_TIJDSCHAAL = float(env("WEBHOOKS_TIJDSCHAAL", "1"))  # wachttijden korter, alleen in tests
PROCRASTINATE_ON_APP_READY = "portal.webhooks.taken.hang_op"
WERKER_HARTSLAG = env("WERKER_HARTSLAG", "")  # een bestand dat een werker die werkt steeds aanraakt
PROCRASTINATE_WORKER_DEFAULTS = {
    "concurrency": env_getal("WERKER_PLAATSEN", 100),
    "delete_jobs": "always",
    "update_heartbeat_interval": 2.0,
    "stalled_worker_timeout": 10.0,
    "shutdown_graceful_timeout": float(env_getal("WERKER_STOPTIJD", 3 if DEMO else 20)),
}

# --- Berichten aan mensen ----------------------------------------------------------------------
DEMO_POST_URL = env("DEMO_POST_URL", "http://127.0.0.1:8001")
EMAIL_BACKEND = (
    "portal.berichten.wegen.DemoMail" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = env("EMAIL_HOST", "localhost")
EMAIL_PORT = env_getal("EMAIL_PORT", 587, maximaal=65_535)
EMAIL_HOST_USER = env("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env_geheim("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("EMAIL_AFZENDER", "noreply@waterveen.example" if DEMO else None)
SMS_WEG = env("SMS_WEG", "demo" if DEMO else "geen")
NOTIFYNL_URL = env("NOTIFYNL_URL", "https://api.notifynl.nl")
NOTIFYNL_SLEUTEL = env_geheim("NOTIFYNL_SLEUTEL", "")
NOTIFYNL_SJABLOON = env("NOTIFYNL_SJABLOON", "")
HERSTEL_PER_MINUUT = env_getal("HERSTEL_PER_MINUUT", 20)  # "dit was ik niet", per adres

# --- Veiligheid --------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = not DEMO
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]  # whoever asks stands inside and has no TLS
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEMO
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "portal.mijn.views.fouten.csrf"
# Bytes that a request may carry, per start of the path; more is refused unread (413).
LICHAAM_MAXIMUM = {"/": 65_536, "/api/": 1_048_576}
DATA_UPLOAD_MAX_MEMORY_SIZE = max(LICHAAM_MAXIMUM.values())
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # portal.koppen writes the header, and frame-ancestors
    "security.W021",  # whether its domain joins the preload list is up to the municipality
]

# --- Logregels en cijfers ----------------------------------------------------------------------
METRICS_TOKEN = env_geheim("METRICS_TOKEN", "")  # zonder token bestaat /metrics niet
LOG_VORM = env("LOG_VORM", "leesbaar" if DEMO else "json")
if LOG_VORM not in {"json", "leesbaar"}:
    raise ImproperlyConfigured("LOG_VORM is json of leesbaar.")
LOG_NIVEAU = env("LOG_NIVEAU", "INFO")
if LOG_NIVEAU != "INFO" and not DEMO:
    raise ImproperlyConfigured("LOG_NIVEAU is INFO: hoger mist het bewijs, lager toont te veel.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"masker": {"()": "portal.logregels.Masker"}},
    "formatters": {
        "json": {"()": "portal.logregels.JsonRegel"},
        "leesbaar": {"()": "portal.logregels.LeesbareRegel"},
    },
    "handlers": {
        "regels": {"class": "logging.StreamHandler", "filters": ["masker"], "formatter": LOG_VORM}
    },
    "root": {"handlers": ["regels"], "level": LOG_NIVEAU},
    # Django's own handlers would write past the mask.
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "procrastinate": {"level": "WARNING"},  # its INFO is a line per task at every start
    },
}
