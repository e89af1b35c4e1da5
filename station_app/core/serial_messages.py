"""What the engine says of serial numbers and codes. Frozen dataclasses of plain values, like all messages;
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


SerialEvent = SerialWaiting | CodeRefused
