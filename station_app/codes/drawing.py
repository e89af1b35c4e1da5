"""Draws codes: for the rendered line, for tests, and for sheets to be printed."""

import numpy as np
from zxingcpp import create_barcode

from station_app.codes.formats import BARCODES
from station_app.core.inspection import Pixels
from station_app.core.serial import CodeFormat


def draw_code(text: str, code_format: CodeFormat, module_px: int) -> Pixels:
    """The code with its quiet zone: HxW, 0 where it is printed and 255 elsewhere, `module_px` pixels a module.

    ValueError where the format cannot hold the text.
    """
    code = create_barcode(text, BARCODES[code_format])
    return np.array(code.to_image(scale=module_px), np.uint8)
