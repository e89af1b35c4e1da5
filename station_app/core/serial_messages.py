"""What is said of serial numbers, codes and lots. Frozen dataclasses of plain values, like all messages;
`core.messages` takes them into its unions."""

from dataclasses import dataclass

from station_app.core.serial import CodeInput, CodeRefusal


@dataclass(frozen=True, slots=True)
class SerialWaiting:
    """The number that the next part will have and how it came; "" where none waits (any more)."""

    serial: str = ""
    source: CodeInput = CodeInput.SCANNED


@dataclass(frozen=True, slots=True)
class CodeRefused:
    """A code was not taken; what waited before still waits."""

    text: str
    refusal: CodeRefusal
    source: CodeInput = CodeInput.SCANNED


@dataclass(frozen=True, slots=True)
class SetLot:
    """The parts that come next are of this lot, scanned or typed; an empty one ends it. The engine answers with
    `LotChanged` or `CommandRefused`, and remembers it until it is changed."""

    lot: str
    operator: str = ""


@dataclass(frozen=True, slots=True)
class LotChanged:
    """The lot that the next parts are of; "" for none. Where a serial number names its lot, that counts."""

    lot: str = ""


SerialCommand = SetLot
SerialEvent = SerialWaiting | CodeRefused | LotChanged
