"""Patterns whose cost is bounded, and what is said of the others."""

import re
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.safe_pattern import LONGEST_PATTERN, LONGEST_TEXT, MOST_WAYS, fits, pattern_fault


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "SN[0-9]{6}",
        r"2A17-\d{7}",
        "[A-Z]+-[0-9]+",
        "(AB|CD)[0-9]{4}(-R)?",
        r"(?:L|R)\w{3,8}",
        r"[^\]a-c]{4}",
        "[]x]A",
        r"\.\*\+\?\{\}\(\)\[\]\\",
        "A.C",
        "A{,3}B{2,}",
        r"(?P<lot>L\d{3})-\d{4}",
        r"(?P<lot>L\d{3})?\d{4}",
    ],
)
def test_what_plants_write_may_be_used(pattern: str) -> None:
    assert pattern_fault(pattern) == ""


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("(A+)+B", "repeats a group with +: only ? may follow a group"),
        ("([A-Z]*)*", "repeats a group with *: only ? may follow a group"),
        ("(AB){3}", "repeats a group with {3}: only ? may follow a group"),
        ("A*?B", "repeats a repeat: *?"),
        ("A++", "repeats a repeat: ++"),
        (".*.*.*X", "can match in too many ways: say how often with {n} instead of *, + or {m,n}"),
        ("(A|B)" * 15, "can match in too many ways: use fewer alternatives"),
        ("A{1,200}", "repeats 200 times, and no serial number has more than 128 characters"),
        ("A{9999999999}", "repeats 9999999999 times, and no serial number has more than 128 characters"),
        ("^SN[0-9]+$", "need not say ^: the whole serial number must match anyway"),
        ("SN[0-9]+$", "need not say $: the whole serial number must match anyway"),
        ("(?=A)A", "uses (?=, which is not allowed"),
        ("(?P<n>A)", "uses (?P, which is not allowed"),
        ("(?P<lot>A)*", "repeats a group with *: only ? may follow a group"),
        (r"(A)\1", r"uses \1, which is not allowed"),
        (r"\bA", r"uses \b, which is not allowed"),
        ("A{x}", r"has a { that stands for nothing: write \{ for the character itself"),
        ("A]", r"has a ] that stands for nothing: write \] for the character itself"),
        ("[A-Z", r"has a [ that stands for nothing: write \[ for the character itself"),
        ("A\\", r"has a \ that stands for nothing: write \\ for the character itself"),
        ("A" * 201, f"is longer than {LONGEST_PATTERN} characters"),
    ],
)
def test_what_cannot_be_used_is_said(pattern: str, fault: str) -> None:
    assert pattern_fault(pattern) == fault


@pytest.mark.parametrize("pattern", ["*A", "A|+", "(A", "A)", "[Z-A]", "A{5,2}", "[a--b]", "(?P<lot>A)(?P<lot>B)"])
def test_what_is_no_pattern_is_called_so(pattern: str) -> None:
    assert pattern_fault(pattern).startswith("is no regular expression: ")


def test_the_whole_text_must_match_and_digits_are_ascii() -> None:
    assert fits("SN000123", r"SN\d{6}")
    assert not fits("SN0001234", r"SN\d{6}")
    assert not fits("SN000123\n", r"SN\d{6}")
    assert not fits("SN٠٠٠١٢٣", r"SN\d{6}")
    assert not fits("A" * (LONGEST_TEXT + 1), "A*")


@dataclass(frozen=True)
class Grown:
    """A pattern made piece by piece, and in how many ways a text could be matched to it at most."""

    text: str
    ways: int


@st.composite
def _atoms(draw: st.DrawFn) -> Grown:
    text = draw(st.sampled_from(("A", "[A-C]", r"\d", ".", r"\.", "[^x]")))
    repeat, ways = draw(
        st.sampled_from((("", 1), ("?", 2), ("{3}", 1), ("{2,5}", 4), ("*", LONGEST_TEXT), ("+", LONGEST_TEXT)))
    )
    return Grown(text + repeat, ways)


@st.composite
def _groups(draw: st.DrawFn, inner: st.SearchStrategy[Grown]) -> Grown:
    branches = draw(st.lists(st.lists(inner, min_size=1, max_size=3), min_size=1, max_size=3))
    total = sum(_product(branch) for branch in branches)
    is_optional = draw(st.booleans())
    text = "|".join("".join(piece.text for piece in branch) for branch in branches)
    return Grown(f"({text}){'?' * is_optional}", total + is_optional)


def _product(branch: list[Grown]) -> int:
    ways = 1
    for piece in branch:
        ways *= piece.ways
    return ways


_patterns = st.lists(st.recursive(_atoms(), _groups, max_leaves=8), min_size=1, max_size=4).map(
    lambda pieces: Grown("".join(piece.text for piece in pieces), _product(pieces))
)


@given(_patterns)
def test_no_pattern_with_more_ways_than_the_limit_is_let_through(pattern: Grown) -> None:
    re.compile(pattern.text)
    fault = pattern_fault(pattern.text)
    assert fault == "" or "too many ways" in fault or "longer" in fault
    if pattern.ways > MOST_WAYS:
        assert fault


@given(st.text(max_size=40))
def test_whatever_is_written_is_judged_without_an_error(pattern: str) -> None:
    if not pattern_fault(pattern):
        re.compile(pattern, re.ASCII)
        fits("SN000123", pattern)
