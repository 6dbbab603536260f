"""nginx as deploy/nginx.conf has it, on loopback, and beside the site plain files."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.servers import Server, free_port, running
from tests.processes import PROJECT_DIR

CONFIGURATION = PROJECT_DIR / "deploy" / "nginx.conf"
# Debian keeps it where only root's PATH leads.
FOUND = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
FRAME = """
daemon off;
{user}
worker_processes 2;
pid {folder}/pid;
error_log {folder}/error.log warn;
events {{ worker_connections 1024; }}
http {{
    types {{ text/html html; application/pdf pdf; }}
    default_type application/octet-stream;
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""
# What stands beside the site: the same bytes as files, with no site behind them.
PLAIN_FILES = """
    location /plain-files/ {{ alias {files}/; }}
    location /plain-files/gzip/ {{ alias {files}/gzip/; add_header Content-Encoding gzip; }}
}}
"""


@contextmanager
def nginx(folder: Path, *, site_port: int, data: Path, files: Path) -> Iterator[Server]:
    """Run nginx before a site for as long as the block lasts."""
    assert FOUND
    folder.mkdir()
    port = free_port()
    (folder / "site.conf").write_text(
        _site(folder, port=port, site_port=site_port, data=data, files=files), encoding="utf-8"
    )
    # Its workers must read what only the owner of the data may.
    user = "user root;" if os.geteuid() == 0 else ""
    main = folder / "nginx.conf"
    main.write_text(FRAME.format(folder=folder, user=user), encoding="utf-8")
    command = [FOUND, "-p", str(folder), "-c", str(main), "-e", str(folder / "error.log")]
    with running(command, folder=folder, environment={}, log=folder / "log", port=port) as server:
        yield server


def _site(folder: Path, *, port: int, site_port: int, data: Path, files: Path) -> str:
    """Return the configuration with names, folders and ports of this run."""
    text = CONFIGURATION.read_text(encoding="utf-8")
    here = {
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{site_port};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{port};",
        "server_name example.org;": "server_name 127.0.0.1;",
        "/var/cache/nginx/eoc": f"{folder}/cache",
        "/srv/eoc/var": str(data),
    }
    for written, meant in here.items():
        assert written in text, written
        text = text.replace(written, meant)
    lines = [line for line in text.rstrip().splitlines() if "ssl_certificate" not in line]
    assert lines.pop() == "}"
    return "\n".join(lines) + PLAIN_FILES.format(files=files)
