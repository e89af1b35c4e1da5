"""The features of a GenICam camera for the engineer's tree, and which of them stand for the common settings."""

from collections.abc import Mapping
from dataclasses import replace

from station_app.core.setup_messages import CommonSetting, FeatureKind
from station_app.devices.camera import FeatureValue
from station_app.devices.features import Feature, latest
from station_app.devices.genicam.nodes import Nodes
from station_app.devices.genicam.settings import CANONICAL, FREE, SOFTWARE, STEERED, TRIGGER, trigger_source

_DECIBELS = ("dB", "")
_COMMON = {
    CommonSetting.EXPOSURE: CANONICAL["exposure_us"],
    CommonSetting.GAIN: ("Gain",),  # GainRaw counts steps
    CommonSetting.RATE: CANONICAL["frame_rate"],
    CommonSetting.PIXEL_FORMAT: ("PixelFormat",),
}
_SHORT = {target: setting for setting, targets in CANONICAL.items() for target in targets}


def features_of(nodes: Nodes) -> tuple[Feature, ...]:
    """Every feature as it is now, in the camera's order; `trigger_source` first, which is several features in one."""
    common = {feature.name: feature for feature in common_features(nodes)}
    trigger = common.pop(TRIGGER, None)
    listed = [] if trigger is None else [trigger]
    for name, category in nodes.categories().items():
        feature = common.get(name) or nodes.find(name)
        if feature is not None:
            listed.append(replace(feature, category=category))
    return tuple(listed)


def common_features(nodes: Nodes) -> tuple[Feature, ...]:
    """The features that stand for the common settings, as far as this camera has them."""
    found = [_common(nodes, setting, names) for setting, names in _COMMON.items()]
    return tuple(feature for feature in (*found, _trigger(nodes)) if feature is not None)


def remembered(before: Mapping[str, FeatureValue], new: Mapping[str, FeatureValue]) -> dict[str, FeatureValue]:
    """As `Tunable.remembered`: a feature and its short name are one, and what an automatic steers is forgotten once
    the automatic was switched on."""
    short = {_SHORT.get(name, name): value for name, value in new.items()}
    together = latest({_SHORT.get(name, name): value for name, value in before.items()}, short)
    for setting, (automatic, off) in STEERED.items():
        if setting not in short and short.get(automatic, off) != off:
            together.pop(setting, None)
        elif setting in short:
            together.pop(automatic, None)
    return together


def _common(nodes: Nodes, setting: CommonSetting, names: tuple[str, ...]) -> Feature | None:
    feature = next((found for name in names if (found := nodes.find(name)) is not None), None)
    if feature is None or (setting is CommonSetting.GAIN and feature.unit not in _DECIBELS):
        return None
    return replace(feature, common=setting)


def _trigger(nodes: Nodes) -> Feature | None:
    mode, source = nodes.find("TriggerMode"), nodes.find("TriggerSource")
    if mode is None or source is None:
        return None
    entries = (FREE, *(SOFTWARE if entry.casefold() == SOFTWARE else entry for entry in source.entries))
    now = trigger_source(nodes)
    return Feature(TRIGGER, FeatureKind.CHOICE, now, True, entries=entries, common=CommonSetting.TRIGGER)
