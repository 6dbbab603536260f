"""A small server on this machine that speaks S3, with a bucket that no stranger can read.

What is to be proved of a bucket is proved here: a request without a right signature
(AWS Signature Version 4), or with one that has ended, is refused; parts are sent on demand.
"""

import hashlib
import hmac
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit
from xml.sax.saxutils import escape

from eoc_cms.settings.s3 import Buckets

ACCESS_KEY, SECRET_KEY, REGION = "test-key-id", "s3cret-of-the-bucket", "us-east-1"
SIGNED = re.compile(r"Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=(\w+)")
# What a signed address may change about the answer.
CHANGES = {
    "response-content-disposition": "Content-Disposition",
    "response-content-type": "Content-Type",
    "response-cache-control": "Cache-Control",
}


@dataclass
class Kept:
    body: bytes
    kind: str

    @property
    def etag(self) -> str:
        return f'"{hashlib.md5(self.body, usedforsecurity=False).hexdigest()}"'


@dataclass
class FakeS3:
    """What tests see of the server."""

    url: str = ""
    objects: dict[tuple[str, str], Kept] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    bytes_sent: int = 0
    # Added to the clock, to see signed addresses end.
    ahead: timedelta = timedelta()
    page_size: int = 1000
    is_down: bool = False
    is_open_to_all: bool = False

    def names(self, bucket: str) -> list[str]:
        return sorted(key for name, key in self.objects if name == bucket)

    @property
    def now(self) -> datetime:
        return datetime.now(tz=UTC) + self.ahead


class Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Pass over readers that go away in the middle, and show what else goes wrong."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def running_s3() -> Iterator[FakeS3]:
    s3 = FakeS3()
    server = Server(("127.0.0.1", 0), type("Bound", (Handler,), {"s3": s3}))
    s3.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield s3
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def storage_entry(s3: FakeS3, bucket: str, kind: str) -> dict[str, Any]:
    """Return an entry of STORAGES for a bucket of this server, as the settings make it."""
    buckets = Buckets(
        bucket=bucket,
        media_bucket="",
        endpoint_url=s3.url,
        region=REGION,
        access_key_id=ACCESS_KEY,
        secret_access_key=SECRET_KEY,
    )
    return buckets.storage_for(bucket, kind)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    s3: FakeS3

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._answer()

    do_HEAD = do_PUT = do_DELETE = do_GET

    def _answer(self) -> None:
        self._body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = urlsplit(self.path)
        self._query = dict(parse_qsl(parts.query, keep_blank_values=True))
        bucket, _slash, key = unquote(parts.path).lstrip("/").partition("/")
        self.s3.asked.append(f"{self.command} {key}")
        if self.s3.is_down:
            return self._refuse(500, "InternalError")
        if not (self.s3.is_open_to_all or self._is_signed(parts.path, parts.query)):
            return self._refuse(403, "AccessDenied")
        if not key:
            return self._list(bucket)
        return {"PUT": self._put, "DELETE": self._delete}.get(self.command, self._get)(bucket, key)

    # --- Signatures ---------------------------------------------------------------

    def _is_signed(self, path: str, query: str) -> bool:
        given = SIGNED.search(self.headers.get("Authorization", ""))
        if given:
            credential, names, signature = given.groups()
            moment = self.headers["X-Amz-Date"]
            payload = self.headers["X-Amz-Content-SHA256"]
            actual = hashlib.sha256(self._body).hexdigest()
            if payload not in {"UNSIGNED-PAYLOAD", actual}:
                return False
            until = _moment(moment) + timedelta(minutes=15)
        elif "X-Amz-Signature" in self._query:
            credential, names = self._query["X-Amz-Credential"], self._query["X-Amz-SignedHeaders"]
            signature, moment = self._query["X-Amz-Signature"], self._query["X-Amz-Date"]
            payload = "UNSIGNED-PAYLOAD"
            until = _moment(moment) + timedelta(seconds=int(self._query["X-Amz-Expires"]))
        else:
            return False
        scope = credential.split("/", 1)[1]
        said = "\n".join(
            [
                self.command,
                path,
                _sorted_query(query),
                *(f"{name}:{self.headers[name].strip()}" for name in names.split(";")),
                "",
                names,
                payload,
            ]
        )
        right = _sign(said, moment, scope)
        is_ours = credential == f"{ACCESS_KEY}/{scope}"
        return is_ours and self.s3.now <= until and hmac.compare_digest(right, signature)

    # --- Objects ------------------------------------------------------------------

    def _put(self, bucket: str, key: str) -> None:
        kind = self.headers.get("Content-Type", "binary/octet-stream")
        kept = self.s3.objects[bucket, key] = Kept(self._body, kind)
        self._send(200, {"ETag": kept.etag})

    def _delete(self, bucket: str, key: str) -> None:
        self.s3.objects.pop((bucket, key), None)
        self._send(204)

    def _get(self, bucket: str, key: str) -> None:
        kept = self.s3.objects.get((bucket, key))
        if kept is None:
            return self._refuse(404, "NoSuchKey")
        if self.headers.get("If-Match", kept.etag) != kept.etag:
            return self._refuse(412, "PreconditionFailed")
        headers = {
            "Content-Type": kept.kind,
            "ETag": kept.etag,
            "Last-Modified": "Tue, 24 Nov 2026 12:00:00 GMT",
            "Accept-Ranges": "bytes",
            **{CHANGES[name]: value for name, value in self._query.items() if name in CHANGES},
        }
        span = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if not span:
            return self._send(200, headers, kept.body)
        start, end = int(span[1]), min(int(span[2] or len(kept.body)), len(kept.body) - 1)
        headers["Content-Range"] = f"bytes {start}-{end}/{len(kept.body)}"
        return self._send(206, headers, kept.body[start : end + 1])

    def _list(self, bucket: str) -> None:
        prefix, delimiter = self._query.get("prefix", ""), self._query.get("delimiter", "")
        after = self._query.get("continuation-token", "")
        found: dict[str, None] = {}
        for name in self.s3.names(bucket):
            if name.startswith(prefix):
                first, slash, _rest = name[len(prefix) :].partition(delimiter or "\0")
                found[prefix + first + slash if slash else name] = None
        entries = [entry for entry in found if entry > after]
        page = entries[: min(self.s3.page_size, int(self._query.get("max-keys", 1000)))]
        folders = [entry for entry in page if delimiter and entry.endswith(delimiter)]
        more = len(entries) > len(page)
        keys = [entry for entry in page if entry not in folders]
        text = f"<IsTruncated>{str(more).lower()}</IsTruncated>"
        if more:
            text += f"<NextContinuationToken>{escape(page[-1])}</NextContinuationToken>"
        for key in keys:
            text += f"<Contents><Key>{escape(key)}</Key></Contents>"
        for folder in folders:
            text += f"<CommonPrefixes><Prefix>{escape(folder)}</Prefix></CommonPrefixes>"
        body = f"<ListBucketResult>{text}</ListBucketResult>".encode()
        self._send(200, {"Content-Type": "application/xml"}, body)

    # --- Answers ------------------------------------------------------------------

    def _refuse(self, status: int, code: str) -> None:
        self._send(status, {}, f"<Error><Code>{code}</Code></Error>".encode())

    def _send(self, status: int, headers: Any = None, body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "HEAD":
            return
        for start in range(0, len(body), 65536):
            try:
                self.wfile.write(body[start : start + 65536])
            except OSError:
                # The reader had enough.
                self.close_connection = True
                return
            self.s3.bytes_sent += len(body[start : start + 65536])


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _sorted_query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if name != "X-Amz-Signature"]
    return "&".join(
        sorted(f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}" for name, value in kept)
    )


def _sign(said: str, moment: str, scope: str) -> str:
    digest = hashlib.sha256(said.encode()).hexdigest()
    key = f"AWS4{SECRET_KEY}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    text = f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{digest}"
    return hmac.new(key, text.encode(), "sha256").hexdigest()
