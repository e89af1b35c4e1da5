"""Keeps pictures of the screens for the documentation.

With STATION_SAVE_SCREENSHOTS=1 they are written to docs/images; otherwise only looked at.
"""

import os
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
_WIDTH_PX, _STEP = 1440, 8
"""Of the stored pictures: the brushed metal is rounded to few greys, or every one would have half a megabyte."""


def keep(picture: QImage, name: str = "", width_px: int = _WIDTH_PX) -> QImage:
    """The picture itself; kept for the documentation under `name`, so many pixels wide."""
    if name and os.environ.get("STATION_SAVE_SCREENSHOTS") == "1":
        IMAGES.mkdir(parents=True, exist_ok=True)
        assert _smaller(picture, width_px).save(str(IMAGES / f"{name}.png"), quality=0)
    return picture


def _smaller(picture: QImage, width_px: int) -> QImage:
    scaled = picture.scaledToWidth(width_px, Qt.TransformationMode.SmoothTransformation)
    scaled = scaled.convertToFormat(QImage.Format.Format_RGB888)
    width, height = scaled.width(), scaled.height()
    lines = np.frombuffer(scaled.constBits(), np.uint8).reshape(height, scaled.bytesPerLine())
    pixels = lines[:, : width * 3].reshape(height, width, 3).copy()
    is_grey = (pixels == pixels[..., :1]).all(axis=2)
    pixels[is_grey] = pixels[is_grey] // _STEP * _STEP + _STEP // 2
    return QImage(pixels.data, width, height, pixels.strides[0], scaled.format()).copy()
