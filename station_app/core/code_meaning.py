"""What a scanned text stands for: a printed command, a badge, a recipe, a lot, or else a serial number. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from station_app.core.serial import CodeRefusal


@dataclass(frozen=True, slots=True)
class CommandCode:
    """A printed command, `CMD:F1`: the action of that key."""

    key: str


@dataclass(frozen=True, slots=True)
class Badge:
    """A badge, `OP:name`."""

    operator: str


@dataclass(frozen=True, slots=True)
class RecipeCode:
    """A recipe's code: `RECIPE:name`, or a text of its `codes`."""

    recipe: str


@dataclass(frozen=True, slots=True)
class LotCode:
    """A lot, `LOT:name`; `LOT:` alone ends the one before."""

    lot: str


@dataclass(frozen=True, slots=True)
class Serial:
    """Anything else: the serial number of the next part."""

    text: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """A recipe was meant, and it cannot be told which."""

    text: str
    refusal: CodeRefusal


Meaning = CommandCode | Badge | RecipeCode | LotCode | Serial | Unclear


def meaning(text: str, recipes: Iterable[str] = (), codes: Iterable[tuple[str, str]] = ()) -> Meaning:
    """What a complete scan stands for. `recipes` are the names to choose from, `codes` pairs of a text and the recipe
    that it selects."""
    stripped = text.strip()
    prefix, _, rest = (word.strip() for word in stripped.partition(":"))
    match prefix.upper():
        case "CMD" if rest:
            return CommandCode(rest.upper())
        case "OP" if rest:
            return Badge(rest)
        case "LOT" if stripped != prefix:
            return LotCode(rest)
        case "RECIPE" if rest:
            return _recipe(stripped, _named(rest, tuple(recipes)))
    chosen = tuple(recipe for code, recipe in codes if code == stripped)
    return _recipe(stripped, chosen) if chosen else Serial(stripped)


def _named(name: str, recipes: tuple[str, ...]) -> tuple[str, ...]:
    """The recipe of this name. Some codes know capitals only."""
    if name in recipes:
        return (name,)
    return tuple(recipe for recipe in recipes if recipe.casefold() == name.casefold())


def _recipe(text: str, found: tuple[str, ...]) -> RecipeCode | Unclear:
    if len(found) == 1:
        return RecipeCode(found[0])
    return Unclear(text, CodeRefusal.MANY_RECIPES if found else CodeRefusal.NO_RECIPE)
