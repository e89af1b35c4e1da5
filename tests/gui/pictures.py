"""Keeps pictures of the screens for the documentation.

With STATION_SAVE_SCREENSHOTS=1 they are written to docs/images, which needs ImageMagick; otherwise only looked at.
"""

import os
import tempfile
from pathlib import Path

from PySide6.QtGui import QImage

from tests.small_picture import write_small

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
_WIDTH_PX, _MOST_BYTES = 1440, 150_000


def keep(picture: QImage, name: str = "", width_px: int = _WIDTH_PX) -> QImage:
    """The picture itself; kept for the documentation under `name`, so many pixels wide."""
    if name and os.environ.get("STATION_SAVE_SCREENSHOTS") == "1":
        IMAGES.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            whole = Path(folder) / "whole.png"
            assert picture.save(str(whole))
            write_small(whole, IMAGES / f"{name}.png", (width_px, _MOST_BYTES))
    return picture
