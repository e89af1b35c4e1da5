"""How the rendered camera is mounted: it can be knocked and turned out of focus, as a real one can. Pure."""

from dataclasses import asdict, dataclass, replace

import cv2
import numpy as np

from station_app.core.inspection import Pixels
from station_app.core.setup_messages import FeatureKind
from station_app.devices.camera import FeatureValue
from station_app.devices.features import Feature, Range, read_number

LIMITS = {
    "mount_x_px": Range(-200, 200, 0.1),
    "mount_y_px": Range(-200, 200, 0.1),
    "mount_turn_deg": Range(-10, 10, 0.01),
    "defocus_px": Range(0, 20, 0.1),
}


@dataclass(frozen=True, slots=True)
class RenderedMount:
    """The picture moves by so many pixels, to the right and down, and turns about its middle (degrees,
    counter-clockwise); `defocus_px` is the standard deviation of the blur."""

    mount_x_px: float = 0.0
    mount_y_px: float = 0.0
    mount_turn_deg: float = 0.0
    defocus_px: float = 0.0

    def changed(self, settings: dict[str, FeatureValue], where: str) -> "RenderedMount":
        """With the settings taken, all of them or none; their names are those of `LIMITS`."""
        numbers = {name: read_number(name, value, LIMITS[name], where) for name, value in settings.items()}
        return replace(self, **numbers)

    def read(self) -> dict[str, FeatureValue]:
        return asdict(self)

    def shown(self, category: str) -> tuple[Feature, ...]:
        return tuple(
            Feature(name, FeatureKind.FLOAT, value, True, LIMITS[name], unit=name.rpartition("_")[2], category=category)
            for name, value in self.read().items()
        )

    def seen(self, pixels: Pixels) -> Pixels:
        """The picture as a camera mounted like this takes it; itself where nothing is out of place."""
        if (self.mount_x_px, self.mount_y_px, self.mount_turn_deg) != (0, 0, 0):
            pixels = self._moved(pixels)
        if self.defocus_px:
            pixels = np.asarray(cv2.GaussianBlur(pixels, (0, 0), self.defocus_px), np.uint8)
        return pixels

    def _moved(self, pixels: Pixels) -> Pixels:
        height, width = pixels.shape[:2]
        matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), self.mount_turn_deg, 1.0)
        matrix[:, 2] += np.array((self.mount_x_px, self.mount_y_px))
        return np.asarray(cv2.warpAffine(pixels, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8)
