"""Reads the codes in a region of a frame. The decoder runs without Python's lock, so nobody else waits for it."""

from collections.abc import Iterable

import cv2
import numpy as np
from zxingcpp import BarcodeFormats, TextMode, read_barcodes

from station_app.codes.formats import BARCODES
from station_app.core.inspection import Box, Frame, PixelFormat, Pixels
from station_app.core.serial import CodeFormat


def cut_region(frame: Frame, box: Box) -> Pixels:
    """The region's own copy, in grey levels or BGR: the frame's buffer may be filled again while it is being read."""
    if frame.pixel_format is not PixelFormat.BAYER_RG8:
        return frame.pixels[box.y : box.bottom, box.x : box.right].copy()
    left, top = box.x & ~1, box.y & ~1  # even starts keep the mosaic's phase
    mosaic = np.ascontiguousarray(frame.pixels[top : box.bottom, left : box.right])
    grey = np.asarray(cv2.cvtColor(mosaic, cv2.COLOR_BayerRGGB2GRAY), np.uint8)
    return grey[box.y - top :, box.x - left :]


def read_codes(region: Pixels, formats: Iterable[CodeFormat]) -> tuple[str, ...]:
    """The different texts of all codes of these formats in the region, none where nothing could be read.

    A quick look first; codes that stand on end (linear ones), are light on dark or badly printed cost a second one,
    several times as long. A linear code must lie within about 20 degrees of the frame's axes.
    """
    if not region.size:
        return ()
    wanted = BarcodeFormats([BARCODES[name] for name in formats])
    pixels = np.ascontiguousarray(region)
    found = read_barcodes(pixels, wanted, try_rotate=False, try_invert=False, text_mode=TextMode.Plain)
    if not found:
        found = read_barcodes(pixels, wanted, text_mode=TextMode.Plain)
    return tuple(dict.fromkeys(code.text.strip() for code in found if code.valid))
