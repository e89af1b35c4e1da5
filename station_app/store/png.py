"""PNG for export and sync: what every program opens. Five times slower to write than the recorded TIFF."""

import cv2

from station_app.core.inspection import Pixels


def encode_png(pixels: Pixels) -> bytes:
    """The pixels as PNG, with the settings that OpenCV writes fastest."""
    settings = [
        cv2.IMWRITE_PNG_STRATEGY,
        cv2.IMWRITE_PNG_STRATEGY_HUFFMAN_ONLY,
        cv2.IMWRITE_PNG_FILTER,
        cv2.IMWRITE_PNG_FILTER_SUB,
    ]
    is_made, body = cv2.imencode(".png", pixels, settings)
    if not is_made:
        raise ValueError(f"no image: {pixels.shape} {pixels.dtype}")
    return body.tobytes()
