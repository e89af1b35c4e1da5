"""What the station tells Prometheus, out of the events that its screens hear. Labels carry no serials and no people."""

import time
from functools import partial

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from station_app.core.messages import (
    AlarmCleared,
    AlarmRaised,
    CameraChanged,
    EngineState,
    Event,
    HealthReported,
    OverrideRecorded,
    PartInspected,
    Priority,
    StateChanged,
    StationDescribed,
)
from station_app.core.sync_messages import SyncReported

_BUCKETS_S = (0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0)
_MS = 1000.0


class Metrics:
    """`hear` every event, on any thread; `registry` is what an endpoint tells."""

    def __init__(self, version: str) -> None:
        self.registry = CollectorRegistry()
        counter, gauge = partial(Counter, registry=self.registry), partial(Gauge, registry=self.registry)
        self._info = gauge("station_info", "The station and its program", ("station", "version"))
        self._model = gauge("station_model_info", "The model package that decides", ("model", "sha256"))
        self._state = gauge("station_state", "1 for the state that the engine is in", ("state",))
        self._parts = counter("station_parts", "Recorded parts by verdict", ("verdict", "recipe"))
        self._no_results = counter("station_no_results", "Parts without a result by reason", ("reason",))
        self._overrides = counter("station_overrides", "People's decisions at the line", ("disposition",))
        self._seconds = Histogram(
            "station_verdict_seconds", "From trigger to verdict", registry=self.registry, buckets=_BUCKETS_S
        )
        self._queue = gauge("station_queue_length", "What waits in a bounded queue", ("queue",))
        self._dropped = gauge("station_queue_dropped", "Dropped or refused since the recipe was loaded", ("queue",))
        self._free = gauge("station_disk_free_bytes", "Free on the disk of the images")
        self._alarms = gauge("station_alarms", "Alarms that stand", ("priority",))
        self._camera = gauge("station_camera_live", "1 while the camera answers", ("camera",))
        self._waiting = gauge("station_sync_waiting_records", "Records that have not left the station")
        self._waiting_bytes = gauge("station_sync_waiting_bytes", "Their bytes, as far as known")
        self._oldest = gauge("station_sync_oldest_timestamp_seconds", "When the oldest of them was written, 0 for none")
        self._receipt = gauge("station_sync_last_receipt_timestamp_seconds", "When the store last took a batch")
        self._quarantined = gauge("station_sync_quarantined_batches", "Batches that a person must look at")
        self._heard = gauge("station_last_event_timestamp_seconds", "When the engine last said anything")
        self._version = version
        self._standing: dict[str, Priority] = {}

    def hear(self, event: Event | SyncReported) -> None:
        self._heard.set(time.time())
        match event:
            case PartInspected():
                self._count(event)
            case HealthReported():
                self._take_health(event)
            case SyncReported():
                self._take_sync(event)
            case StationDescribed():
                self._describe(event)
            case _:
                self._take_change(event)

    def _take_change(self, event: Event) -> None:
        match event:
            case OverrideRecorded():
                self._overrides.labels(event.disposition.value).inc()
            case StateChanged():
                self._enter(event.state)
            case CameraChanged():
                self._camera.labels(event.camera_id).set(event.is_live)
            case AlarmRaised():
                self._standing[event.code] = event.priority
                self._tell_alarms()
            case AlarmCleared():
                self._standing.pop(event.code, None)
                self._tell_alarms()

    def _count(self, event: PartInspected) -> None:
        self._parts.labels(event.verdict.value, event.recipe).inc()
        self._seconds.observe(event.total_ms / _MS)
        if event.reason is not None:
            self._no_results.labels(event.reason.value).inc()

    def _take_health(self, event: HealthReported) -> None:
        self._free.set(event.free_bytes)
        for queue in event.queues:
            self._queue.labels(queue.name).set(queue.length)
            self._dropped.labels(queue.name).set(queue.dropped)

    def _take_sync(self, event: SyncReported) -> None:
        self._waiting.set(event.waiting_records)
        self._waiting_bytes.set(event.waiting_bytes)
        self._oldest.set((event.oldest_ms or 0) / _MS)
        self._receipt.set((event.last_receipt_ms or 0) / _MS)
        self._quarantined.set(event.quarantined)

    def _describe(self, event: StationDescribed) -> None:
        self._enter(event.state)
        self._info.clear()
        self._info.labels(event.station, self._version).set(1)
        self._model.clear()
        if event.model:
            self._model.labels(event.model, event.model_hash).set(1)

    def _enter(self, state: EngineState) -> None:
        for one in EngineState:
            self._state.labels(one.value).set(one is state)

    def _tell_alarms(self) -> None:
        standing = tuple(self._standing.values())
        for priority in Priority:
            self._alarms.labels(priority.value).set(standing.count(priority))


def names() -> frozenset[str]:
    """Every name that a station tells, as Prometheus stores it."""
    described = {metric.name: metric.type for metric in Metrics("").registry.collect()}
    suffixes = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count")}
    return frozenset(name + suffix for name, kind in described.items() for suffix in suffixes.get(kind, ("",)))
