"""What an account must be like. Every refusal is a `ConfigError` in one sentence. Pure."""

import unicodedata
from collections.abc import Iterable

from station_app.core.code_meaning import Badge, meaning
from station_app.core.errors import ConfigError
from station_app.core.people import Person, Role, SecretKind

LONGEST_NAME = 40
PASSWORD_LETTERS = (10, 200)
PIN_DIGITS = (4, 8)
BADGE_LETTERS = (4, 200)
_RESERVED = ("station", "system")
"""Names under which the station itself acts in the audit chain."""


def key_of(name: str) -> str:
    """What two names have in common that people could take for each other: capitals and widths do not count."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


def check_name(name: str, taken: Iterable[str]) -> None:
    """`taken` are all names that were ever given, also of accounts that are over."""
    if not name or name != name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
        remedy = f"give 1 to {LONGEST_NAME} letters without a blank at either end"
        raise ConfigError("this is no name for an account", remedy=remedy)
    if key_of(name) in (*_RESERVED, *(key_of(other) for other in taken)):
        raise ConfigError(f"the name {name!r} was given already", remedy="names are never given twice: choose another")


def check_secret(kind: SecretKind, secret: str) -> None:
    """Whether this may be somebody's secret."""
    match kind:
        case SecretKind.PASSWORD if not _is_within(secret, PASSWORD_LETTERS):
            least, most = PASSWORD_LETTERS
            raise ConfigError(f"the password has not {least} to {most} letters", remedy="choose a longer password")
        case SecretKind.PIN if not _is_within(secret, PIN_DIGITS) or not (secret.isascii() and secret.isdigit()):
            raise ConfigError("the PIN is not made of 4 to 8 digits", remedy="choose 4 to 8 digits")
        case SecretKind.BADGE if not _is_within(badge_text(secret), BADGE_LETTERS):
            least, most = BADGE_LETTERS
            raise ConfigError(f"the badge's text has not {least} to {most} letters", remedy="scan another badge")


def badge_text(scanned: str) -> str:
    """What a badge says, with or without the mark `OP:` by which a scanner's texts are told apart."""
    found = meaning(scanned)
    return found.operator if isinstance(found, Badge) else scanned.strip()


def check_administrators(people: Iterable[Person]) -> None:
    """Somebody must be able to change accounts: an active administrator with a password."""
    if not any(can_administer(person) for person in people):
        remedy = "make somebody else an administrator with a password first"
        raise ConfigError("the station would have no administrator any more", remedy=remedy)


def can_administer(person: Person) -> bool:
    return person.is_active and person.role is Role.ADMIN and SecretKind.PASSWORD in person.secrets


def _is_within(text: str, bounds: tuple[int, int]) -> bool:
    return bounds[0] <= len(text) <= bounds[1]
