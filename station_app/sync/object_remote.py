"""S3, Azure and Google Cloud through obstore, with deadlines of our own: its usual 30 s end no large object on a slow
link, and wait for a dead server too long.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from station_app.core.errors import ConfigError, RemoteRefusedError
from station_app.sync.object_faults import already_exists, fault_of
from station_app.sync.remote import Put, check_key

if TYPE_CHECKING:
    from obstore.store import ObjectStore

T = TypeVar("T")

CONNECT_S = 5
SMALL_S = 15
SMALL_BYTES = 64_000
SLOWEST_BYTES_PER_S = 25_000
LARGEST_S = 1_800
_MOST_TRIES = 2
"""Of obstore itself, for a connection that was dropped; the patience of days is the outbox's."""


@dataclass(frozen=True, slots=True)
class ObjectAccess:
    """How a store is reached. `url` is `s3://BUCKET/PREFIX`, `az://...` or `gs://...`; `settings` are those of the
    provider (endpoint, region, keys), secret ones among them: they are shown nowhere. `ca_file` is a plant's own CA.
    With 1 of `tries` nothing is sent twice, so that what exists was not created by a call whose answer was lost."""

    url: str
    settings: dict[str, str] = field(default_factory=dict, repr=False)
    ca_file: Path | None = None
    proxy: str = ""
    allow_http: bool = False
    tries: int = 1 + _MOST_TRIES


class ObjectRemote:
    """One bucket and prefix. ConfigError where the access cannot be one."""

    def __init__(self, access: ObjectAccess) -> None:
        _need_obstore(access.url)
        self._access = access
        self._ca = _read_ca(access.ca_file)
        self._stores: dict[int, ObjectStore] = {}
        self._store(SMALL_S)

    @property
    def where(self) -> str:
        return self._access.url

    def create(self, key: str, body: bytes) -> Put:
        import obstore

        store = self._store(_seconds_for(len(body)))
        try:
            obstore.put(store, check_key(key), body, mode="create", use_multipart=False)
        except (FileNotFoundError, obstore.exceptions.BaseError) as error:
            if already_exists(error):
                return Put.EXISTED
            raise fault_of(error, self.where) from error
        return Put.CREATED

    def read(self, key: str) -> bytes | None:
        import obstore

        try:
            return bytes(obstore.get(self._store(LARGEST_S), check_key(key)).bytes())
        except (FileNotFoundError, obstore.exceptions.NotFoundError):
            return None
        except obstore.exceptions.BaseError as error:
            raise fault_of(error, self.where) from error

    def read_within(self, key: str, most_bytes: int) -> bytes | None:
        """As `read`; RemoteRefusedError where it is larger, of which nothing is fetched then."""
        import obstore

        try:
            found = obstore.get(self._store(LARGEST_S), check_key(key))
            if found.meta["size"] > most_bytes:
                where = f"{self.where}, {key}"
                what = f"the object is larger than {most_bytes} bytes"
                raise RemoteRefusedError(what, where=where, remedy="find out who put it there")
            return bytes(found.bytes())
        except (FileNotFoundError, obstore.exceptions.NotFoundError):
            return None
        except obstore.exceptions.BaseError as error:
            raise fault_of(error, self.where) from error

    def names(self, prefix: str) -> tuple[str, ...]:
        import obstore

        folder = prefix.rsplit("/", 1)[0] if "/" in prefix else None

        def listed() -> list[str]:
            pages = obstore.list(self._store(SMALL_S), folder)
            return [str(entry["path"]) for page in pages for entry in page]

        return tuple(sorted(key for key in self._told(listed) if key.startswith(prefix)))

    def folders(self, prefix: str) -> tuple[str, ...]:
        import obstore

        found = self._told(lambda: obstore.list_with_delimiter(self._store(SMALL_S), prefix.rstrip("/")))
        return tuple(sorted(str(path).rstrip("/").rpartition("/")[2] for path in found["common_prefixes"]))

    def remove(self, key: str) -> None:
        import obstore

        self._told(lambda: obstore.delete(self._store(SMALL_S), check_key(key)))

    def written_s(self, key: str) -> float | None:
        """When the store got the object, by its own clock."""
        import obstore

        written = self._told(lambda: obstore.head(self._store(SMALL_S), check_key(key))["last_modified"])
        return written.timestamp()

    def _told(self, call: Callable[[], T]) -> T:
        import obstore

        try:
            return call()
        except (FileNotFoundError, obstore.exceptions.BaseError) as error:
            raise fault_of(error, self.where) from error

    def _store(self, timeout_s: int) -> "ObjectStore":
        """One for each deadline: obstore knows one deadline a store."""
        if timeout_s not in self._stores:
            self._stores[timeout_s] = self._open(timeout_s)
        return self._stores[timeout_s]

    def _open(self, timeout_s: int) -> "ObjectStore":
        import obstore
        from obstore.store import from_url

        client: dict[str, Any] = {"timeout": f"{timeout_s}s", "connect_timeout": f"{CONNECT_S}s"}
        client |= {"allow_http": True} if self._access.allow_http else {}
        client |= {"root_certificate": self._ca} if self._ca else {}
        client |= {"proxy_url": self._access.proxy} if self._access.proxy else {}
        retry = {"max_retries": self._access.tries - 1, "retry_timeout": timedelta(seconds=timeout_s)}
        options: Any = {"config": dict(self._access.settings), "client_options": client, "retry_config": retry}
        try:
            return from_url(self._access.url, **options)
        except (obstore.exceptions.BaseError, ValueError, TypeError) as error:
            remedy = "see docs/sync.md: what may stand in [sync]"
            what = f"the store cannot be opened: {_first_line(error)}"
            raise ConfigError(what, where=self.where, remedy=remedy) from error


def _need_obstore(where: str) -> None:
    try:
        import obstore  # noqa: F401 - only whether it is there
    except ImportError as error:
        remedy = 'install the extra: pip install "station-app[sync]"'
        raise ConfigError("object stores need obstore", where=where, remedy=remedy) from error


def _seconds_for(size: int) -> int:
    """How long an object of this size may take on the slowest link; in few steps, since each opens a store."""
    if size <= SMALL_BYTES:
        return SMALL_S
    seconds = 60
    while seconds * SLOWEST_BYTES_PER_S < size and seconds < LARGEST_S:
        seconds *= 2
    return min(seconds, LARGEST_S)


def _read_ca(path: Path | None) -> bytes:
    if path is None:
        return b""
    try:
        return path.read_bytes()
    except OSError as error:
        what = f"the certificate of the plant's CA cannot be read: {error.strerror}"
        raise ConfigError(what, where=str(path), remedy="name a PEM file that this user may read") from error


def _first_line(error: Exception) -> str:
    """Without what the library prints for its developers below it."""
    return str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
