"""Statements about keys in a channel: one that is trusted now introduces others or retires them, itself among them.

So a publisher changes keys without a visit to each station: the old key introduces the new one, both hold for a while,
and the new one retires the old.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from station_app.core.errors import ConfigError, ModelPackageError, RemoteRefusedError
from station_app.rollout.layout import holds_hash, keys_prefix, numbered, statement_key
from station_app.rollout.offer import CHANNEL, LARGEST_NUMBER, utc_ms_of, utc_text
from station_app.rollout.sealed import MAX_SEALED_BYTES, Signer, canonical, canonical_table, refusal, seal, unseal
from station_app.rollout.stores import ChannelStore
from station_app.store.model_keys import TrustedKeys, key_id, public_of
from station_app.sync.remote import Remote

SCHEMA = 1
KIND = "statement"
_KEYS = {"schema", "channel", "number", "created_at", "introduces", "retires"}
_KEY_ID = re.compile(r"[0-9a-f]{16}")
_MOST = 16

NoteKey = Callable[[str, str, str], None]
"""(what was done, key id, by what): the note in the audit chain."""


@dataclass(frozen=True, slots=True)
class KeyStatement:
    """`introduces` are public keys, `retires` are key ids; `created_ms` is UTC."""

    channel: str
    number: int
    created_ms: int
    introduces: tuple[bytes, ...] = ()
    retires: tuple[str, ...] = ()


def sign_statement(statement: KeyStatement, signers: Sequence[Signer]) -> bytes:
    """The object to publish. ModelPackageError where it is none that a station would take."""
    table = {
        "schema": SCHEMA,
        "channel": statement.channel,
        "number": statement.number,
        "created_at": utc_text(statement.created_ms),
        "introduces": [public.hex() for public in statement.introduces],
        "retires": list(statement.retires),
    }
    text = canonical(table)
    parse_statement(text, "the statement")
    return seal(KIND, text, signers)


def publish_statement(remote: Remote, statement: KeyStatement, signers: Sequence[Signer]) -> str:
    """Put it into its channel; the name of its object."""
    body = sign_statement(statement, signers)
    key = statement_key(statement.channel, statement.number, body)
    remote.create(key, body)
    return key


def parse_statement(text: str, where: str) -> KeyStatement:
    """The statement that a text says. ModelPackageError where it is none."""
    table = canonical_table(text, where)
    if table.keys() != _KEYS or table["schema"] != SCHEMA:
        raise refusal("it is no statement about keys that this version reads", where, "update")
    try:
        return _statement_of(table)
    except (TypeError, ValueError, AttributeError, ConfigError) as error:
        raise refusal(f"the statement about keys cannot be read, {error}", where) from error


def follow_statements(store: ChannelStore, channel: str, keys: TrustedKeys, note: NoteKey) -> tuple[str, ...]:
    """Do what the channel's statements say, lowest number first, each as far as a key that is trusted at that moment
    signed it; the sentences of those that were refused. RemoteError or StorageError where nobody can tell."""
    prefix = keys_prefix(channel)
    faults = []
    for number, name in numbered(store.names(prefix), prefix):
        where = f"{store.where}, {name}"
        try:
            body = store.read_within(name, MAX_SEALED_BYTES)
            _follow(body or b"", (channel, number), name, where, keys, note)
        except (ModelPackageError, RemoteRefusedError) as error:
            faults.append(str(error))
    return tuple(faults)


def _follow(body: bytes, place: tuple[str, int], name: str, where: str, keys: TrustedKeys, note: NoteKey) -> None:
    if not holds_hash(name, body):
        raise refusal("its name is not that of its content", where)
    trusted = keys.now()
    known = trusted | keys.retired()
    # What was done already is not asked again: its signer may have been retired since.
    sealed = unseal(KIND, body, known, where)
    statement = parse_statement(sealed.text, where)
    if (statement.channel, statement.number) != place:
        raise refusal("the statement is of another place in a channel", where)
    new = [public for public in statement.introduces if key_id(public) not in known]
    gone = [key for key in statement.retires if key in trusted]
    if not new and not gone:
        return
    by = f"statement {statement.number} of {statement.channel}, signed by {_signers(sealed.signed_by, trusted, where)}"
    for public in new:
        note("key_trusted", keys.add(public), by)
    for key in gone:
        keys.retire(key)
        note("key_retired", key, by)


def _signers(signed_by: tuple[str, ...], trusted: Mapping[str, bytes], where: str) -> str:
    holding = [key for key in signed_by if key in trusted]
    if not holding:
        raise refusal("it is signed by a key that is retired", where, "ask who published it")
    return ", ".join(holding)


def _statement_of(table: Mapping[str, Any]) -> KeyStatement:
    number, channel = table["number"], table["channel"]
    introduces, retires = table["introduces"], table["retires"]
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= LARGEST_NUMBER:
        raise ValueError("its number is none")
    if not CHANNEL.fullmatch(channel) or not 1 <= len(introduces) + len(retires) <= _MOST:
        raise ValueError("it names no channel, or not between one and sixteen keys")
    if not all(_KEY_ID.fullmatch(key) for key in retires):
        raise ValueError("it retires what is no key id")
    created_ms = utc_ms_of(table["created_at"])
    return KeyStatement(channel, number, created_ms, tuple(map(public_of, introduces)), tuple(retires))
