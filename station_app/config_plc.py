"""`[plc]` of the station file: the PLC that triggers, its registers, and which number selects which recipe."""

import ipaddress
from dataclasses import dataclass, field

from station_app.core.fields import Fields
from station_app.core.handshake_map import RegisterMap

_KINDS = ("modbus",)
_LAST_PORT = 65535


@dataclass(frozen=True, slots=True)
class PlcSetup:
    """`address` and `port` are those to listen on; `master` is the only computer that may write, "" for the first that
    does. A master that asks for nothing in `silent_s` seconds is gone. `recipes` are pairs of a number and a recipe. A
    PASS that was not acknowledged in `window_s` seconds after its trigger expires."""

    address: str = "127.0.0.1"
    port: int = 502
    master: str = ""
    silent_s: float = 2.0
    window_s: float = 5.0
    map: RegisterMap = field(default_factory=RegisterMap)
    recipes: tuple[tuple[int, str], ...] = ()


def read_plc(fields: Fields) -> PlcSetup | None:
    """`[plc]`; None where the file has none."""
    if fields.is_empty:
        return None
    if fields.text("kind", "modbus") not in _KINDS:
        fields.error("kind", f"must be one of {', '.join(_KINDS)}")
    setup = PlcSetup(
        address=_address(fields, "address", "127.0.0.1"),
        port=fields.integer("port", 502, low=1, high=_LAST_PORT),
        master=_address(fields, "master", ""),
        silent_s=fields.number("silent_s", 2.0, low=0.2, high=60),
        window_s=fields.number("window_s", 5.0, low=0.05, high=3600),
        map=_map(fields),
        recipes=_recipes(fields.table("recipes")),
    )
    fields.finish()
    return setup


def _address(fields: Fields, key: str, usual: str) -> str:
    """Compared with the other end of a connection, letter by letter: so no name, and as the computer writes it."""
    text = fields.text(key, usual)
    if text == usual:
        return text
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        fields.error(key, "must be the address of a computer, such as 192.168.1.10")
        return usual


def _map(fields: Fields) -> RegisterMap:
    usual = RegisterMap()
    blocks = {
        name: fields.integer(name, getattr(usual, name), low=0, high=_LAST_PORT)
        for name in ("control", "status", "input", "output")
    }
    low_byte, low_word = fields.flag("low_byte_first", True), fields.flag("low_word_first", True)
    try:
        return RegisterMap(**blocks, is_low_byte_first=low_byte, is_low_word_first=low_word)
    except ValueError as error:
        fields.error("control, status, input, output", str(error))
        return usual


def _recipes(fields: Fields) -> tuple[tuple[int, str], ...]:
    """`NUMBER = "RECIPE"`."""
    found: list[tuple[int, str]] = []
    for key, name in fields.scalars():
        if not key.isascii() or not key.isdecimal() or not 1 <= int(key) <= 999:
            fields.error(key, "must be a number from 1 to 999, with the name of a recipe")
        else:
            found.append((int(key), str(name)))
    return tuple(sorted(found))
