"""What strangers send to be answered with something that others get after them."""

# All that the server, Django and what is between read of a request, and what strangers make up.
POISON = [
    *({"SCRIPT_NAME": "/our-story"}, {"SCRIPT_NAME": "/evil", "PATH_INFO": "/"}),
    *({"HTTP_SCRIPT_NAME": "/evil"}, {"HTTP_X_FORWARDED_HOST": "evil.example"}),
    *({"HTTP_X_FORWARDED_PROTO": words} for words in ("https", "http", "gopher", "https,http")),
    *({"HTTP_X_FORWARDED_PORT": "99"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.1"}),
    *({"HTTP_FORWARDED": "host=evil.example"}, {"HTTP_X_ORIGINAL_URL": "/admin/"}),
    *({"HTTP_X_SCRIPT_NAME": "/evil"}, {"HTTP_X_FORWARDED_PREFIX": "/evil"}),
    *({"HTTP_X_REWRITE_URL": "/admin/"}, {"HTTP_X_HTTP_METHOD_OVERRIDE": "POST"}),
    *({"HTTP_HOST": host} for host in ("evil.example", "localhost", "testserver:8000", "")),
    *({"QUERY_STRING": query} for query in ("x=1", "page=2", "%00", "pass=x", "answer=new")),
    *({"HTTP_ACCEPT_LANGUAGE": "es"}, {"HTTP_ACCEPT": "application/json"}),
    *({"HTTP_ACCEPT_ENCODING": "gzip"}, {"HTTP_ACCEPT_ENCODING": "br"}),
    *({"HTTP_COOKIE": f"{name}=x"} for name in ("eoc_access", "sessionid", "csrftoken", "theme")),
    *({"HTTP_AUTHORIZATION": "Basic YTpi"}, {"HTTP_RANGE": "bytes=0-10"}),
    *({"HTTP_IF_NONE_MATCH": "*"}, {"HTTP_IF_MODIFIED_SINCE": "Sat, 01 Jan 2050 00:00:00 GMT"}),
    *({"HTTP_REFERER": "https://evil.example/"}, {"HTTP_ORIGIN": "https://evil.example"}),
    *({"HTTP_USER_AGENT": "curl"}, {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}),
    *({"HTTP_CONNECTION": "upgrade"}, {"HTTP_TE": "trailers"}, {"HTTP_SEC_GPC": "1"}),
    *({"wsgi.url_scheme": "https"}, {"REMOTE_ADDR": "192.0.2.1"}, {"SERVER_NAME": "evil"}),
    *({"REQUEST_METHOD": method} for method in ("HEAD", "OPTIONS", "POST", "PUT", "PURGE")),
]


def named(given: dict[str, str]) -> str:
    return ",".join(map(str, given.items()))
