"""Builds a plant's records as docs/sync.md lays them down: stations that inspect, people who answer, batches and blobs
in a folder. Deterministic."""

import gzip
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from station_app.core.inspection import Pixels
from station_app.store.tiff import encode_tiff

Edit = Callable[[dict[str, Any]], None]
HEIGHT, WIDTH = 48, 64
RECIPE = {"name": "housing", "revision": 4, "sha256": "a" * 64, "thresholds": {"scratch": {"review": 0.5, "fail": 0.7}}}


def named(by: str) -> str:
    """The pseudonym of a person of the tests; nobody has none."""
    return f"op_{hashlib.sha256(by.encode()).hexdigest()[:12]}" if by else ""


def picture(seed: int, *, is_colour: bool = False) -> Pixels:
    shape = (HEIGHT, WIDTH, 3) if is_colour else (HEIGHT, WIDTH)
    return np.random.default_rng(seed).integers(0, 256, shape, np.uint8)


def finding(label: str = "scratch", box: tuple[int, ...] = (10, 20, 30, 15), camera: str = "top") -> dict[str, Any]:
    return {"label": label, "score": 0.83, "box": list(box), "camera": camera, "region": "", "polygon": None}


@dataclass
class Station:
    """One station's outbox. `records` are the lines' data in their order."""

    plant: str = "p1"
    name: str = "s1"
    series: str = "6743a1ef09bc"
    origin: str = "6743a1ef09bc"
    events: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    blobs: dict[str, bytes] = field(default_factory=dict)
    decisions: int = 0
    reviews: int = 0

    @property
    def prefix(self) -> str:
        return f"v1/plant={self.plant}/station={self.name}"

    def part(self, number: int, verdict: str = "FAIL", **changes: Any) -> "Part":
        return Part(self, number, verdict, **changes)

    def image(self, pixels: Pixels, camera: str = "top") -> dict[str, Any]:
        body = encode_tiff(pixels)
        sha256 = hashlib.sha256(body).hexdigest()
        uri = f"blobs/{sha256[:2]}/{sha256}.tif"
        self.blobs[uri] = body
        return {
            "camera": camera,
            "sha256": sha256,
            "uri": uri,
            "media_type": "image/tiff",
            "bytes": len(body),
            "settings": {"exposure_us": 800},
            "quality": {"mean": 91.2, "dark_share": 0.0, "bright_share": 0.0, "focus": 41.0},
        }

    def lines(self, edit: Edit | None = None) -> list[bytes]:
        """Every record as a line, chained. `edit` may change an event before it is hashed."""
        lines: list[bytes] = []
        before = "0" * 64
        for seq, (kind, data) in enumerate(self.events, 1):
            event = {
                "specversion": "1.0",
                "id": f"{self.name}:captures:{seq:012d}",
                "source": f"/plants/{self.plant}/stations/{self.name}/series/{self.series}",
                "type": f"station.{kind}.v1",
                "subject": f"{self.name}/{self.origin}/{data['part']['id']}",
                "time": "2026-11-24T07:20:15.123Z",
                "datacontenttype": "application/json",
                "dataschema": f"https://inspection-station.invalid/schemas/station.{kind}.v1.json",
                "data": {"seq": seq, "prev": before, **data},
            }
            if edit:
                edit(event)
            line = json.dumps(event, separators=(",", ":"), ensure_ascii=False).encode()
            before = hashlib.sha256(line).hexdigest()
            lines.append(line)
        return lines

    def batch(self, lines: list[bytes], first: int = 1) -> tuple[str, bytes]:
        """One batch's key and bytes."""
        body = gzip.compress(b"".join(line + b"\n" for line in lines), mtime=0)
        sha16 = hashlib.sha256(body).hexdigest()[:16]
        span = f"{self.name}-{self.series}-{first:012d}-{first + len(lines) - 1:012d}"
        return f"{self.prefix}/captures/date=2026-11-24/{span}.{sha16}.jsonl.gz", body

    def objects(self, each: int = 5, edit: Edit | None = None) -> dict[str, bytes]:
        """All objects, with `each` records a batch."""
        lines = self.lines(edit)
        batches = dict(self.batch(lines[at : at + each], at + 1) for at in range(0, len(lines), each))
        return {**{f"{self.prefix}/{uri}": body for uri, body in self.blobs.items()}, **batches}

    def send(self, folder: Path, each: int = 5, edit: Edit | None = None) -> None:
        write(folder, self.objects(each, edit))


