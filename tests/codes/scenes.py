"""Codes on metal, as cameras see them."""

import cv2
import numpy as np

from station_app.codes.drawing import draw_code
from station_app.core.inspection import Frame, FrameStamp, PixelFormat, Pixels
from station_app.core.serial import CodeFormat

TEXTS = {CodeFormat.ITF: "12345678", CodeFormat.EAN_13: "4006381333931"}
"""What these formats can hold; the others hold `SERIAL`."""
SERIAL = "SN000123"


def text_for(code_format: CodeFormat) -> str:
    return TEXTS.get(code_format, SERIAL)


def on_metal(*codes: Pixels, size: tuple[int, int] = (400, 700), noise: float = 3.0, seed: int = 1) -> Pixels:
    """The codes side by side on a noisy grey plate of (height, width)."""
    random = np.random.default_rng(seed)
    scene = 150 + random.normal(0, noise, size)
    x = 20
    for code in codes:
        scene[30 : 30 + code.shape[0], x : x + code.shape[1]] = np.where(code > 0, 200, 40)
        x += code.shape[1] + 20
    return np.asarray(np.clip(scene, 0, 255), np.uint8)


def turned(pixels: Pixels, degrees: float) -> Pixels:
    """The scene turned about its middle, with room around it."""
    pixels = np.pad(pixels, 60, constant_values=150)
    height, width = pixels.shape
    move = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(pixels, move, (width, height), borderValue=150), np.uint8)


def framed(pixels: Pixels, pixel_format: PixelFormat = PixelFormat.MONO8) -> Frame:
    return Frame(1, "top", FrameStamp(1, 1), pixels, pixel_format)


def data_matrix(text: str = SERIAL, module_px: int = 6) -> Pixels:
    return draw_code(text, CodeFormat.DATA_MATRIX, module_px)
