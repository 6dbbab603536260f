"""For everything that serves people: the demo on one machine and the real site."""

from eoc_cms.settings.base import *  # noqa: F403
from eoc_cms.settings.base import ALLOWED_HOSTS, ENV, SECRET_KEY
from eoc_cms.settings.env import SettingError

if len(SECRET_KEY) < 32:
    raise SettingError("Set SECRET_KEY to a secret of at least 32 characters.")
if not ALLOWED_HOSTS:
    raise SettingError("Set ALLOWED_HOSTS to the site's host names, comma separated.")

# The site's own address decides: an https address turns every transport rule
# on, and a plain http address is for one machine or a trial, as in the demo.
SECURE_SSL_REDIRECT = ENV.is_https
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if ENV.is_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENV.is_https
SECURE_HSTS_PRELOAD = ENV.is_https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.trusted_proxies else None

# Previews stand in a frame of the admin, so the site may frame itself and nobody else.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
