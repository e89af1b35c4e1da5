"""Whatever a file says, it is read as meant or refused with the key named; nothing else comes out."""

import json
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.core.errors import ConfigError
from station_app.core.fields import Fields, parse_toml, raise_all
from station_app.core.recipe_toml import parse_recipe
from tests.core.test_recipe import GOOD

PLAIN = st.booleans() | st.integers(-(2**63), 2**63) | st.floats() | st.text(st.characters(codec="utf-8"), max_size=6)
VALUES = st.recursive(PLAIN, lambda v: st.lists(v, max_size=4) | st.dictionaries(st.text("ab"), v, max_size=3))


def toml_of(value: Any) -> str:
    """A value as TOML writes it inline."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml_of(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml_of(entry) for entry in value) + "]"
    return repr(value) if isinstance(value, float) else json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def places(table: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in a table."""
    if path:
        yield path
    entries = table.items() if isinstance(table, dict) else enumerate(table) if isinstance(table, list) else ()
    for key, entry in entries:
        yield from places(entry, (*path, key))


def changed(place: tuple[Any, ...], value: Any) -> str:
    table = tomllib.loads(GOOD)
    inner: Any = table
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    return "\n".join(f"{key} = {toml_of(entry)}" for key, entry in table.items())


def test_the_table_of_the_tests_is_the_good_recipe() -> None:
    assert parse_recipe(changed(("name",), "A17")) == parse_recipe(GOOD)


@settings(max_examples=150)
@given(st.sampled_from(sorted(places(tomllib.loads(GOOD)), key=repr)), VALUES)
def test_any_value_at_any_place_is_a_recipe_that_can_reject_or_an_error_that_names_it(
    place: tuple[Any, ...], value: Any
) -> None:
    try:
        recipe = parse_recipe(changed(place, value))
    except ConfigError as error:
        assert str(place[0]) in str(error)
        return
    assert recipe.cameras and recipe.thresholds
    assert all(0 < pair.review <= pair.fail <= 1 for _, pair in recipe.thresholds)
    assert 1 <= recipe.deadline_ms <= 600_000
    assert all(len(camera.model.sha256) == 64 for camera in recipe.cameras)


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(ConfigError):
        parse_toml(text, "file")


@pytest.mark.parametrize(
    "text", ["a = " + "1" * 5000, "a = " + "[" * 5000, "a = 1\na = 2", "a = '\x00'", "\ufeffa = 1"]
)
def test_text_that_python_cannot_read_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match="not valid TOML"):
        parse_toml(text, "file")


@pytest.mark.parametrize(
    ("read", "word"),
    [
        (lambda f: f.number("flag", low=0, high=9), "flag: must be a number from 0 to 9, not True"),
        (lambda f: f.number("nan", low=0, high=9), "nan: must be a number"),
        (lambda f: f.integer("half", low=0, high=9), "half: must be a whole number"),
        (lambda f: f.integers("list", 3), "list: must be a list of 3 whole numbers"),
        (lambda f: f.integers("flags", 2), "flags: must be a list of 2 whole numbers"),
        (lambda f: f.numbers("list", 3, low=0, high=9), "list: must be a list of 3 numbers from 0 to 9"),
        (lambda f: f.numbers("list", 2, low=0, high=1), "list: must be a list of 2 numbers from 0 to 1"),
        (lambda f: f.numbers("flags", 2, low=0, high=9), "flags: must be a list of 2 numbers"),
        (lambda f: f.flag("half"), "half: must be true or false"),
        (lambda f: f.text("flag"), "flag: must be text"),
        (lambda f: f.text("gone"), "gone: missing"),
        (lambda f: f.table("flag"), "flag: must be a table"),
        (lambda f: f.tables("list"), "list: must be an array of tables"),
        (lambda f: f.table("inner").scalars(), "inner.list: must be a plain value"),
    ],
)
def test_each_kind_of_mistake_is_named(read: Any, word: str) -> None:
    given_table = {
        "flag": True,
        "nan": float("nan"),
        "half": 0.5,
        "list": [1, 2],
        "flags": [True, 1],
        "inner": {"list": [1]},
    }
    fields = Fields(given_table)
    read(fields)
    assert [error for error in fields.errors if error.startswith(word)]
    with pytest.raises(ConfigError, match="somewhere"):
        raise_all(fields, "somewhere")


def test_a_key_that_nobody_asked_for_is_unknown() -> None:
    fields = Fields({"known": 1, "knwon": 2})
    assert fields.integer("known", low=0, high=9) == 1
    fields.finish()
    assert fields.errors == ["knwon: unknown key"]
