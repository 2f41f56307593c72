"""How is the site set up?

Everything that differs between places comes from the environment; see
`docs/how-to/run-on-your-own-server.md`.
"""

import os
import secrets
from datetime import date
from pathlib import Path

from csp.constants import NONE, SELF
from psycopg.conninfo import conninfo_to_dict

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("FOURFOLD_HOME", ".fourfold")).resolve()

FOURFOLD_DEMONSTRATION = os.environ.get("FOURFOLD_DEMONSTRATION", "") == "1"
_today = os.environ.get(
    "FOURFOLD_TODAY", "2022-06-01" if FOURFOLD_DEMONSTRATION else ""
)
FOURFOLD_TODAY = date.fromisoformat(_today) if _today else None
FOURFOLD_HOME = HOME
FOURFOLD_LARGEST_UPLOAD = 20 * 1024 * 1024
FOURFOLD_LARGEST_EVIDENCE = int(
    float(os.environ.get("FOURFOLD_LARGEST_EVIDENCE_GB", "10")) * 1024**3
)

DEBUG = False

SECRET_KEY = os.environ.get("FOURFOLD_SECRET_KEY") or secrets.token_urlsafe(50)
ALLOWED_HOSTS = os.environ.get(
    "FOURFOLD_HOSTS", "127.0.0.1,localhost,[::1],testserver"
).split(",")
_secure = os.environ.get("FOURFOLD_HTTPS", "") == "1"


def _database(url: str, *, pooled: bool = False) -> dict[str, object]:
    parts = conninfo_to_dict(url)
    pool = {"pool": {"min_size": 1, "max_size": 8}} if pooled else {}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": str(parts.pop("dbname", "fourfold")),
        "USER": str(parts.pop("user", "")),
        "PASSWORD": str(parts.pop("password", "")),
        "HOST": str(parts.pop("host", "")),
        "PORT": str(parts.pop("port", "")),
        "OPTIONS": {**parts, **pool},
    }


_site_url = os.environ.get("DATABASE_URL", "postgresql://fourfold_site@/fourfold")
_owner_url = os.environ.get("DATABASE_OWNER_URL", _site_url)
_pooled = os.environ.get("FOURFOLD_POOL", "") == "1"
DATABASES = {
    "default": _database(_site_url, pooled=_pooled),
    "owner": _database(_owner_url),
}
DATABASES["owner"]["TEST"] = {"MIRROR": None}

INSTALLED_APPS = [
    "procrastinate.contrib.django",  # First: it must know its queue before ours do.
    "fourfold_web.base",
    "fourfold_web.intake",
    "fourfold_web.resolve",
    "fourfold_web.picture",
    "fourfold_web.assess",
    "fourfold_web.plan",
    "fourfold_web.task",
    "fourfold_web.act",
    "fourfold_web.measure",
    "fourfold_web.inspect",
    "fourfold_web.desk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.forms",
    "csp",
]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = ["fourfold_web.intake.evidence.queue"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "base.Officer"
ROOT_URLCONF = "fourfold_web.desk.urls"
WSGI_APPLICATION = "fourfold_web.desk.wsgi.application"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "fourfold_web.base.middleware.SecondFactor",
    "fourfold_web.base.middleware.OfficerContext",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fourfold_web.desk.context.surroundings",
            ],
        },
    }
]
FORM_RENDERER = "fourfold_web.base.renderer.GovUkRenderer"

AUTHENTICATION_BACKENDS = ["fourfold_web.base.sign_in.OfficerBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "fourfold_web.base.sign_in.ClosedDoor"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "fourfold_web.base.sign_in_forms.SignInForm",
    "change_password": "fourfold_web.base.sign_in_forms.PasswordForm",
    "reauthenticate": "fourfold_web.base.sign_in_forms.PasswordAgain",
}
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_USER_DISPLAY = "fourfold_web.base.sign_in.display_name"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "fourfold_web.base.sign_in_forms.SecondFactorWords"
MFA_FORMS = {
    "authenticate": "fourfold_web.base.sign_in_forms.CodeForm",
    "reauthenticate": "fourfold_web.base.sign_in_forms.CodeAgainForm",
    "activate_totp": "fourfold_web.base.sign_in_forms.FirstCodeForm",
}
MFA_TOTP_ISSUER = "Fourfold"
MFA_TOTP_TOLERANCE = 1

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(HOME / "cache"),
    }
}

SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = _secure
CSRF_COOKIE_SECURE = _secure
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "j F Y"
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = HOME / "files"
FILE_UPLOAD_HANDLERS = [
    "fourfold_web.intake.evidence.upload_handler.EvidenceUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
