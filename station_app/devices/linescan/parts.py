"""Where parts begin and end on the web. Pure: only spans of lines are told, pixels are not touched."""

from dataclasses import dataclass
from typing import Protocol

from station_app.core.lines import LinePart, LineSpan
from station_app.devices.linescan.block import Block
from station_app.devices.linescan.edges import Edge, EdgeFinder
from station_app.devices.linescan.presence import Presence


class PartCutter(Protocol):
    """Takes the blocks of one web in order."""

    @property
    def most_lines(self) -> int:
        """The longest picture of a part."""
        ...

    @property
    def look_back(self) -> int:
        """How many lines before the end of a part's picture, beyond its length, may have to be held."""
        ...

    def take(self, block: Block) -> list[LinePart]:
        """The parts whose last line is there by now, numbered from 0. Their missing lines are not counted here."""
        ...


class EveryLines:
    """Parts, or stretches of an endless web, of equal length, one directly after the other."""

    look_back = 0

    def __init__(self, lines: int, first: int = 0) -> None:
        if lines < 1:
            raise ValueError("a part has at least one line")
        self.most_lines = lines
        self._number = 0
        self._next = first

    def take(self, block: Block) -> list[LinePart]:
        parts = []
        while self._next + self.most_lines <= block.span.end:
            span = LineSpan(self._next, self._next + self.most_lines)
            parts.append(LinePart(self._number, span, span))
            self._number, self._next = self._number + 1, span.end
        return parts


@dataclass(frozen=True, slots=True)
class EdgeRule:
    """How edges become parts, all in lines. A level counts once it has lasted for `debounce`; the picture is larger
    than the part by `head` and `tail`; `most_body` is the longest part that a picture has room for.

    With `fixed` above 0 only the front edge counts, and every part is taken to be that long.
    """

    most_body: int
    debounce: int = 4
    head: int = 0
    tail: int = 0
    fixed: int = 0

    def __post_init__(self) -> None:
        if min(self.most_body, self.debounce) < 1 or min(self.head, self.tail, self.fixed) < 0:
            raise ValueError(f"no parts can be cut by {self}")
        if self.fixed > self.most_body:
            raise ValueError("a fixed length must fit into the picture")


class ByEdges:
    """Parts from their front to their rear edge, or of a fixed length from the front edge on."""

    def __init__(self, rule: EdgeRule, presence: Presence) -> None:
        self.most_lines = rule.head + (rule.fixed or rule.most_body) + rule.tail
        self.look_back = rule.debounce + 1
        self._rule = rule
        self._edges = EdgeFinder(presence, rule.debounce)
        self._number = 0
        self._start: int | None = None  # the front edge of the part before the camera
        self._ending: list[LinePart] = []  # their last line is known, and not there yet

    def take(self, block: Block) -> list[LinePart]:
        for edge in self._edges.take(block):
            self._turn(edge)
        if self._start is not None and block.span.end - self._start > self._rule.most_body:
            self._close(self._start + self._rule.most_body, is_cut=True)
        ready = [part for part in self._ending if part.frame.end <= block.span.end]
        self._ending = [part for part in self._ending if part.frame.end > block.span.end]
        return ready

    def _turn(self, edge: Edge) -> None:
        if edge.is_front:
            self._start = edge.line
            if self._rule.fixed:
                self._close(edge.line + self._rule.fixed)
        elif self._start is not None:
            end = min(edge.line, self._start + self._rule.most_body)
            self._close(end, is_cut=end < edge.line)

    def _close(self, end: int, *, is_cut: bool = False) -> None:
        assert self._start is not None
        body = LineSpan(self._start, end)
        frame = LineSpan(body.start - self._rule.head, body.end + self._rule.tail)
        self._ending.append(LinePart(self._number, body, frame, is_cut=is_cut))
        self._number, self._start = self._number + 1, None
