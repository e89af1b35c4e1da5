"""The records of a batch, each line against its envelope. Every error names object and line. Pure."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from station_app.core.errors import DatasetError
from station_app.dataset.fields import FieldError, Fields, fields_of
from station_app.dataset.part_name import PartName
from station_app.dataset.record import Record, record_of
from station_app.sync.arrived import BatchName, lines_of

CAPTURE, DECISION, REVIEW = "station.capture.v1", "station.decision.v1", "station.review.v1"
TYPES = (CAPTURE, DECISION, REVIEW)
_SUBJECT = re.compile(r"(?P<station>[a-z0-9-]+)/(?P<origin>[0-9a-f]{12})/(?P<part>\d{1,18})")
_NEWER = re.compile(r"station\.[a-z]+\.v\d+")


@dataclass(frozen=True, slots=True)
class Line:
    """One record and the part it is about, the SHA-256 of its line (raw), and its place for messages."""

    name: PartName
    record: Record
    digest: bytes
    where: str


def read_batch(batch: BatchName, body: bytes) -> Iterator[Line]:
    """The records of a batch in their order. ArrivedError and DatasetError where one is not as it should be."""
    for number, line in enumerate(lines_of(batch, body), 1):
        yield _line(batch, number, line)


def _line(batch: BatchName, number: int, line: bytes) -> Line:
    where = f"{batch.key}, line {number}"
    try:
        event = fields_of(_parsed(line), "event")
        _check_envelope(batch, event)
        data = event.inner("data")
        _check_data(event, data)
        record = record_of(Fields(data.values, "data"))
        if record.seq != batch.first + number - 1:
            raise FieldError(f"data.seq is {record.seq}, and by the batch's name it is {batch.first + number - 1}")
        station = batch.series.station.station
        if event.text("id") != f"{station}:captures:{record.seq:012d}":
            raise FieldError("event.id does not carry the station's name and the record's number")
        named = _SUBJECT.fullmatch(event.text("subject"))
        if named is None or (named["station"], int(named["part"])) != (station, record.part.part_id):
            raise FieldError("event.subject names another part")
    except FieldError as error:
        raise _refused(f"a record cannot be read: {error}", where) from error
    return Line(
        PartName(batch.series.station, named["origin"], record.part.part_id),
        record,
        hashlib.sha256(line).digest(),
        where,
    )


def _parsed(line: bytes) -> object:
    try:
        return json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise FieldError(f"it is no JSON: {error}") from error


def _check_envelope(batch: BatchName, event: Fields) -> None:
    kind = event.text("type")
    schema = event.text("dataschema").rsplit("/", 1)[-1]
    if kind not in TYPES or schema != f"{kind}.json":
        raise FieldError(_unknown(kind, schema))
    if event.text("specversion") != "1.0":
        raise FieldError("event.specversion is not 1.0")
    if event.text("source") != batch.series.source:
        raise FieldError(f"event.source is {event.text('source')!r}, but it lies among those of {batch.series.source}")
    event.time("time")


def _check_data(event: Fields, data: Fields) -> None:
    """A record of a decision tells one, and one of a review tells one."""
    kind = event.text("type")
    told = {DECISION: "decision", REVIEW: "review"}.get(kind)
    if told is not None and data.values.get(told) is None:
        raise FieldError(f"the type is {kind}, but data.{told} is empty")


def _unknown(kind: str, schema: str) -> str:
    if _NEWER.fullmatch(kind) and schema == f"{kind}.json":
        return f"records of the kind {kind} are newer than this program, which knows {', '.join(TYPES)}: update it"
    return f"the record's type {kind[:60]!r} and its dataschema {schema[:60]!r} are not known"


def _no_number(text: str) -> float:
    raise FieldError(f"{text} is no number of JSON")


def _refused(what: str, where: str) -> DatasetError:
    remedy = "find out who changed it, and put the station's own copy back; --without PLANT/STATION leaves it out"
    return DatasetError(what, where=where, remedy=remedy)
