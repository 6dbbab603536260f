"""How gunicorn serves the site, in the demo and in production alike."""

import os

wsgi_app = "eoc_cms.wsgi:application"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# The code is loaded once and shared by the workers; no database connection is
# opened before the fork.
preload_app = True

timeout = 60
graceful_timeout = 10
keepalive = 5
# A worker is replaced now and then, so that a slow leak in any library stays small.
max_requests = 5000
max_requests_jitter = 500

# No access log: addresses may carry a visitor's access token.
accesslog = None
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL", "info").lower()
# Nobody commands a running server through a socket here: signals are enough.
control_socket_disable = True
