"""What a scan stands for."""

import pytest

from station_app.core.code_meaning import Badge, CommandCode, LotCode, RecipeCode, Serial, Unclear, meaning
from station_app.core.serial import CodeRefusal

RECIPES = ("housing", "housing-strict", "Cover", "COVER")
CODES = (("4711-A", "housing"), ("both", "housing"), ("both", "Cover"), ("SN:42", "Cover"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CMD:F12", CommandCode("F12")),
        ("cmd:f1", CommandCode("F1")),
        ("OP:王芳", Badge("王芳")),
        ("op: Anna Schmidt ", Badge("Anna Schmidt")),
        ("2A17-0093413", Serial("2A17-0093413")),
        (" SN1 ", Serial("SN1")),
        ("OP:", Serial("OP:")),
        ("CMD: ", Serial("CMD:")),
        ("SN:43", Serial("SN:43")),
        ("RECIPE:housing", RecipeCode("housing")),
        ("RECIPE: HOUSING-STRICT", RecipeCode("housing-strict")),
        ("recipe:COVER", RecipeCode("COVER")),
        ("RECIPE:cover", Unclear("RECIPE:cover", CodeRefusal.MANY_RECIPES)),
        ("RECIPE:lid", Unclear("RECIPE:lid", CodeRefusal.NO_RECIPE)),
        ("RECIPE:", Serial("RECIPE:")),
        ("LOT:L-77", LotCode("L-77")),
        (" lot : L 77 ", LotCode("L 77")),
        ("LOT:", LotCode("")),
        ("LOT", Serial("LOT")),
        ("4711-A", RecipeCode("housing")),
        ("4711-a", Serial("4711-a")),
        ("SN:42", RecipeCode("Cover")),
        ("both", Unclear("both", CodeRefusal.MANY_RECIPES)),
    ],
)
def test_meaning(text: str, expected: object) -> None:
    assert meaning(text, RECIPES, CODES) == expected


def test_without_recipes_nothing_is_one() -> None:
    assert meaning("4711-A") == Serial("4711-A")
    assert meaning("RECIPE:housing") == Unclear("RECIPE:housing", CodeRefusal.NO_RECIPE)
