"""Carries changes of values into a TOML text that people wrote, so that their comments and their order stay. Pure.

It knows as much of TOML as recipes are written in: headers and keys each in a line of their own. Whoever uses it reads
the outcome back with the real parser, and falls back on the plain text where it says something else.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

_HEADER = re.compile(r"^\s*\[(\[)?(.+?)\]?\]\s*(?:#.*)?$")
_ENTRY = re.compile(r"""^(\s*)("[^"]*"|'[^']*'|[\w-]+)(\s*=\s*)(.*?)(\s*(?:#.*)?)$""")
_HOLDER = "cameras"
"""The array whose tables have tables of their own."""

Place = tuple[int, tuple[str, ...], int]
"""(which camera, the header's path, the how-manieth of this path there)."""


@dataclass(slots=True)
class _Section:
    """A header with the comment above it and the lines below; the first section has no header."""

    place: Place
    lead: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def values(self) -> dict[str, str]:
        found = (_ENTRY.match(line) for line in self.lines)
        return {_plain(match[2]): match[4] for match in found if match is not None}


def carried_over(text: str, before: str, wanted: str) -> str:
    """`text` with the values in which `wanted` differs from `before`; both are written by `recipe_text`, and `before`
    means what `text` means."""
    sections = _sections(text)
    old, new = _by_place(_sections(before)), _by_place(_sections(wanted))
    for place, section in new.items():
        values = old[place].values() if place in old else {}
        _change(sections, section, values)
    kept = [section for section in sections if section.place in new or section.place not in old]
    return "\n".join(line for section in kept for line in _written(section)) + "\n"


def leading_comments(text: str) -> str:
    """The comment that the text begins with."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line)
    return "".join(f"{line}\n" for line in lines)


def _change(sections: list[_Section], wanted: _Section, old: Mapping[str, str]) -> None:
    """Write what differs from `old` into the section of the same place, which is made where there is none."""
    new = wanted.values()
    changed = {key: value for key, value in new.items() if old.get(key) != value}
    gone = old.keys() - new.keys()
    here = next((section for section in sections if section.place == wanted.place), None)
    if here is None and (changed or not old):
        sections.insert(_end_of(sections, wanted.place), wanted)
    elif here is not None:
        here.lines = [line for line in here.lines if _key(line) not in gone]
        for key, value in changed.items():
            _set(here, key, value)


def _set(section: _Section, key: str, value: str) -> None:
    for number, line in enumerate(section.lines):
        match = _ENTRY.match(line)
        if match is not None and _plain(match[2]) == key:
            section.lines[number] = f"{match[1]}{match[2]}{match[3]}{value}{match[5]}"
            return
    last = max((n for n, line in enumerate(section.lines) if _ENTRY.match(line)), default=-1)
    section.lines.insert(last + 1, f"{_quoted(key)} = {value}")


def _end_of(sections: list[_Section], place: Place) -> int:
    """After the last table of the same camera, else at the end."""
    same = [n for n, section in enumerate(sections) if section.place[0] == place[0] and section.place[0] >= 0]
    return same[-1] + 1 if same else len(sections)


def _sections(text: str) -> list[_Section]:
    found, camera, counts = [_Section((-1, (), 0))], -1, dict[tuple[int, tuple[str, ...]], int]()
    for line in text.splitlines():
        match = _HEADER.match(line)
        path = _path(match[2]) if match is not None else ()
        if not path:
            found[-1].lines.append(line)
            continue
        camera += path == (_HOLDER,)
        owner = camera if path[0] == _HOLDER else -1
        counts[owner, path] = counts.get((owner, path), -1) + 1
        found.append(_Section((owner, path, counts[owner, path]), [*_taken_lead(found[-1].lines), line]))
    return found


def _taken_lead(lines: list[str]) -> list[str]:
    """The comment at the end of these lines, which is about what comes next, with the empty lines above it."""
    start = len(lines)
    while start and lines[start - 1].startswith("#"):
        start -= 1
    while start and not lines[start - 1].strip():
        start -= 1
    lead = lines[start:]
    del lines[start:]
    return lead


def _by_place(sections: list[_Section]) -> dict[Place, _Section]:
    return {section.place: section for section in sections}


def _written(section: _Section) -> list[str]:
    return [*section.lead, *section.lines]


def _path(header: str) -> tuple[str, ...]:
    """The names of a header, () where it is none."""
    try:
        table = tomllib.loads(f"[{header}]")
    except tomllib.TOMLDecodeError:
        return ()
    path: list[str] = []
    while table:
        ((name, table),) = table.items()
        path.append(name)
    return tuple(path)


def _key(line: str) -> str:
    match = _ENTRY.match(line)
    return _plain(match[2]) if match is not None else ""


def _plain(key: str) -> str:
    try:
        return next(iter(tomllib.loads(f"{key}=0")))
    except tomllib.TOMLDecodeError:
        return key


def _quoted(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else f'"{key}"'
