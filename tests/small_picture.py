"""Pictures for the documentation: PNG files of few colours, so that the repository stays small. Needs ImageMagick."""

import subprocess
from pathlib import Path

_COLOURS = (96, 64, 48, 32, 24)


def write_small(source: Path, target: Path, limits: tuple[int, int]) -> None:
    """The picture of `source` at most so many pixels wide, of as many colours as fit into so many bytes. RuntimeError
    where even the fewest are too many."""
    width_px, most_bytes = limits
    for colours in _COLOURS:
        few = ("-resize", f"{width_px}x>", "+dither", "-colors", str(colours), "-depth", "8", "-strip")
        subprocess.run(("convert", str(source), *few, f"PNG8:{target}"), check=True, timeout=60)
        if target.stat().st_size <= most_bytes:
            return
    raise RuntimeError(f"{target} has {target.stat().st_size} bytes")
