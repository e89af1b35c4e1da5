"""The published schemas, as a reader elsewhere would use them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "schemas"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


def schema(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text())
    return told


@cache
def validator(name: str, part: str = "") -> Draft202012Validator:
    """Of a whole schema, or of one of its definitions."""
    whole = schema(name)
    asked = {"$ref": f"{whole['$id']}#/$defs/{part}"} if part else whole
    return Draft202012Validator(asked, registry=_registry(), format_checker=FormatChecker())


def check_event(event: dict[str, Any]) -> None:
    """ValidationError where the event is not what the schema that it names says."""
    name = event["dataschema"].rsplit("/", 1)[1].removesuffix(".json")
    validator(name).validate(event)


@cache
def _registry() -> Registry[Any]:
    found = ((schema(name)["$id"], Resource.from_contents(schema(name))) for name in NAMES)
    return Registry().with_resources(found)
