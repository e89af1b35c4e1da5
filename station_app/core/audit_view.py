"""The audit chain as it is written and read: who did what to what, what it was before and after, why and when."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """What an act changed, in words: "" where there is none."""

    before: str = ""
    after: str = ""
    why: str = ""


NO_CHANGE = Change()


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which rows are asked for; an empty text or None asks nothing. `who` and `action` are whole words as they are
    recorded, `subject` is any part of the subject; times are UTC milliseconds, `until_ms` not included."""

    who: str = ""
    action: str = ""
    subject: str = ""
    from_ms: int | None = None
    until_ms: int | None = None


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One row of the chain. `number` counts from 1 without gaps; `sha256` continues the chain."""

    number: int
    at_ms: int
    who: str
    action: str
    subject: str
    details: str
    change: Change
    sha256: str


@dataclass(frozen=True, slots=True)
class AuditHead:
    """The end of the chain at one moment, signed by the station: whoever keeps it elsewhere can tell later whether the
    rows up to `number` were rewritten. `signature` and `public_key` are hexadecimal (Ed25519)."""

    number: int
    sha256: str
    signed_at_ms: int
    signature: str
    public_key: str
