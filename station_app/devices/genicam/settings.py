"""The settings by one name for every camera: `exposure_us`, `gain`, `width`... and any feature by its GenICam name.

Settings are written in an order in which a camera can take them, and answered as they read back afterwards. Pure but
for what it asks of the nodes.
"""

from collections.abc import Mapping

from station_app.core.errors import CameraError
from station_app.devices.camera import FeatureValue
from station_app.devices.features import unknown_feature
from station_app.devices.genicam.nodes import Nodes, value_for

TRIGGER = "trigger_source"
FREE, SOFTWARE = "off", "software"
"""Values of `trigger_source` besides the camera's own lines: running free, and by the station's command."""

CANONICAL: Mapping[str, tuple[str, ...]] = {
    "width": ("Width",),
    "height": ("Height",),
    "offset_x": ("OffsetX",),
    "offset_y": ("OffsetY",),
    # The older name first: where both exist, it is the one that steers the exposure (pylon's emulator).
    "exposure_us": ("ExposureTimeAbs", "ExposureTime"),
    "gain": ("Gain", "GainRaw"),
    "frame_rate": ("AcquisitionFrameRateAbs", "AcquisitionFrameRate"),
}
GEOMETRY = ("width", "height", "offset_x", "offset_y")
_SIZES = (("Width", "OffsetX"), ("Height", "OffsetY"))
STEERED = {"exposure_us": ("ExposureAuto", "Off"), "gain": ("GainAuto", "Off")}
"""What steers a setting by itself and has to be off before the setting holds."""


def apply_settings(nodes: Nodes, settings: Mapping[str, FeatureValue], where: str) -> dict[str, FeatureValue]:
    """Write and return what each name reads back. CameraError at the first one that is unknown or refused."""
    targets = {name: _node_of(nodes, name, where) for name in settings}
    plain = {targets[name]: value for name, value in settings.items() if targets[name] != TRIGGER}
    moved = _make_room(nodes, plain)
    for name in settings:
        _prepare(nodes, name)
    for target in sorted(plain, key=_rank):
        _write(nodes, target, plain[target], where)
    _move_back(nodes, moved)
    if TRIGGER in settings:
        set_trigger(nodes, settings[TRIGGER], where)
    return {name: _answer(nodes, target, settings[name]) for name, target in targets.items()}


def set_trigger(nodes: Nodes, source: FeatureValue, where: str) -> None:
    """Let the camera run free, or wait for the command or the line that `source` names."""
    mode = nodes.find("TriggerMode")
    if mode is None and source == FREE:
        return
    if mode is None or not isinstance(source, str):
        remedy = f"set {FREE!r}" if mode is None else f"set {FREE!r}, {SOFTWARE!r} or the name of a line"
        raise CameraError(f"{TRIGGER} = {source!r} is refused", where=where, remedy=remedy)
    _select_frames(nodes)
    if source != FREE:
        entries = getattr(nodes.find("TriggerSource"), "entries", ())
        named = {entry.casefold(): entry for entry in entries}
        _write(nodes, "TriggerSource", named.get(source.casefold(), source), where)
    _write(nodes, "TriggerMode", "Off" if source == FREE else "On", where)


def trigger_source(nodes: Nodes) -> str:
    """What makes the camera take a picture now: `off`, `software` or the name of a line."""
    _select_frames(nodes)
    mode, source = nodes.find("TriggerMode"), nodes.find("TriggerSource")
    if mode is None or source is None or mode.value != "On":
        return FREE
    name = str(source.value)
    return SOFTWARE if name.casefold() == SOFTWARE else name


def has_software_trigger(nodes: Nodes) -> bool:
    source = nodes.find("TriggerSource")
    return source is not None and "Software" in source.entries


def _node_of(nodes: Nodes, name: str, where: str) -> str:
    """The camera's own name of a setting."""
    if name == TRIGGER:
        return TRIGGER
    for candidate in CANONICAL.get(name, (name,)):
        if nodes.find(candidate) is not None:
            return candidate
    raise unknown_feature(name, (*CANONICAL, TRIGGER, "and its own features"), where)


def _rank(target: str) -> int:
    """Formats and sizes before offsets, selectors before what they select."""
    order = ("PixelFormat", "Width", "Height", "OffsetX", "OffsetY")
    if target in order:
        return order.index(target)
    return len(order) if target.endswith("Selector") else len(order) + 1


def _make_room(nodes: Nodes, plain: Mapping[str, FeatureValue]) -> dict[str, int]:
    """A region may only grow once its offset is out of the way. Returns the offsets that nobody has asked to change."""
    moved: dict[str, int] = {}
    for size, offset in _SIZES:
        found = nodes.find(offset)
        if size not in plain or found is None or not found.is_writable or not isinstance(found.value, int):
            continue
        nodes.write(offset, int(found.limits.low) if found.limits else 0)
        if offset not in plain:
            moved[offset] = found.value
    return moved


def _move_back(nodes: Nodes, moved: Mapping[str, int]) -> None:
    for offset, value in moved.items():
        found = nodes.find(offset)
        if found is not None and found.limits is not None:
            nodes.write(offset, min(value, int(found.limits.high)))


def _prepare(nodes: Nodes, name: str) -> None:
    if name == "frame_rate":
        enable = nodes.find("AcquisitionFrameRateEnable")
        if enable is not None and enable.is_writable:
            nodes.write(enable.name, True)
        return
    switch, off = STEERED.get(name, ("", ""))
    auto = nodes.find(switch) if switch else None
    if auto is not None and auto.is_writable and auto.value != off:
        nodes.write(switch, off)


def _write(nodes: Nodes, target: str, value: FeatureValue, where: str) -> None:
    feature = nodes.find(target)
    if feature is None:
        raise unknown_feature(target, (), where)
    nodes.write(target, value_for(feature, value, where))


def _answer(nodes: Nodes, target: str, asked: FeatureValue) -> FeatureValue:
    if target == TRIGGER:
        source = trigger_source(nodes)
        return asked if isinstance(asked, str) and asked.casefold() == source.casefold() else source
    feature = nodes.find(target)
    return "" if feature is None or feature.value is None else feature.value


def _select_frames(nodes: Nodes) -> None:
    selector = nodes.find("TriggerSelector")
    if selector is not None and selector.value != "FrameStart" and "FrameStart" in selector.entries:
        nodes.write("TriggerSelector", "FrameStart")
