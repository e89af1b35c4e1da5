"""What a recipe says of serial numbers and codes."""

import pytest

from station_app.core.errors import ConfigError
from station_app.core.inspection import Box
from station_app.core.recipe import Recipe
from station_app.core.recipe_toml import parse_recipe
from station_app.core.serial import CodeFormat, CodeReading, SerialRules, SerialSource
from tests.core.test_recipe import GOOD

IMAGE = """
[serial]
source = "image"
pattern = 'SN\\d{6}'
unique = true
required = true
[serial.image]
camera = "top"
box = [10, 20, 30, 40]
formats = ["data_matrix", "qr"]
budget_ms = 150
"""


def parse(serial: str, codes: str = "") -> Recipe:
    return parse_recipe(f"{codes}\n{GOOD}\n{serial}")


def test_all_of_it_is_read() -> None:
    recipe = parse(IMAGE, 'codes = ["A17", "4711-A"]')
    formats = (CodeFormat.DATA_MATRIX, CodeFormat.QR)
    reading = CodeReading("top", Box(10, 20, 30, 40), formats, 150)
    assert recipe.serial == SerialRules(SerialSource.IMAGE, r"SN\d{6}", True, True, reading)
    assert recipe.codes == ("A17", "4711-A")


def test_a_recipe_that_says_nothing_takes_any_number_and_keeps_its_hash() -> None:
    recipe = parse_recipe(GOOD)
    assert recipe.serial == SerialRules() and recipe.codes == ()
    # As recorded before recipes knew serial numbers.
    assert recipe.sha256 == "16a112583dc84a1a22eda789643a9522acb5d2eefd200b19d3dadbd0b26b9455"


def test_what_it_says_is_part_of_its_hash() -> None:
    told = [parse(""), parse(IMAGE), parse(IMAGE.replace("150", "151")), parse("", 'codes = ["A17"]')]
    told += [parse('[serial]\nsource = "none"'), parse("[serial]\nunique = true")]
    assert len({recipe.sha256 for recipe in told}) == len(told)


@pytest.mark.parametrize(
    ("serial", "fault"),
    [
        ('[serial]\nsource = "plc"', "serial.source: must be one of none, scanner, image"),
        ("[serial]\npattern = '(A+)+'", "serial.pattern: '(A+)+' repeats a group with +: only ? may follow a group"),
        ('[serial]\nsource = "none"\nrequired = true', "serial.source: none goes with no other key"),
        ("[serial]\nuniqe = true", "serial.uniqe: unknown key"),
        ('[serial]\nsource = "image"', "serial.image.camera: missing; serial.image.formats: missing"),
        (IMAGE.replace('source = "image"', ""), "serial.image: unknown key"),
        (IMAGE.replace('"top"', '"side"'), "serial.image.camera: the recipe has no camera 'side'"),
        (IMAGE.replace("30, 40]", "0, 40]"), "serial.image.box: width and height must be at least 1"),
        (IMAGE.replace("150", "800"), "serial.image.budget_ms: must be below deadline_ms"),
        (IMAGE.replace('"qr"', '"qrcode"'), "serial.image.formats: needs one or more of data_matrix, qr,"),
        (IMAGE.replace('"qr"', '"data_matrix"'), "serial.image.formats: needs one or more of"),
        (IMAGE.replace('["data_matrix", "qr"]', "[]"), "serial.image.formats: needs one or more of"),
        (IMAGE.replace('"qr"', "7"), "serial.image.formats: must be a list of texts"),
        (IMAGE + "rotate = true", "serial.image.rotate: unknown key"),
    ],
)
def test_each_mistake_is_named(serial: str, fault: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(serial)
    assert fault in str(caught.value)


@pytest.mark.parametrize("codes", ['[" A"]', '[""]', '["A\\u0007"]', '["A", "A"]', '"A"', f'["{"A" * 129}"]'])
def test_codes_that_no_scanner_could_send_are_refused(codes: str) -> None:
    with pytest.raises(ConfigError, match="codes: "):
        parse("", f"codes = {codes}")
