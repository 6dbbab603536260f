"""One file in a bucket, read from wherever a reader is, through one open answer."""

import io
from dataclasses import dataclass
from typing import Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File

from eoc_cms.core.files.storage import StorageError

BUFFER_BYTES = 64 * 1024


class ByteStream(Protocol):
    """The body of an answer, which is read from its start to its end."""

    def read(self, amount: int) -> bytes: ...

    def close(self) -> None: ...


@dataclass(frozen=True, kw_only=True)
class StoredObject:
    client: Any  # the library for S3 has no types
    bucket: str
    key: str
    size: int
    etag: str

    def from_byte(self, start: int) -> ByteStream:
        """Return the bytes from there on; of this edition and no other."""
        answer: dict[str, ByteStream] = self.client.get_object(
            Bucket=self.bucket, Key=self.key, Range=f"bytes={start}-", IfMatch=self.etag
        )
        return answer["Body"]


class S3Reader(io.RawIOBase):
    """Asks the bucket when it is first read and after each jump."""

    def __init__(self, found: StoredObject) -> None:
        self._found = found
        self._place = 0
        self._stream: ByteStream | None = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._found.size}[whence]
        place = max(base + offset, 0)
        if place != self._place:
            self._drop_stream()
            self._place = place
        return place

    def readinto(self, buffer: Any) -> int:
        if self._place >= self._found.size:
            return 0
        try:
            if self._stream is None:
                self._stream = self._found.from_byte(self._place)
            data = self._stream.read(len(buffer))
        except (BotoCoreError, ClientError) as error:
            self._drop_stream()
            # Without its cause, which can hold the signed request.
            raise StorageError(f"The file cannot be read on ({type(error).__name__}).") from None
        buffer[: len(data)] = data
        self._place += len(data)
        return len(data)

    def close(self) -> None:
        self._drop_stream()
        super().close()

    def _drop_stream(self) -> None:
        if self._stream is not None:
            self._stream.close()
            self._stream = None


class S3File(File):
    """What a storage opens; the size and edition are those of the moment it was opened."""

    def __init__(self, found: StoredObject) -> None:
        super().__init__(io.BufferedReader(S3Reader(found), BUFFER_BYTES), name=found.key)
        self.size = found.size
        self.etag = found.etag