@dataclass
class Part:
    """One inspected part. Every call appends a record that says all about it again, as stations do."""

    station: Station
    number: int
    verdict: str
    group: str = ""
    cameras: tuple[str, ...] = ("top",)
    findings: list[dict[str, Any]] | None = None
    pixels: Pixels | None = None
    recipe: str = "housing"
    probability: float | None = None
    images: list[dict[str, Any]] | None = None
    label: str = "scratch"

    def __post_init__(self) -> None:
        if self.images is None:
            seed = int.from_bytes(hashlib.sha256(self.station.name.encode()).digest()[:3], "big") + 10 * self.number
            shown = [picture(seed + at) if self.pixels is None else self.pixels for at in range(len(self.cameras))]
            self.images = [self.station.image(p, camera) for p, camera in zip(shown, self.cameras, strict=True)]
        if self.findings is None:
            self.findings = [finding(self.label)] if self.verdict == "FAIL" else []

    def capture(self) -> "Part":
        return self._record("capture", None, None)

    def decide(self, disposition: str, by: str = "op_a", **changes: Any) -> int:
        self.station.decisions += 1
        number = self.station.decisions
        decision = {
            "id": number,
            "disposition": disposition,
            "by": named(by),
            "at": "2026-11-24T07:20:14.000Z",
            "reason": "",
            "label": "",
            "camera": "",
            "marks": [],
            "viewed_ms": 4200,
            "undoes": None,
            "is_blind": False,
        }
        self._record("decision", {**decision, **changes}, None)
        return number

    def undo(self, decision: int, by: str = "op_a") -> int:
        return self.decide("undo", by, undoes=decision)

    def review(self, answer: str, by: str = "op_r", **changes: Any) -> int:
        self.station.reviews += 1
        number = self.station.reviews
        review = {
            "id": number,
            "queue": "blind",
            "answer": answer,
            "by": named(by),
            "at": "2026-11-24T09:00:00.000Z",
            "is_blind": True,
            "label": "",
            "severity": None,
            "drawn": [],
            "is_adjudication": False,
            "viewed_ms": 6000,
            "undoes": None,
        }
        self._record("review", None, {**review, **changes})
        return number

    def take_back(self, review: int, by: str = "op_r") -> None:
        self._record("review", None, self._taken_back(review, by))

    def _taken_back(self, review: int, by: str) -> dict[str, Any]:
        return {
            "id": review,
            "queue": "blind",
            "answer": "undo",
            "by": named(by),
            "at": "2026-11-24T09:05:00.000Z",
            "is_blind": True,
            "label": "",
            "severity": None,
            "drawn": [],
            "is_adjudication": False,
            "viewed_ms": 0,
            "undoes": review,
        }

    def _record(self, kind: str, decision: dict[str, Any] | None, review: dict[str, Any] | None) -> "Part":
        serial = f"SN{self.number:06d}"
        is_bad = self.verdict in ("FAIL", "REVIEW")
        data = {
            "part": {
                "id": self.number,
                "serial": serial,
                "lot": "L77",
                "group": self.group or serial,
                "inspected_at": f"2026-11-24T07:{self.number // 60 % 60:02d}:{self.number % 60:02d}.002Z",
            },
            "images": self.images,
            "recipe": {**RECIPE, "name": self.recipe},
            "models": [{"camera": camera, "package": "demo-housing", "sha256": "b" * 64} for camera in self.cameras],
            "prediction": {
                "verdict": self.verdict,
                "reason": "overrun" if self.verdict == "NO_RESULT" else None,
                "is_withheld": False,
                "label": self.label if is_bad else "",
                "score": 0.83 if is_bad else 0.1,
                "scores": {"scratch": 0.83 if is_bad else 0.1},
                "findings": self.findings,
                "total_ms": 41.0,
            },
            "why": ["override" if kind == "decision" else "blind"],
            "sampling": None
            if self.probability is None
            else {"is_rejected": is_bad, "stratum": 2, "probability": self.probability},
            "decision": decision,
            "review": review,
            "consensus": "single",
            "shadow": [],
            "app": {"version": "0.1.0", "schema": 1},
        }
        self.station.events.append((kind, data))
        return self


def write(folder: Path, objects: dict[str, bytes]) -> None:
    for key, body in objects.items():
        path = folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
