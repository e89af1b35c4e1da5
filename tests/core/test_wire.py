"""Messages survive the way between the programs, and nonsense is refused."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core import messages, wire
from station_app.core.errors import LinkError

MESSAGES = (*get_args(messages.Command), *get_args(messages.Event))


@given(st.one_of([st.from_type(kind) for kind in MESSAGES]))
def test_every_message_comes_back_equal(message: messages.Command | messages.Event) -> None:
    try:
        body = wire.encode(message)
    except ValueError:  # NaN and infinity have no JSON and are refused by the sender
        return
    assert wire.decode(body) == message


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
    ],
)
def test_nonsense_is_a_link_error(body: bytes) -> None:
    with pytest.raises(LinkError, match="does not understand"):
        wire.decode(body)
