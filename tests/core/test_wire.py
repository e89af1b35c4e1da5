"""Messages survive the way between the programs, and nonsense is refused."""

import json
from contextlib import suppress
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station_app.core import messages, wire
from station_app.core.errors import LinkError

MESSAGES = (*get_args(messages.Command), *get_args(messages.Event))
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
JSON = st.recursive(
    SCALARS, lambda values: st.lists(values, max_size=4) | st.dictionaries(st.text(), values, max_size=3)
)


def messages_of(kind: type) -> st.SearchStrategy[wire.Message]:
    """Any message of the kind that can be sent: NaN and infinity have no JSON."""
    return st.from_type(kind).filter(_is_sendable)


def _is_sendable(message: wire.Message) -> bool:
    try:
        wire.encode(message)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("kind", MESSAGES, ids=lambda kind: kind.__name__)
@settings(max_examples=30, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(data=st.data())
def test_every_message_comes_back_equal(kind: type, data: st.DataObject) -> None:
    message = data.draw(messages_of(kind))
    back = wire.decode(wire.encode(message))
    assert back == message
    assert type(back) is kind


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_not_sent(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        wire.encode(messages.HealthReported(0, messages.Counters(), inspect_p99_ms=number))


@given(data=st.data())
def test_any_value_in_place_of_another_is_a_message_or_a_link_error(data: st.DataObject) -> None:
    message = data.draw(st.one_of([messages_of(kind) for kind in MESSAGES]))
    table = json.loads(wire.encode(message))
    key = data.draw(st.sampled_from(sorted(table)))
    table[key] = data.draw(JSON)
    with suppress(LinkError):
        assert wire.encode(wire.decode(json.dumps(table).encode()))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"kind": "Frame"}',
        b'{"kind": "Pause", "extra": 1}',
        b'{"kind": "SignIn", "operator": 5}',
        b'{"kind": "StateChanged", "state": "dancing", "detail": ""}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"kind": "UndoOverride", "part_id": 1, "operator": ' + b"[" * 100_000,
        b'{"kind": "HealthReported", "at_ms": 1, "counters": {}, "inspect_p99_ms": NaN}',
        b'{"kind": "HealthReported", "at_ms": 1, "counters": {}, "inspect_p99_ms": 1' + b"0" * 400 + b"}",
        b'{"kind": "HealthReported", "at_ms": 1, "counters": []}',
        b'{"kind": "RecordOverride", "part_id": 1, "disposition": "agree", "operator": "w", "marks": [[1, 2, 3]]}',
        b'{"kind": "StationDescribed", "recipes": "A17"}',
    ],
)
def test_nonsense_is_a_link_error(body: bytes) -> None:
    with pytest.raises(LinkError, match="does not understand"):
        wire.decode(body)


def test_a_secret_of_the_wrong_kind_is_not_in_what_is_logged() -> None:
    for body in (
        b'{"kind": "SignInWith", "name": "wang", "proof": "pin", "secret": 471147}',
        b'{"kind": "SetSecret", "name": "a", "proof": "pin", "secret": "1", "signature": ["wang", "471147"]}',
        b'{"kind": "SignInWith", "name": "wang", "proof": "pin", "secret": ["471147"]}',
        b'{"kind": "SignInWith", "name": "w\xff", "proof": "pin", "secret": "471147"}',
    ):
        with pytest.raises(LinkError) as told:
            wire.decode(body)
        assert "471147" not in f"{told.value} {told.value!r}"
