"""Opening a lost camera again: the same device with the same settings and frames that can be trusted, or not at all."""

import pytest

from station_app.core.errors import CameraError
from station_app.core.inspection import PixelFormat
from station_app.devices.camera import CameraInfo, is_replay
from station_app.devices.reconnect import Known, let_go, reconnect
from tests.devices.fakes import PlugCamera

INFO = CameraInfo("A1", "plug", (4, 6), PixelFormat.MONO8)
KNOWN = Known(INFO, {"exposure_us": 250.0}, {"exposure_us": 250.0}, is_started=True)


class CountingCamera(PlugCamera):
    """Counts what is asked of it."""

    triggers = 0

    def trigger(self) -> None:
        super().trigger()
        self.triggers += 1


def test_opened_set_started_and_the_first_frames_thrown_away_in_this_order() -> None:
    camera = CountingCamera()
    reconnect(camera, KNOWN, discard=3, timeout_s=0.1)
    assert camera.calls == ["open", "apply", "start"]
    assert camera.settings == {"exposure_us": 250.0}
    assert camera.triggers == 3 and not camera.pending


def test_a_camera_that_was_not_started_is_not_started() -> None:
    camera = CountingCamera()
    reconnect(camera, Known(INFO), discard=3, timeout_s=0.1)
    assert camera.calls == ["open"]
    assert camera.triggers == 0


def test_of_a_replay_nothing_is_thrown_away() -> None:
    camera = CountingCamera()
    camera.is_replay = True  # type: ignore[attr-defined]
    assert is_replay(camera) and not is_replay(PlugCamera())
    reconnect(camera, KNOWN, discard=3, timeout_s=0.1)
    assert camera.triggers == 0


def test_a_driver_that_knows_how_its_camera_settles_does_it_itself() -> None:
    class Settling(CountingCamera):
        settled = 0

        def settle(self, count: int) -> None:
            assert self.calls[-1] == "start"
            self.settled += count

    camera = Settling()
    reconnect(camera, KNOWN, discard=3, timeout_s=0.1)
    assert camera.settled == 3 and camera.triggers == 0


def test_a_value_that_the_camera_had_rounded_before_is_good_enough_again() -> None:
    camera = PlugCamera()
    rounded = Known(INFO, {"exposure_us": 200.0}, {"exposure_us": 250.0}, is_started=False)
    camera.forgets_settings, camera.settings = True, {"exposure_us": 250.0}
    reconnect(camera, rounded, discard=0, timeout_s=0.1)
    assert camera.calls == ["open", "apply"]


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        ({"is_plugged": False}, "does not answer"),
        ({"serial": "B2"}, "camera B2 answers in its place"),
        ({"shape": (8, 8)}, r"came back with frames of \(8, 8\)"),
        ({"forgets_settings": True}, "exposure_us was set to 250.0 and the camera answers 100.0"),
        ({"is_silent": True}, "delivers no frames"),
    ],
)
def test_it_stays_closed_where_something_is_wrong(harm: dict[str, object], what: str) -> None:
    camera = PlugCamera()
    for name, value in harm.items():
        setattr(camera, name, value)
    with pytest.raises(CameraError, match=what) as told:
        reconnect(camera, KNOWN, discard=3, timeout_s=0.1)
    assert told.value.remedy
    assert camera.calls[-1] == "close"


def test_a_camera_that_does_not_even_close_is_let_go() -> None:
    class Stuck(PlugCamera):
        def close(self) -> None:
            raise CameraError("the driver hangs", where="A1", remedy="pull the plug")

    let_go(Stuck())
