"""What the station and a PLC know of each other at one moment, and what is to be done about a step. Frozen."""

from dataclasses import dataclass

from station_app.core.handshake_bits import (
    OFFLINE_REASON_BIT,
    SOFT_EVENTS,
    Control,
    ErrorCode,
    OfflineReason,
    ResultCode,
    Status,
    result_word,
)


@dataclass(frozen=True, slots=True)
class LineResult:
    """The result of one acquisition; `part_id` is that of the record."""

    acquisition_id: int
    part_id: int
    code: ResultCode


@dataclass(frozen=True, slots=True)
class Triggered:
    """Begin a part with this acquisition id; `serial` came as user data, "" where none did."""

    acquisition_id: int
    serial: str


@dataclass(frozen=True, slots=True)
class Missed:
    """A trigger came while none could be taken: nothing is acquired."""


@dataclass(frozen=True, slots=True)
class Overrun:
    """This result never reached the PLC: too many waited, or a newer one took its place where none is to wait."""

    result: LineResult


@dataclass(frozen=True, slots=True)
class Taken:
    """The PLC has acknowledged this result."""

    result: LineResult


@dataclass(frozen=True, slots=True)
class CommandAsked:
    """The PLC asks for this command: 1 to 999 is the recipe of that number."""

    command: int


@dataclass(frozen=True, slots=True)
class SoftEvent:
    """The PLC raised one of its events, 0 to 7."""

    number: int


Effect = Triggered | Missed | Overrun | Taken | CommandAsked | SoftEvent


@dataclass(frozen=True, slots=True)
class Asked:
    """What a PLC writes: its bits, the command beside them, and the user data as text."""

    control: Control
    command: int = 0
    user_data: str = ""


@dataclass(frozen=True, slots=True)
class Handshake:
    """`offline` holds every reason why the line takes no trigger, `has_room` whether a frame buffer is free. `may_pass`
    is off in maintenance: then no part is told to have passed. `seen` are the PLC's bits as last read, None while
    nothing was read since the connection; `is_buffering`, that it wanted results to wait for it, outlives that.
    `in_flight` are acquisitions without a result, the oldest first."""

    offline: frozenset[OfflineReason] = frozenset({OfflineReason.STARTING})
    has_room: bool = True
    may_pass: bool = True
    seen: Control | None = None
    is_buffering: bool = True
    last_id: int = 0
    in_flight: tuple[int, ...] = ()
    is_acknowledged: bool = False
    is_exposed: bool = False
    has_missed: bool = False
    missed: int = 0
    shown: LineResult | None = None
    is_valid: bool = False
    waiting: tuple[LineResult, ...] = ()
    is_toggled: bool = False
    has_overrun: bool = False
    error: ErrorCode = ErrorCode.NONE
    command: int = 0
    is_executing: bool = False
    has_executed: bool | None = None
    serial: str = ""
    user_data_ack: bool = False
    string_ack: bool = False

    @property
    def is_online(self) -> bool:
        return not self.offline and not self.has(Control.SET_OFFLINE)

    @property
    def is_ready(self) -> bool:
        """Whether a trigger would be taken now."""
        free = self.has_room and not self.is_acknowledged and not self.is_executing
        return self.is_online and free and self.has(Control.TRIGGER_ENABLE) and not self.has(Control.TRIGGER)

    @property
    def results(self) -> int:
        """That the PLC has not acknowledged."""
        return len(self.waiting) + self.is_valid

    @property
    def status(self) -> Status:
        """All bits for the PLC."""
        told = {
            Status.TRIGGER_READY: self.is_ready,
            Status.TRIGGER_ACK: self.is_acknowledged,
            Status.MISSED_ACQUISITION: self.has_missed,
            Status.ONLINE: self.is_online,
            Status.BUSY: bool(self.in_flight),
            Status.INSPECTION_COMPLETED: self.is_toggled,
            Status.RESULTS_OVERRUN: self.has_overrun,
            Status.RESULTS_VALID: self.is_valid,
            Status.COMMAND_EXECUTING: self.is_executing,
            Status.COMMAND_COMPLETED: self.has_executed is True,
            Status.COMMAND_FAILED: self.has_executed is False,
            Status.ERROR: self.error is not ErrorCode.NONE,
            Status.USER_DATA_ACK: self.user_data_ack,
            Status.STRING_COMMAND_ACK: self.string_ack,
            Status.STRING_COMMAND_ERROR: self.string_ack,
            Status.EXPOSURE_COMPLETE: self.is_exposed,
            Status.JOB_PASS: self.tells_pass,
        }
        bits = Status(sum(bit for bit, is_on in told.items() if is_on))
        events = (self.seen or Control(0)) & SOFT_EVENTS
        return Status(bits | events | self._reason << OFFLINE_REASON_BIT)

    @property
    def tells_pass(self) -> bool:
        """Whether the part that is shown is told to be good."""
        return self.code is ResultCode.PASS

    @property
    def code(self) -> ResultCode:
        """What is told of the part that is shown; nothing once it was acknowledged."""
        if self.shown is None or not self.is_valid:
            return ResultCode.NONE
        return ResultCode.NO_RESULT if self.shown.code is ResultCode.PASS and not self.may_pass else self.shown.code

    @property
    def word(self) -> int:
        """The same in bits that cannot be mistaken; NO_RESULT while there is nothing to tell."""
        return result_word(self.code or ResultCode.NO_RESULT)

    @property
    def _reason(self) -> int:
        if self.offline:
            return min(self.offline)
        return OfflineReason.PLC if self.has(Control.SET_OFFLINE) else 0

    def has(self, bit: Control) -> bool:
        """Whether the PLC has set this bit, as far as was read."""
        return self.seen is not None and bit in self.seen
