"""The bits and codes that the station and a PLC exchange. The order of the bits is that of Cognex' In-Sight tables, so
that function blocks written for those fit. Pure."""

from enum import IntEnum, IntFlag


class Control(IntFlag):
    """From the PLC: two words of 16 bits, the first in the low half."""

    TRIGGER_ENABLE = 1 << 0
    TRIGGER = 1 << 1
    BUFFER_RESULTS = 1 << 2
    RESULTS_ACK = 1 << 3
    EXECUTE_COMMAND = 1 << 4
    SET_OFFLINE = 1 << 7
    SET_USER_DATA = 1 << 16
    STRING_COMMAND = 1 << 17
    CLEAR_ERROR = 1 << 18
    CLEAR_EXPOSURE_COMPLETE = 1 << 19


class Status(IntFlag):
    """To the PLC, in the same way. The reason for being offline stands in three bits from `OFFLINE_REASON_BIT`."""

    TRIGGER_READY = 1 << 0
    TRIGGER_ACK = 1 << 1
    MISSED_ACQUISITION = 1 << 3
    ONLINE = 1 << 7
    BUSY = 1 << 8
    INSPECTION_COMPLETED = 1 << 9
    """Changes with every result that is shown: an edge and no level."""
    RESULTS_OVERRUN = 1 << 10
    RESULTS_VALID = 1 << 11
    COMMAND_EXECUTING = 1 << 12
    COMMAND_COMPLETED = 1 << 13
    COMMAND_FAILED = 1 << 14
    ERROR = 1 << 15
    USER_DATA_ACK = 1 << 16
    STRING_COMMAND_ACK = 1 << 17
    STRING_COMMAND_ERROR = 1 << 18
    EXPOSURE_COMPLETE = 1 << 19
    JOB_PASS = 1 << 20


OFFLINE_REASON_BIT = 4
SOFT_EVENTS_BIT = 24
"""Eight events of the PLC, and in the status their acknowledgements, in the same bits."""
SOFT_EVENTS = 0xFF << SOFT_EVENTS_BIT


class OfflineReason(IntEnum):
    """Why no trigger is taken. More than one may hold: the first of them is told."""

    STARTING = 1
    OPERATOR = 2
    RECIPE_CHANGE = 3
    CAMERA_LOST = 4
    LIGHT = 5
    STORAGE = 6
    PLC = 7


class ErrorCode(IntEnum):
    NONE = 0
    MISSED_TRIGGER = 101
    RESULTS_OVERRUN = 102
    COMMAND_FAILED = 103


class ResultCode(IntEnum):
    """What became of a part, for function blocks that read a small number."""

    NONE = 0
    PASS = 1
    FAIL = 2
    REVIEW = 3
    NO_RESULT = 4


_PROVED = {ResultCode.PASS: 0x3C, ResultCode.FAIL: 0x55, ResultCode.REVIEW: 0x66, ResultCode.NO_RESULT: 0x0F}
"""Words of the extended Hamming code [8, 4]: any two differ in four bits or more, also from all others' complements."""


def result_word(code: ResultCode) -> int:
    """Sixteen bits that no broken wire, stuck register or single flipped bit turns into another result: the low byte is
    one of four, each four bits apart, the high byte its complement. Never 0; there is none for `NONE`."""
    low = _PROVED[code]
    return (low ^ 0xFF) << 8 | low


def read_result_word(word: int) -> ResultCode:
    """What the word says, NO_RESULT where it is none: who reads it so rejects by default."""
    return next((code for code in _PROVED if result_word(code) == word), ResultCode.NO_RESULT)
