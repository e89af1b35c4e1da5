"""Where regions lie and go, in frame pixels. Pure; no Qt."""

from dataclasses import replace

from station_app.core.inspection import Box
from station_app.core.recipe import Region

Regions = tuple[Region, ...]


def topmost(regions: Regions, x: float, y: float) -> int:
    """The number of the smallest region that holds this point, the later one of two alike; -1 where none does."""
    hit = [n for n, region in enumerate(regions) if _holds(region.box, x, y)]
    return min(hit, key=lambda n: (regions[n].box.width * regions[n].box.height, -n), default=-1)


def moved(box: Box, dx: int, dy: int, frame: tuple[int, int]) -> Box:
    """The box so many pixels farther, as far as it stays in a frame of this width and height."""
    width, height = frame
    x = min(max(0, box.x + dx), max(0, width - box.width))
    y = min(max(0, box.y + dy), max(0, height - box.height))
    return box._replace(x=x, y=y)


def added(regions: Regions, box: Box, *, is_excluded: bool) -> Regions:
    """With one more region, under a name that none has."""
    names = {region.name for region in regions}
    word = "excluded" if is_excluded else "region"
    number = next(n for n in range(1, len(regions) + 2) if f"{word} {n}" not in names)
    return (*regions, Region(f"{word} {number}", box, is_excluded))


def replaced(regions: Regions, number: int, region: Region) -> Regions:
    """With another region in the place of the one of this number."""
    return tuple(region if n == number else known for n, known in enumerate(regions))


def at(regions: Regions, number: int, box: Box) -> Regions:
    """With the region of this number at another place."""
    return replaced(regions, number, replace(regions[number], box=box))


def without(regions: Regions, number: int) -> Regions:
    return tuple(region for n, region in enumerate(regions) if n != number)


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x <= x < box.right and box.y <= y < box.bottom
