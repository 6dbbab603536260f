"""A file that a visitor sent before their form was finished, known by a signed token."""

from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta

from django.core import signing

SALT = "eoc.kept-file"
KEPT_FOR = timedelta(hours=24)


@dataclass(frozen=True, kw_only=True)
class KeptFile:
    """What a token says of a file that was sent earlier."""

    key: str
    field_name: str
    name: str
    size: int
    digest: str
    token: str = field(default="", compare=False)


def signed(kept: KeptFile) -> KeptFile:
    """Return a file's description with the token that stands for it from now on."""
    told = {name: value for name, value in asdict(kept).items() if name != "token"}
    return replace(kept, token=signing.dumps(told, salt=SALT, compress=True))


def read_token(token: str, *, field_name: str) -> KeptFile | None:
    """Return what a token stands for, or None when it is not ours, too old or another field's."""
    try:
        kept = KeptFile(**signing.loads(token, salt=SALT, max_age=KEPT_FOR), token=token)
    except (signing.BadSignature, TypeError):
        return None
    return kept if kept.field_name == field_name else None
