"""How gunicorn serves the site, in the demo and in production alike."""

import sys
from pathlib import Path

# gunicorn may be started from any folder.
chdir = str(Path(__file__).resolve().parent.parent)
sys.path.insert(0, chdir)

from eoc_cms.settings.env import read_environment  # noqa: E402

_environment = read_environment()

wsgi_app = "eoc_cms.wsgi:application"
worker_class = "gthread"
workers = _environment.web_concurrency
threads = 4
# The code is loaded once and shared by the workers; no database connection is
# opened before the fork.
preload_app = True

timeout = 60
graceful_timeout = 10
keepalive = 5
# Longer than any address of ours, so that it is the site that answers a strange one.
limit_request_line = 8190
# A worker is replaced now and then, so that a slow leak in any library stays small.
max_requests = 50_000
max_requests_jitter = 5_000

# No access log: addresses may carry a visitor's access token.
accesslog = None
errorlog = "-"
loglevel = _environment.log_level.lower()
# Nobody commands a running server through a socket here: signals are enough.
control_socket_disable = True
