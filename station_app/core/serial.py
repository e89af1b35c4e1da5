"""Serial numbers of parts: where they come from, which ones hold, and why one does not. Pure."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from station_app.core.inspection import Box, NoResultReason
from station_app.core.safe_pattern import LONGEST_TEXT, LOT, fits, named_group


class SerialSource(StrEnum):
    """NONE: parts have no numbers. SCANNER: scanned or typed before the part, or with its trigger. IMAGE: a code in
    the part's own frame."""

    NONE = "none"
    SCANNER = "scanner"
    IMAGE = "image"


class CodeFormat(StrEnum):
    """The printed codes that can be looked for in an image."""

    DATA_MATRIX = "data_matrix"
    QR = "qr"
    MICRO_QR = "micro_qr"
    AZTEC = "aztec"
    PDF_417 = "pdf_417"
    CODE_128 = "code_128"
    CODE_93 = "code_93"
    CODE_39 = "code_39"
    ITF = "itf"
    EAN_13 = "ean_13"


class CodeInput(StrEnum):
    """How a code came in: by a scanner that types, by one at a serial port, by hand, with a trigger, in an image."""

    SCANNED = "scanned"
    PORT = "port"
    TYPED = "typed"
    TRIGGER = "trigger"
    IMAGE = "image"


class CodeRefusal(StrEnum):
    """Why a code was not taken. Shown; the texts live in the GUI's translations."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    UNUSABLE = "unusable"
    INCOMPLETE = "incomplete"
    WRONG = "wrong"
    WAITING = "waiting"
    IN_FLIGHT = "in_flight"
    RECORDED = "recorded"
    UNCHECKED = "unchecked"
    AMBIGUOUS = "ambiguous"
    NOT_ASKED = "not_asked"
    FROM_IMAGE = "from_image"
    COMMAND = "command"
    NO_RECIPE = "no_recipe"
    MANY_RECIPES = "many_recipes"


USUAL_BUDGET_MS = 200.0


@dataclass(frozen=True, slots=True)
class CodeReading:
    """Where in which camera's frame the code is, in frame pixels, and what it can be. A part whose code is not read
    within `budget_ms` after its frame came has none."""

    camera_id: str
    box: Box
    formats: tuple[CodeFormat, ...]
    budget_ms: float = USUAL_BUDGET_MS


@dataclass(frozen=True, slots=True)
class SerialRules:
    """What a recipe asks of serial numbers. `pattern` is one of `safe_pattern`, "" for any; its group
    `lot`, if it has one, is the part's lot. `reading` belongs to IMAGE.

    With `is_unique` a number of which a part has a result already is refused; with `is_required` a part without a
    number that holds has no result.
    """

    source: SerialSource = SerialSource.SCANNER
    pattern: str = ""
    is_unique: bool = False
    is_required: bool = False
    reading: CodeReading | None = None

    @property
    def are_strict(self) -> bool:
        """Whether a number that was given with a part may turn out not to hold."""
        return self.source is not SerialSource.NONE and (bool(self.pattern) or self.is_unique or self.is_required)


NO_SERIALS = SerialRules(SerialSource.NONE)


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose part it is: a number that holds, else why there is none, and which one was `refused`. `read_ms` is what
    reading its code took."""

    serial: str = ""
    fault: NoResultReason | None = None
    detail: str = ""
    refused: str = ""
    read_ms: float = 0.0


UNKNOWN = Identity()


@dataclass(frozen=True, slots=True)
class KnownSerials:
    """The numbers that are taken: of the part before the cameras next, of those on their way, and of those recorded
    with a result. `is_recorded` may take its time and is asked last."""

    is_recorded: Callable[[str], bool]
    waiting: str = ""
    in_flight: Collection[str] = ()


def text_refusal(text: str) -> CodeRefusal | None:
    """Why no recipe could take this text, or None."""
    if not text:
        return CodeRefusal.EMPTY
    if len(text) > LONGEST_TEXT:
        return CodeRefusal.TOO_LONG
    return None if text.isprintable() else CodeRefusal.UNUSABLE


def format_refusal(serial: str, rules: SerialRules) -> CodeRefusal | None:
    """Why this text is no serial number of the recipe, or None."""
    if (refusal := text_refusal(serial)) is not None:
        return refusal
    return None if not rules.pattern or fits(serial, rules.pattern) else CodeRefusal.WRONG


def serial_refusal(serial: str, rules: SerialRules, known: KnownSerials) -> CodeRefusal | None:
    """Why a part may not have this number, or None. Raises what `known.is_recorded` raises."""
    refusal = format_refusal(serial, rules)
    if refusal is not None or not rules.is_unique:
        return refusal
    if serial == known.waiting:
        return CodeRefusal.WAITING
    if serial in known.in_flight:
        return CodeRefusal.IN_FLIGHT
    return CodeRefusal.RECORDED if known.is_recorded(serial) else None


def offer_refusal(serial: str, rules: SerialRules, known: KnownSerials) -> CodeRefusal | None:
    """Why the next part may not have this scanned or typed number, or None."""
    if rules.source is SerialSource.NONE:
        return CodeRefusal.NOT_ASKED
    if rules.source is SerialSource.IMAGE:
        return CodeRefusal.FROM_IMAGE
    return serial_refusal(serial, rules, known)


def lot_of(serial: str, rules: SerialRules) -> str:
    """The lot that the serial number names by the group `lot` of the recipe's pattern, "" where it names none."""
    return named_group(serial, rules.pattern, LOT) if rules.pattern else ""


def fault_of(refusal: CodeRefusal) -> NoResultReason:
    """What a part becomes that must have a number and got this one."""
    return _FAULTS.get(refusal, NoResultReason.SERIAL_WRONG)


_FAULTS = {
    CodeRefusal.EMPTY: NoResultReason.SERIAL_MISSING,
    CodeRefusal.WAITING: NoResultReason.SERIAL_DUPLICATE,
    CodeRefusal.IN_FLIGHT: NoResultReason.SERIAL_DUPLICATE,
    CodeRefusal.RECORDED: NoResultReason.SERIAL_DUPLICATE,
    CodeRefusal.UNCHECKED: NoResultReason.SERIAL_UNCHECKED,
    CodeRefusal.AMBIGUOUS: NoResultReason.SERIAL_AMBIGUOUS,
}


SERIAL_FAULTS = frozenset((*_FAULTS.values(), NoResultReason.SERIAL_WRONG))
"""Why a part has no result that is about its number and nothing else."""


def identity_fault(identity: Identity, rules: SerialRules) -> NoResultReason | None:
    """Why a part with this identity supports no verdict, or None."""
    if not rules.is_required:
        return None
    if identity.fault is not None:
        return identity.fault
    refusal = format_refusal(identity.serial, rules)
    return fault_of(refusal) if refusal is not None else None
