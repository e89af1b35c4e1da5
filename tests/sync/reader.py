"""Reads back what stations have sent, as whoever collects it does, and says everything that is wrong with it."""

import gzip
import hashlib
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from station_app.sync.remote import Remote

_BATCH = re.compile(
    r"v1/plant=[a-z0-9-]+/station=(?P<station>[a-z0-9-]+)/(?P<stream>captures|history)/date=\d{4}-\d\d-\d\d/"
    r"(?P=station)-(?P<series>[0-9a-f]+)-(?P<first>\d{12})-(?P<last>\d{12})\.(?P<sha>[0-9a-f]{16})\.jsonl\.gz"
)
_FIRST = "0" * 64


@dataclass
class ReadBack:
    """`events` of all streams, and what is wrong: objects that are not what their name says, names that nothing is
    known of, records that come twice or are missing in the numbers, chains that break, images that are not there."""

    events: list[dict[str, Any]] = field(default_factory=list)
    corrupt: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    duplicate: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    dangling: list[str] = field(default_factory=list)
    images: int = 0

    @property
    def problems(self) -> list[str]:
        return [*self.corrupt, *self.strange, *self.duplicate, *self.broken, *self.dangling]

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.events if event["type"] == kind]


def read_back(remote: Remote) -> ReadBack:
    told = ReadBack()
    names = [name for name in remote.names("v1/") if "/claims/" not in name]
    images = {name for name in names if "/blobs/" in name}
    told.images = len(images)
    for name in images:
        digest = hashlib.sha256(remote.read(name) or b"").hexdigest()
        if digest != name.rsplit("/", 1)[1].split(".")[0]:
            told.corrupt.append(name)
    batches: dict[tuple[str, str], list[tuple[int, int, list[bytes]]]] = defaultdict(list)
    for name in names:
        if name not in images:
            _read_batch(name, remote.read(name) or b"", batches, told)
    for stream, parts in batches.items():
        _follow(stream, parts, told)
    _count(told, images)
    return told


def _read_batch(
    name: str, body: bytes, batches: dict[tuple[str, str], list[tuple[int, int, list[bytes]]]], told: ReadBack
) -> None:
    match = _BATCH.fullmatch(name)
    if match is None:
        told.strange.append(name)
    elif hashlib.sha256(body).hexdigest()[:16] != match["sha"]:
        told.corrupt.append(name)
    else:
        lines = gzip.decompress(body).splitlines()
        batches[match["series"], match["stream"]].append((int(match["first"]), int(match["last"]), lines))


def _follow(stream: tuple[str, str], parts: list[tuple[int, int, list[bytes]]], told: ReadBack) -> None:
    """Numbers from 1 without a gap, and each line naming the hash of the one before it."""
    number, before = 0, _FIRST
    for first, last, lines in sorted(parts):
        if first != number + 1 or last != number + len(lines):
            told.broken.append(f"{stream}: {first} to {last} after {number}")
        for line in lines:
            number += 1
            event = json.loads(line)
            told.events.append(event)
            if event["data"]["seq"] != number or event["data"]["prev"] != before:
                told.broken.append(f"{stream}: line {number}")
            before = hashlib.sha256(line).hexdigest()


def _count(told: ReadBack, images: set[str]) -> None:
    seen = Counter((event["source"], event["id"]) for event in told.events)
    told.duplicate += [f"{name} {count} times" for name, count in seen.items() if count > 1]
    for event in told.events:
        for image in event["data"].get("images", ()):
            root = "/".join(next(iter(images), "//").split("/")[:3])
            if f"{root}/{image['uri']}" not in images:
                told.dangling.append(f"{event['id']}: {image['uri']}")
