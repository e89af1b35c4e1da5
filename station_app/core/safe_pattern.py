"""Regular expressions that nobody can stop a line with: a subset of Python's whose cost is bounded. Pure.

Backtracking is costly where a text can be matched in many ways. Every repeat and every alternative multiplies the
ways; the product is limited, and what makes it grow beyond counting (repeated groups, references, look-around) is
refused.
"""

import re
import warnings
from collections.abc import Iterator
from typing import NamedTuple

LONGEST_PATTERN = 200
LONGEST_TEXT = 128
MOST_WAYS = LONGEST_TEXT**2
"""Two free repeats. The worst pattern that is let through takes about two milliseconds."""

LOT = "lot"
"""The one name that a group may have, `(?P<lot>..)`."""

_TOKEN = re.compile(
    r"""
      (?P<set>\[\^?\]?(?:\\.|[^\\\]\[])*\])
    | (?P<escape>\\.)
    | (?P<repeat>[*+?]|\{\d+\}|\{\d*,\d*\})
    | (?P<open>\((?!\?)|\(\?:|\(\?P<lot>)
    | (?P<close>\))
    | (?P<or>\|)
    | (?P<literal>[^\\\[\](){}*+?|^$])
    """,
    re.VERBOSE | re.DOTALL,
)
_CLASSES = "dDwWsS"


class _Token(NamedTuple):
    kind: str
    text: str


def pattern_fault(pattern: str) -> str:
    """What is wrong with the pattern as one sentence, "" where it may be used."""
    if len(pattern) > LONGEST_PATTERN:
        return f"is longer than {LONGEST_PATTERN} characters"
    try:
        return _cost_fault(tuple(_tokens(pattern))) or _syntax_fault(pattern)
    except ValueError as error:
        return str(error)


def fits(text: str, pattern: str) -> bool:
    """Whether the whole text matches; `pattern_fault` has found nothing wrong. \\d and \\w stand for ASCII only."""
    return len(text) <= LONGEST_TEXT and re.fullmatch(pattern, text, re.ASCII) is not None


def named_group(text: str, pattern: str, name: str) -> str:
    """What the group of this name holds of a text that fits; "" where it took part in nothing or is not there."""
    match = re.fullmatch(pattern, text, re.ASCII) if len(text) <= LONGEST_TEXT else None
    return (match.groupdict().get(name) or "") if match is not None else ""


def _tokens(pattern: str) -> Iterator[_Token]:
    at = 0
    while at < len(pattern):
        match = _TOKEN.match(pattern, at)
        if match is None:
            raise ValueError(_not_allowed(pattern[at:]))
        token = _Token(match.lastgroup or "", match[0])
        if token.kind == "escape" and token.text[1].isalnum() and token.text[1] not in _CLASSES:
            raise ValueError(f"uses {token.text}, which is not allowed")
        yield token
        at = match.end()


def _not_allowed(rest: str) -> str:
    if rest[0] in "^$":
        return f"need not say {rest[0]}: the whole serial number must match anyway"
    if rest.startswith("(?"):
        return f"uses {rest[:3]}, which is not allowed"
    return f"has a {rest[0]} that stands for nothing: write \\{rest[0]} for the character itself"


def _cost_fault(tokens: tuple[_Token, ...]) -> str:
    ways = 1
    for before, token in zip((_Token("", ""), *tokens), tokens, strict=False):
        if token.kind == "or":
            ways *= 2
        if token.kind != "repeat":
            continue
        if before.kind == "repeat":
            return f"repeats a repeat: {before.text}{token.text}"
        if before.kind == "close" and token.text != "?":
            return f"repeats a group with {token.text}: only ? may follow a group"
        ways *= _ways(token.text)
        if ways > MOST_WAYS:
            return "can match in too many ways: say how often with {n} instead of *, + or {m,n}"
    return "can match in too many ways: use fewer alternatives" if ways > MOST_WAYS else ""


def _ways(repeat: str) -> int:
    """How many counts the repeat leaves open."""
    if repeat == "?":
        return 2
    if repeat in ("*", "+"):
        return LONGEST_TEXT
    low, _, high = repeat[1:-1].partition(",")
    if "," not in repeat:
        _check_count(low)
        return 1
    _check_count(low or "0")
    _check_count(high or "0")
    return int(high or LONGEST_TEXT) - int(low or 0) + 1


def _check_count(count: str) -> None:
    if int(count) > LONGEST_TEXT:
        raise ValueError(f"repeats {count} times, and no serial number has more than {LONGEST_TEXT} characters")


def _syntax_fault(pattern: str) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # doubtful syntax is none
            re.compile(pattern, re.ASCII)
    except (re.error, Warning, OverflowError) as error:
        return f"is no regular expression: {error}"
    return ""
