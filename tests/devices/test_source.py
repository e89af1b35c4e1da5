"""The text that names a camera: read as meant, or refused with the option named, and never shown with a password."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.errors import ConfigError
from station_app.core.inspection import PixelFormat
from station_app.devices.folder_camera import FolderCamera
from station_app.devices.opencv_camera import LiveCamera
from station_app.devices.rendered_camera import RenderedCamera
from station_app.devices.source import open_source
from station_app.devices.source_text import parse_source_text, public_name
from station_app.devices.video_camera import VideoFileCamera

WORDS = st.text("abcXYZ019_", min_size=1, max_size=6)
VALUES = st.text("abc 019.:/-", max_size=6).map(str.strip)
TARGETS = st.text("abc/. ,:@", max_size=12).map(str.strip)


@given(WORDS, TARGETS, st.lists(st.tuples(WORDS, VALUES), max_size=4))
def test_kind_target_and_options_come_back_as_written(kind: str, target: str, options: list[tuple[str, str]]) -> None:
    text = ",".join([f"{kind}:{target}", *(f"{key}={value}" for key, value in options)])
    source = parse_source_text(text)
    if kind != "rendered":
        assert (source.kind, source.target, source.options) == (kind, target, tuple(options))


def test_a_rendered_source_is_options_only() -> None:
    assert parse_source_text("rendered:seed=7,rate=0.3").options == (("seed", "7"), ("rate", "0.3"))
    assert parse_source_text("rendered").options == ()


@given(st.text(max_size=40))
def test_any_text_is_a_camera_or_a_sentence(text: str) -> None:
    try:
        open_source(text)
    except ConfigError as error:
        assert error.what and error.remedy and "camera source" in error.where


SECRETS = st.text("abcdefXYZ019!$*()-_.@:", min_size=4, max_size=12)


@given(SECRETS, SECRETS, st.sampled_from(["rtsp", "http", "rtsps"]))
def test_no_user_and_no_password_is_ever_shown(user: str, password: str, scheme: str) -> None:
    shown = public_name(f"opencv:{scheme}://{user}:{password}@10.0.0.7:554/live?channel=1")
    assert shown == f"opencv:{scheme}://10.0.0.7:554/live?channel=1"


@pytest.mark.parametrize("key", ["password", "PASSWORD", "passwd", "pwd", "token", "auth", "user_key", "secret"])
def test_no_secret_in_a_query_is_shown(key: str) -> None:
    shown = public_name(f"rtsp://cam/live?channel=1&{key}=hunter2&quality=3")
    assert "hunter2" not in shown
    assert "channel=1" in shown and "quality=3" in shown


def test_an_error_shows_no_password() -> None:
    with pytest.raises(ConfigError) as told:
        open_source("opencv:rtsp://admin:hunter2@cam/live,colour=yes")
    assert "hunter2" not in str(told.value) and "cam/live" in str(told.value)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("rendered", RenderedCamera),
        ("rendered:seed=3,rate=0.5,width=640,height=480,format=bayer_rg8,bank=9,fps=5,jitter=2", RenderedCamera),
        ("rendered:codes=yes", RenderedCamera),
        ("folder:images", FolderCamera),
        ("folder:a,b/c d,loop=yes,recursive=no,format=mono8", FolderCamera),
        ("folder:images,list=split.csv,split=test", FolderCamera),
        ("opencv:0", LiveCamera),
        ("opencv:0,width=640,height=480,format=mono8", LiveCamera),
        ("opencv:/dev/v4l/by-id/usb-cam,width=640,height=480", LiveCamera),
        ("opencv:rtsp://cam/live", LiveCamera),
        ("opencv:line.avi,format=mono8", VideoFileCamera),
    ],
)
def test_each_kind_makes_its_camera_and_opens_nothing(text: str, kind: type) -> None:
    assert type(open_source(text)) is kind


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "unknown kind of camera ''"),
        ("webcam:0", "unknown kind of camera 'webcam'"),
        ("rendered:seed", "'seed' is no option"),
        ("rendered:speed=3", "unknown option 'speed'"),
        ("rendered:seed=1,seed=2", "option 'seed' is given twice"),
        ("rendered:rate=1.5", "rate=1.5 is not usable"),
        ("rendered:rate=nan", "rate=nan is not usable"),
        ("rendered:rate=", "rate= is not usable"),
        ("rendered:width=640.5", "width=640.5 is not usable"),
        ("rendered:width=1e99", "width=1e99 is not usable"),
        ("rendered:format=rgb", "format=rgb is not usable"),
        ("rendered:bank=90,codes=yes", "a bank repeats its codes"),
        ("rendered:codes=qr", "codes=qr is not usable"),
        ("rendered:bank=4", "a bank of 4 looks like a frozen camera"),
        ("rendered:bank=4000,width=8192,height=8192", "more than 1 GiB"),
        ("folder:", "no folder is named"),
        ("folder:images,loop=1", "loop=1 is not usable"),
        ("folder:images,split=test", "split= needs list="),
        ("opencv:", "no camera is named"),
        ("gige:A1,trigger=Line1,transit=0", "transit=0 is not usable"),
        ("opencv:0,format=bayer_rg8", "format=bayer_rg8 is not usable"),
        ("opencv:0,width=640", "only one of width and height"),
        ("opencv:rtsp://cam/live,width=640,height=480", "has the size that it has"),
        ("opencv:line.avi,width=640,height=480", "has the size that it has"),
    ],
)
def test_each_mistake_is_named_with_what_to_write(text: str, word: str) -> None:
    with pytest.raises(ConfigError) as told:
        open_source(text)
    assert word in told.value.what
    assert told.value.remedy


def test_the_camera_gets_what_the_text_says(tmp_path: Path) -> None:
    rendered = open_source("rendered:seed=3,width=96,height=72,format=bgr8", "top")
    described = rendered.open()
    assert (described.shape, described.pixel_format) == ((72, 96, 3), PixelFormat.BGR8)
    assert described.serial == "rendered-3-top"
    rendered.close()
    folder = open_source(f"folder:{tmp_path},loop=yes")
    assert isinstance(folder, FolderCamera) and folder.is_looping and folder.folder == tmp_path


def test_a_fault_on_demand_comes_back_as_often_as_asked() -> None:
    camera = open_source("rendered:width=64,height=64,fault=torn,every=3")
    camera.open()
    camera.start()
    buffer = np.zeros((64, 64), np.uint8)
    whole = []
    for _ in range(6):
        camera.trigger()
        stamp = camera.fill(buffer, 1.0)
        assert stamp is not None
        whole.append(stamp.is_complete)
    assert whole == [True, True, False] * 2
    with pytest.raises(ConfigError, match="fault"):
        open_source("rendered:fault=tired")
