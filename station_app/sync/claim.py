"""Proof that this computer alone sends under the station's name, without any right to read.

At each start and once a day the station creates the next of its numbered claims, `v1/plant=P/station=S/claims/N.json`,
and never one twice. A copy of the data folder goes on from the same number: whoever of the two comes second finds the
claim taken, and stops. Another station that was given the same name begins at 1, and finds that taken.

The number is written down before it is tried. Where the answer was lost, nobody knows whose the claim is, and the next
number is tried instead: so an unsure claim is never mistaken for a copy, and a copy shows at the next claim.
"""

import json
from collections.abc import Callable
from pathlib import Path

from station_app.core.errors import ConfigError, RemoteRefusedError
from station_app.core.outgoing import Sender
from station_app.store.owned_file import read_owned, write_owned
from station_app.sync.remote import Put, Remote

CLAIM = "sync-claim"
EVERY_S = 86_400.0
MOST_TAKEN = 100_000
"""After so many claims of others something else is wrong."""


class ClaimBook:
    """The claims of one station; its own latest number stands in `path`, which no backup should bring back. `body`
    makes the content of a claim of this number. One thread at a time, over all programs."""

    def __init__(self, path: Path, root: str, body: Callable[[int], bytes]) -> None:
        self._path = path
        self._root = root
        self._body = body

    def renew(self, remote: Remote) -> bool:
        """Make the next claim. Whether the store keeps what it has: one that does not cannot tell a copy. RemoteError
        where the answer is not known, RemoteRefusedError where the claim is taken."""
        before = self._read()
        key, body = self.key(before + 1), self._body(before + 1)
        self._write(before + 1)
        if remote.create(key, body) is Put.EXISTED:
            self._write(before)
            raise self._taken(remote)
        return remote.create(key, body) is Put.EXISTED

    def take_over(self, remote: Remote) -> int:
        """Make the first claim that nobody has taken: a person says that this is the station. Its number."""
        first = self._read() + 1
        for number in range(first, first + MOST_TAKEN):
            self._write(number)
            if remote.create(self.key(number), self._body(number)) is Put.CREATED:
                return number
        raise RemoteRefusedError("no claim is free", where=self._root, remedy="ask who runs the store")

    def key(self, number: int) -> str:
        """The name of a claim."""
        return f"{self._root}/claims/{number:08d}.json"

    def _taken(self, remote: Remote) -> RemoteRefusedError:
        what = f"another computer sends under this station's name, {self._root}"
        remedy = "give the other a name of its own in [sync]; where this is the station: station-app sync claim"
        return RemoteRefusedError(what, where=remote.where, remedy=remedy)

    def _read(self) -> int:
        """The number that was tried last, 0 where none was."""
        text = read_owned(self._path)
        if text is None:
            return 0
        digits = text.strip()
        if not digits.isdigit():
            remedy = "remove it, then: station-app sync claim"
            raise ConfigError("what this station has claimed cannot be read", where=str(self._path), remedy=remedy)
        return int(digits)

    def _write(self, number: int) -> None:
        write_owned(self._path, f"{number}\n".encode())


def claim_body(
    sender: Sender, computer: str, public_key: Callable[[], str], now: Callable[[], str]
) -> Callable[[int], bytes]:
    """What stands in a claim: who makes it, on which computer, and the public key of its signatures ("" where it has
    none yet)."""

    def body(number: int) -> bytes:
        said = {"schema": 1, "plant": sender.plant, "station": sender.station, "number": number}
        said |= {"computer": computer, "public_key": public_key(), "at": now()}
        return json.dumps(said, sort_keys=True).encode()

    return body
