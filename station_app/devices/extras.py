"""The cameras' software is no part of the ordinary installation: what to do where it is missing. Pure."""


def how_to_install(extra: str) -> str:
    """The sentence for a person; `extra` as pyproject.toml names it."""
    return f"install the station with its extra {extra!r}: station-app[{extra}]"
