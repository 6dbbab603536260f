"""Settings that hold everywhere; what differs per machine comes from `env.py`."""

from eoc_cms.core.videos.addresses import PLAYER_ORIGINS
from eoc_cms.settings.env import PROJECT_DIR, read_environment

ENV = read_environment()

SECRET_KEY = ENV.secret_key
DEBUG = False
ALLOWED_HOSTS = ENV.allowed_hosts
SITE_URL = ENV.site_url
DATA_DIR = ENV.data_dir
DEMO_PASSWORD = ENV.demo_password

INSTALLED_APPS = [
    "home",
    "resources",
    "forms_app",
    "eoc_cms.core",
    "wagtail_modeladmin",
    "wagtailmedia",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.table_block",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "home.accounts.apps.AccountsConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.locales",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_countries",
    "django_filters",
    "django_tasks",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "eoc_cms.core.http.BodylessHeadMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "eoc_cms.core.http.InputGuardMiddleware",
    "eoc_cms.core.http.PrivateByDefaultMiddleware",
    "eoc_cms.core.caching.page_cache.PageCacheMiddleware",
    "csp.middleware.CSPMiddleware",
    "forms_app.intake.typed_page.TypedTextMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "eoc_cms.core.pages.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "eoc_cms.core.pages.redirects.RedirectMiddleware",
    "eoc_cms.core.views.key_guard.KeyGuardMiddleware",
    "eoc_cms.core.pages.drafts.DraftGuardMiddleware",
]

ROOT_URLCONF = "eoc_cms.urls"
WSGI_APPLICATION = "eoc_cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT_DIR / "eoc_cms" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# --- Data ------------------------------------------------------------------

DATABASES = {"default": {**ENV.database, "ATOMIC_REQUESTS": False}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A transaction that reads and then writes must take the write lock at its
    # start: under WAL alone it fails at once when another writer got in between.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;"
            "PRAGMA synchronous=FULL;"
            "PRAGMA secure_delete=ON;"  # An erased answer is overwritten, not only unlinked.
            "PRAGMA foreign_keys=ON;"
            "PRAGMA mmap_size=134217728;"
        ),
    }
# Opening one costs as much as five questions, and closing SQLite's last one empties its log.
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"KEY_PREFIX": "eoc", **ENV.cache},
    # Wagtail looks here for each size of a picture, and writes each that it has used.
    "renditions": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "renditions",
        "TIMEOUT": 300,  # seconds
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    },
}
# What tells that kept pages are old: on one machine a file, on several a key of their cache.
GENERATION_FILE = None if ENV.has_shared_cache else DATA_DIR / "page-generation"

# How many proxies of ours stand before the site, each adding to X-Forwarded-For.
TRUSTED_PROXIES = ENV.trusted_proxies

AUTH_USER_MODEL = "core.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
# A page may be for people with an account, who sign in where staff do. A password for a page
# would be kept as it was typed and told from one to the next: none is offered (decision 18).
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "password_required.html"  # noqa: S105

# --- Language and time -----------------------------------------------------

LANGUAGE_CODE = "en"
# Spanish pages stand under /es/ once staff add that locale (docs/decisions).
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("es", "Español")]
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = ENV.time_zone
USE_I18N = True
USE_TZ = True

# --- Files -----------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [PROJECT_DIR / "eoc_cms" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
# Documents and uploads live here, outside MEDIA_ROOT: no address leads to them
# except through a view that asks for the right.
PRIVATE_ROOT = DATA_DIR / "private"
SERVE_MEDIA = ENV.serve_media
SENDFILE = ENV.sendfile
STORAGES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "eoc_cms.core.files.storage.PrivateFileSystemStorage"},
    "staticfiles": {"BACKEND": "eoc_cms.core.files.bundled_static.BundledStaticFilesStorage"},
}
if ENV.buckets.bucket:
    STORAGES["private"] = ENV.buckets.storage_for(ENV.buckets.bucket, "PrivateS3Storage")
if ENV.buckets.media_bucket:
    STORAGES["default"] = ENV.buckets.storage_for(ENV.buckets.media_bucket, "PublicS3Storage")
MAX_UPLOAD_MB = ENV.max_upload_mb
FILE_UPLOAD_HANDLERS = [
    "forms_app.uploads.handler.VisitorUploadLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- Mail ------------------------------------------------------------------

EMAIL_FILE_PATH = None
vars().update(ENV.email)
# Every mail is queued first (core/mail/queue.py); the worker sends it by this way.
MAIL_TRANSPORT = str(ENV.email["EMAIL_BACKEND"])
EMAIL_BACKEND = "eoc_cms.core.mail.queue.QueueBackend"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.default_from_email
EMAIL_SUBJECT_PREFIX = ""

# --- Security --------------------------------------------------------------

IS_HTTPS = ENV.is_https
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.is_https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [ENV.site_url]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
ACCESS_COOKIE = "eoc_access"
CONTENT_SECURITY_POLICY = {
    # Wagtail's admin, and its previews inside it, bring scripts of their own.
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        # Players are loaded only after a visitor's click (core/videos).
        "frame-src": ["'self'", *PLAYER_ORIGINS],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    },
}
# For answers to a form whose page is gone; each form page says its own.
RETENTION_MONTHS = 24

# --- Wagtail ---------------------------------------------------------------

WAGTAIL_SITE_NAME = "Equity Officer Collective"
WAGTAILADMIN_BASE_URL = ENV.site_url
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # It would tell another site who signs in.
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILIMAGES_IMAGE_MODEL = "core.CustomImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "eoc_cms.core.media.image_form.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_DOCUMENT_MODEL = "core.CustomDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "eoc_cms.core.documents.document_form.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = ENV.max_document_mb * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "epub", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILMEDIA = {
    "MEDIA_MODEL": "core.CustomMedia",
    "MEDIA_FORM_BASE": "eoc_cms.core.media.media_form.MediaForm",
    "VIDEO_EXTENSIONS": ["mp4", "webm"],
    "AUDIO_EXTENSIONS": ["aac", "flac", "m4a", "mp3", "ogg", "wav"],
}
WAGTAILEMBEDS_FINDERS = [
    {"class": "eoc_cms.core.videos.KnownVideoFinder"},
    {"class": "wagtail.embeds.finders.oembed"},
]
WAGTAILSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "eoc_cms.core.searching.backend",
        # Words as they are, as on SQLite; search brings its own rules (home/search).
        "SEARCH_CONFIG": "simple",
    }
}

# --- Logging ---------------------------------------------------------------

# No handler mails errors or writes request bodies: a report must never hold a
# visitor's answers. Addresses are logged without their query (core/logging.py).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "private": {"()": "eoc_cms.core.logging.PrivateFilter"},
        "health": {"()": "eoc_cms.core.logging.HealthFilter"},
        "options": {"()": "eoc_cms.core.logging.OptionsFilter"},
    },
    "formatters": {
        "line": {
            "()": "eoc_cms.core.logging.PrivateFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        },
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["health", "options", "private"],
        },
    },
    "root": {"handlers": ["stderr"], "level": ENV.log_level},
    "loggers": {
        "django": {"handlers": [], "propagate": True, "level": ENV.log_level},
        # These tell of every step that went well.
        **{name: {"level": "WARNING"} for name in ("django_tasks", "pikepdf", "wagtail")},
        # And these, at DEBUG, of every request to a bucket with its signature.
        **{name: {"level": "WARNING"} for name in ("boto3", "botocore", "urllib3")},
    },
}
