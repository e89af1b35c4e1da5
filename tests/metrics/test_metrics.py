"""What a station tells Prometheus, over a real connection."""

import http.client
import socket
from collections.abc import Iterator

import pytest
from prometheus_client.parser import text_string_to_metric_families

from station_app.config import MetricsSetup
from station_app.core.errors import LinkError
from station_app.core.inspection import Disposition, NoResultReason, VerdictKind
from station_app.core.messages import (
    AlarmCleared,
    AlarmRaised,
    CameraChanged,
    Counters,
    EngineState,
    HealthReported,
    OverrideRecorded,
    PartInspected,
    Priority,
    QueueLevel,
    StateChanged,
    StationDescribed,
)
from station_app.core.sync_messages import SyncReported, SyncState
from station_app.metrics.endpoint import MetricsEndpoint
from station_app.metrics.metrics import Metrics


def part(part_id: int, verdict: VerdictKind, reason: NoResultReason | None = None, ms: float = 40) -> PartInspected:
    return PartInspected(part_id, 1, verdict, reason, f"SN-{part_id}", (), Counters(), ms, "housing")


@pytest.fixture
def metrics() -> Metrics:
    return Metrics("1.2.3")


@pytest.fixture
def endpoint(metrics: Metrics) -> Iterator[MetricsEndpoint]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    opened = MetricsEndpoint(MetricsSetup(port), metrics.registry)
    yield opened
    opened.close()


def read(endpoint: MetricsEndpoint) -> dict[tuple[str, ...], float]:
    connection = http.client.HTTPConnection("127.0.0.1", endpoint.port, timeout=10)
    connection.request("GET", "/metrics")
    answer = connection.getresponse()
    assert answer.status == 200
    families = list(text_string_to_metric_families(answer.read().decode()))
    connection.close()
    return {
        (s.name, *(s.labels[name] for name in sorted(s.labels))): s.value for family in families for s in family.samples
    }


def test_parts_decisions_and_times_are_counted(metrics: Metrics, endpoint: MetricsEndpoint) -> None:
    for number, verdict in enumerate((VerdictKind.PASS, VerdictKind.PASS, VerdictKind.FAIL)):
        metrics.hear(part(number, verdict))
    metrics.hear(part(4, VerdictKind.NO_RESULT, NoResultReason.LATE, ms=900))
    metrics.hear(OverrideRecorded(1, 3, Disposition.FALSE_REJECT, "wang", Disposition.FALSE_REJECT))
    told = read(endpoint)
    assert told["station_parts_total", "housing", "PASS"] == 2
    assert told["station_parts_total", "housing", "NO_RESULT"] == 1
    assert told["station_no_results_total", "late"] == 1
    assert told["station_overrides_total", "false_reject"] == 1
    assert told["station_verdict_seconds_bucket", "0.05"] == 3
    assert told[("station_verdict_seconds_sum",)] == pytest.approx(1.02)


def test_neither_people_nor_serial_numbers_are_told(metrics: Metrics, endpoint: MetricsEndpoint) -> None:
    metrics.hear(part(7, VerdictKind.PASS))
    metrics.hear(OverrideRecorded(1, 7, Disposition.AGREE, "wang", Disposition.AGREE))
    assert not [key for key in read(endpoint) if any("wang" in word or "SN-7" in word for word in key)]


def test_the_station_and_its_alarms_are_told_as_they_stand(metrics: Metrics, endpoint: MetricsEndpoint) -> None:
    described = StationDescribed("L3", EngineState.READY, "A", 1, (), "demo 1.0", "ab" * 32, "", (), (), "", "", "")
    metrics.hear(described)
    metrics.hear(StateChanged(EngineState.RUNNING))
    for code in ("camera top", "disk"):
        metrics.hear(AlarmRaised(code, Priority.HIGH, "", "", "", 1))
    metrics.hear(AlarmRaised("disk", Priority.HIGH, "", "", "", 1, count=2))
    metrics.hear(AlarmCleared("camera top"))
    metrics.hear(CameraChanged("top", is_live=False))
    metrics.hear(HealthReported(1, Counters(), (QueueLevel("record", 2, 8, 3),), free_bytes=5_000))
    told = read(endpoint)
    assert told["station_info", "L3", "1.2.3"] == 1
    assert told["station_model_info", "demo 1.0", "ab" * 32] == 1
    assert (told["station_state", "running"], told["station_state", "ready"]) == (1, 0)
    assert told["station_alarms", "high"] == 1
    assert told["station_camera_live", "top"] == 0
    assert (told["station_queue_length", "record"], told["station_queue_dropped", "record"]) == (2, 3)
    assert told[("station_disk_free_bytes",)] == 5_000


def test_what_waits_to_leave_is_told(metrics: Metrics, endpoint: MetricsEndpoint) -> None:
    metrics.hear(SyncReported(SyncState.SENDING, "folder", 12, 34_000, 1_700_000_000_000, None, 1_700_000_100_000, 2))
    told = read(endpoint)
    assert told[("station_sync_waiting_records",)] == 12
    assert told[("station_sync_oldest_timestamp_seconds",)] == 1_700_000_000
    assert told[("station_sync_last_receipt_timestamp_seconds",)] == 1_700_000_100
    assert told[("station_sync_quarantined_batches",)] == 2


def test_a_port_that_is_taken_is_named(metrics: Metrics, endpoint: MetricsEndpoint) -> None:
    with pytest.raises(LinkError, match="cannot be told") as refused:
        MetricsEndpoint(MetricsSetup(endpoint.port), metrics.registry)
    assert str(endpoint.port) in refused.value.where
