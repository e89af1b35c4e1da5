"""How the handshake lies in 16-bit registers: four blocks with bases of their own. Pure.

CONTROL and INPUT are written by the PLC, STATUS and OUTPUT by the station. The table of all words stands in
docs/integration.md.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

from station_app.core.handshake_bits import Control
from station_app.core.handshake_state import Asked, Handshake

CONTROL_WORDS, INPUT_WORDS, STATUS_WORDS = 2, 64, 2
VALUES_FROM, MOST_VALUES, PROOF_FROM = 36, 32, 100
OUTPUT_WORDS = PROOF_FROM + 2
SERIAL_FROM, SERIAL_WORDS = 20, 16
USER_DATA_FROM, USER_DATA_WORDS = 1, 32
LAYOUT = 1
"""Version of the OUTPUT block, told in it."""
_WORD = 0xFFFF
_LONG = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class RegisterMap:
    """Where the blocks begin, and how what is longer than a register lies in them. Texts are ASCII; many PLCs have the
    first letter in the low byte, as Cognex does. ValueError where blocks lie in one another."""

    control: int = 0
    status: int = 1000
    input: int = 2000
    output: int = 7000
    is_low_byte_first: bool = True
    is_low_word_first: bool = True

    def __post_init__(self) -> None:
        blocks = sorted(
            (
                (self.control, CONTROL_WORDS),
                (self.status, STATUS_WORDS),
                (self.input, INPUT_WORDS),
                (self.output, OUTPUT_WORDS),
            )
        )
        ends = [begin + words for begin, words in blocks]
        if (
            blocks[0][0] < 0
            or ends[-1] > _WORD + 1
            or any(b[0] < end for b, end in zip(blocks[1:], ends, strict=False))
        ):
            raise ValueError("the register blocks lie in one another, or beyond 65535")


@dataclass(frozen=True, slots=True)
class LineReport:
    """What OUTPUT says beside the handshake: of the station, and of the part that is shown. `sequence` is the part id
    of the record; positions are encoder counts; `values` are measured ones, at most 32."""

    recipe: int = 0
    recipe_revision: int = 0
    heartbeat: int = 0
    defects: int = 0
    worst_class: int = 0
    worst_score: float = 0.0
    sequence: int = 0
    start_position: int = 0
    end_position: int = 0
    total_ms: int = 0
    serial: str = ""
    values: tuple[float, ...] = field(default_factory=tuple)


def asked_of(map_: RegisterMap, control: Sequence[int], inputs: Sequence[int]) -> Asked:
    """What the PLC's words mean: `CONTROL_WORDS` and `INPUT_WORDS` of them."""
    bits = Control(control[0] | control[1] << 16)
    user_data = _text_of(inputs[USER_DATA_FROM : USER_DATA_FROM + USER_DATA_WORDS], is_low_first=map_.is_low_byte_first)
    return Asked(bits, inputs[0], user_data)


def status_words(state: Handshake) -> tuple[int, int]:
    status = int(state.status)
    return status & _WORD, status >> 16


def output_words(map_: RegisterMap, state: Handshake, report: LineReport) -> tuple[int, ...]:
    """All words of OUTPUT. Of a part that is not shown any more it says nothing but its ids."""
    shown = state.shown.acquisition_id if state.shown is not None else 0
    words = [0] * OUTPUT_WORDS
    words[0:8] = (
        report.recipe,
        state.error,
        state.last_id,
        shown,
        state.code,
        LAYOUT,
        report.defects,
        report.worst_class,
    )
    words[8:10] = _pair(map_, *struct.unpack("<HH", struct.pack("<f", report.worst_score)))
    for place, number in ((10, report.sequence), (12, report.start_position), (14, report.end_position)):
        words[place : place + 2] = _pair(map_, number & _WORD, (number & _LONG) >> 16)
    words[16:20] = (min(report.total_ms, _WORD), report.heartbeat & _WORD, state.results, report.recipe_revision)
    words[SERIAL_FROM : SERIAL_FROM + SERIAL_WORDS] = _words_of(
        report.serial, SERIAL_WORDS, is_low_first=map_.is_low_byte_first
    )
    for number, value in enumerate(report.values[:MOST_VALUES]):
        place = VALUES_FROM + 2 * number
        words[place : place + 2] = _pair(map_, *struct.unpack("<HH", struct.pack("<f", value)))
    words[PROOF_FROM : PROOF_FROM + 2] = (state.word, shown)
    return tuple(int(word) & _WORD for word in words)


def _pair(map_: RegisterMap, low: int, high: int) -> tuple[int, int]:
    return (low, high) if map_.is_low_word_first else (high, low)


def _text_of(words: Sequence[int], *, is_low_first: bool) -> str:
    """Up to the first zero; what is no printable ASCII becomes a question mark, so that a number is refused and not
    guessed."""
    order = "<" if is_low_first else ">"
    raw = struct.pack(f"{order}{len(words)}H", *words).split(b"\0", 1)[0]
    return "".join(chr(byte) if 32 <= byte < 127 else "?" for byte in raw).strip()


def _words_of(text: str, count: int, *, is_low_first: bool) -> tuple[int, ...]:
    order = "<" if is_low_first else ">"
    raw = text.encode("ascii", "replace")[: 2 * count].ljust(2 * count, b"\0")
    return struct.unpack(f"{order}{count}H", raw)
