"""Batches as stations send them, by docs/sync.md."""

import gzip
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from station_app.sync.remote import Remote

START_MS = 1_795_500_000_000
SERIES = "6743a1ef09bc"


@dataclass(slots=True)
class SendingStation:
    """One station; `send` cuts what it is given as the next batch of a stream."""

    remote: Remote
    plant: str = "p1"
    station: str = "s1"
    series: str = SERIES
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def source(self) -> str:
        return f"/plants/{self.plant}/stations/{self.station}/series/{self.series}"

    def send(self, stream: str, events: list[dict[str, Any]], date: str = "2026-11-24") -> str:
        first = self.counts.get(stream, 0) + 1
        numbered = ({**event, "data": {"seq": first + n, **event["data"]}} for n, event in enumerate(events))
        return self.send_lines(stream, [json.dumps(event) for event in numbered], date)

    def send_lines(self, stream: str, lines: list[str], date: str = "2026-11-24") -> str:
        """Whatever they say."""
        first = self.counts.get(stream, 0) + 1
        last = self.counts[stream] = first + len(lines) - 1
        body = gzip.compress("".join(f"{line}\n" for line in lines).encode(), mtime=0)
        digest = hashlib.sha256(body).hexdigest()[:16]
        name = f"{self.station}-{self.series}-{first:012d}-{last:012d}.{digest}.jsonl.gz"
        key = f"v1/plant={self.plant}/station={self.station}/{stream}/date={date}/{name}"
        self.remote.create(key, body)
        return key

    def inspections(self, count: int, first: int = 1, verdict: str = "PASS") -> list[dict[str, Any]]:
        return [self._inspection(part_id, verdict) for part_id in range(first, first + count)]

    def decision(self, part_id: int, number: int, disposition: str, undoes: int | None = None) -> dict[str, Any]:
        told = {"id": number, "disposition": disposition, "reason": "R01", "undoes": undoes}
        prediction = {"verdict": "FAIL"}
        data = {"decision": told, "prediction": prediction, "recipe": {"name": "housing"}, "note": "null byte \x00"}
        return {**self._envelope("station.decision.v1", part_id), "data": data}

    def _envelope(self, kind: str, part_id: int) -> dict[str, Any]:
        subject = f"{self.station}/{self.series}/{part_id}"
        return {"source": self.source, "type": kind, "subject": subject, "time": "2026-11-24T07:20:15.123Z"}

    def _inspection(self, part_id: int, verdict: str) -> dict[str, Any]:
        data = {
            "part": {
                "id": part_id,
                "serial": f"SN{part_id:06d}",
                "lot": "L7",
                "group": f"SN{part_id:06d}",
                "inspected_at": f"2026-11-24T07:{part_id // 60 % 60:02d}:{part_id % 60:02d}.123Z",
            },
            "recipe": {"name": "housing", "revision": 4, "sha256": "ab" * 32},
            "models": [{"camera": "top", "package": "demo", "sha256": "cd" * 32}],
            "prediction": {
                "verdict": verdict,
                "reason": "late" if verdict == "NO_RESULT" else None,
                "label": "scratch" if verdict == "FAIL" else "",
                "score": part_id / 1000,
                "scores": {"scratch": part_id / 1000},
            },
            "times": {"acquire_ms": 1.0, "queue_ms": 0.5, "inspect_ms": 30.0, "total_ms": 41.0, "code_ms": 0.0},
            "decision": None,
            "app": {"version": "0.1.0", "schema": 1},
        }
        return {**self._envelope("station.inspection.v1", part_id), "data": data}
