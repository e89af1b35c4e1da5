"""From the pixel formats that cameras send to the three that the station knows. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from station_app.core.errors import CameraError
from station_app.core.inspection import PixelFormat, Pixels

_SENT: Mapping[PixelFormat, tuple[str, ...]] = {
    PixelFormat.MONO8: ("Mono8",),
    PixelFormat.BAYER_RG8: ("BayerRG8",),
    PixelFormat.BGR8: (
        *("BGR8", "BGR8Packed", "RGB8", "RGB8Packed", "BGRa8", "BGRA8Packed", "RGBa8", "RGBA8Packed"),
        *("BayerRG8", "BayerGB8", "BayerGR8", "BayerBG8"),
    ),
}
"""What a camera may send for a format of the station, the cheapest first."""
_BYTES = {"BGR8": 3, "RGB8": 3, "BGRA8": 4, "RGBA8": 4}


@dataclass(frozen=True, slots=True, eq=False)
class RawImage:
    """Bytes as they came: `raw` is flat uint8, on loan from the SDK; `stride` is the length of a line in bytes."""

    raw: Pixels
    sent_as: str
    height: int
    width: int
    stride: int

    @property
    def is_whole(self) -> bool:
        return self.raw.size >= self.stride * self.height and self.stride >= self.width * bytes_of(self.sent_as)


def bytes_of(sent_as: str) -> int:
    """Bytes of a pixel in one of the formats above."""
    return _BYTES.get(_plain(sent_as), 1)


def choose_sent(offered: Sequence[str], wanted: PixelFormat, where: str) -> str:
    """The format to ask of a camera that offers these. CameraError where none of them becomes `wanted`."""
    for name in _SENT[wanted]:
        if name in offered:
            return name
    raise CameraError(
        f"the camera cannot send {wanted}", where=where, remedy=f"choose another format; it sends {', '.join(offered)}"
    )


def is_known(image: RawImage, pixel_format: PixelFormat) -> bool:
    """Whether the image has pixels that become `pixel_format`: a frame that lost its head has not."""
    return image.sent_as in _SENT[pixel_format] and image.height > 0 and image.width > 0


def shape_of(height: int, width: int, pixel_format: PixelFormat) -> tuple[int, ...]:
    return (height, width, 3) if pixel_format.channels == 3 else (height, width)


def write_pixels(image: RawImage, pixel_format: PixelFormat, target: Pixels) -> None:
    """Write the image into `target`, which has its size. CameraError where it was sent in another format."""
    if image.sent_as not in _SENT[pixel_format]:
        raise CameraError(f"the camera sends {image.sent_as} now", remedy="load the recipe again")
    lines = image.raw[: image.stride * image.height].reshape(image.height, image.stride)
    depth = bytes_of(image.sent_as)
    pixels = lines[:, : image.width * depth]
    if depth == 1 and pixel_format.channels == 1:
        target[...] = pixels
    elif depth == 1:
        target[...] = _demosaiced(pixels, image.sent_as)
    else:
        colours = pixels.reshape(image.height, image.width, depth)[:, :, :3]
        target[...] = colours[:, :, ::-1] if _plain(image.sent_as).startswith("RGB") else colours


def _demosaiced(pixels: Pixels, sent_as: str) -> Pixels:
    import cv2

    codes = {
        "BayerRG8": cv2.COLOR_BayerRGGB2BGR,
        "BayerGB8": cv2.COLOR_BayerGBRG2BGR,
        "BayerGR8": cv2.COLOR_BayerGRBG2BGR,
        "BayerBG8": cv2.COLOR_BayerBGGR2BGR,
    }
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(pixels), codes[sent_as]), np.uint8)


def _plain(sent_as: str) -> str:
    """Vendors write BGR8 and BGR8Packed, RGBa8 and RGBA8Packed."""
    return sent_as.removesuffix("Packed").upper()
