"""The settings of the rendered camera: exposure and gain, and what they do to the picture. Pure."""

from dataclasses import dataclass, replace

from station_app.core.setup_messages import CommonSetting, FeatureKind
from station_app.devices.camera import FeatureValue
from station_app.devices.features import Feature, Range, read_number, unknown_feature

_NOMINAL_US = 10_000.0
"""Exposure at which the parts look as rendered."""
_LIMITS = {"exposure_us": Range(20, 100_000, 1.0), "gain": Range(0, 24, 0.1)}


@dataclass(frozen=True, slots=True)
class RenderedFeatures:
    """`exposure_us` in steps of 1 us; `gain` in dB, in steps of 0.1."""

    exposure_us: float = _NOMINAL_US
    gain: float = 0.0

    @property
    def brightness(self) -> float:
        """Factor on the grey levels."""
        return float(self.exposure_us / _NOMINAL_US * 10 ** (self.gain / 20))

    def changed(self, settings: dict[str, FeatureValue], where: str) -> "RenderedFeatures":
        """With the settings taken; all of them or none."""
        features = self
        for name, value in settings.items():
            if name not in _LIMITS:
                raise unknown_feature(name, tuple(_LIMITS), where)
            features = replace(features, **{name: read_number(name, value, _LIMITS[name], where)})
        return features

    def shown(self, category: str) -> tuple[Feature, ...]:
        return (
            self._number("exposure_us", "us", CommonSetting.EXPOSURE, category),
            self._number("gain", "dB", CommonSetting.GAIN, category),
        )

    def read(self) -> dict[str, FeatureValue]:
        return {"exposure_us": self.exposure_us, "gain": self.gain}

    def _number(self, name: str, unit: str, common: CommonSetting, category: str) -> Feature:
        value = float(getattr(self, name))
        return Feature(name, FeatureKind.FLOAT, value, True, _LIMITS[name], unit=unit, category=category, common=common)
