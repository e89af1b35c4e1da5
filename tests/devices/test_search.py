"""What is found when a station is set up, and what is said where something cannot be asked."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from station_app.devices.genicam.producers import SEARCH_PATH, list_producers
from station_app.devices.search import Answer, baslers, gige_cameras, producers
from station_app.devices.source import open_source


@pytest.mark.parametrize(
    ("software", "driver", "extra"),
    [("pypylon", "basler", "basler"), ("viva_genicam", "gige", "gige"), ("genicam", "", "genicam")],
)
def test_software_that_is_missing_is_named_with_what_to_install(
    software: str, driver: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, software, None)
    monkeypatch.delitem(sys.modules, f"station_app.devices.{driver}", raising=False)
    asked: dict[str, Callable[[], Answer]] = {
        "basler": lambda: baslers(("emulator",)),
        "gige": gige_cameras,
        "genicam": lambda: next(producers(())),
    }
    answer = asked[extra]()
    assert not answer.cameras and "not installed" in answer.problem
    assert f"station-app[{extra}]" in answer.remedy


def test_a_computer_without_producers_is_told_where_they_are_looked_for() -> None:
    pytest.importorskip("harvesters.core", reason="needs harvesters, the extra [genicam]: ./test --cameras")
    (answer,) = producers(())
    assert not answer.cameras and "none on this computer" in answer.problem and SEARCH_PATH in answer.remedy


def test_every_camera_of_a_producer_has_a_text_that_opens_it_and_a_broken_producer_hides_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    genicam = pytest.importorskip("genicam", reason="needs genicam, the extra [genicam]: ./test --cameras")
    pytest.importorskip("harvesters.core", reason="needs harvesters, the extra [genicam]: ./test --cameras")
    (tmp_path / "a.cti").write_bytes(b"no library")
    monkeypatch.setenv(SEARCH_PATH, f"{tmp_path}:{Path(genicam.__file__).parent}")
    answers = {Path(answer.asked.split()[-1]).name: answer for answer in producers(list_producers(()))}
    assert answers["a.cti"].problem and answers["a.cti"].remedy and not answers["a.cti"].cameras
    red = next(camera for camera in answers["viky.cti"].cameras if camera.source.endswith("red"))
    assert red.source == "genicam:viky.cti,device=VikyTL_DEV_red"
    opened = open_source(red.source)
    assert opened.open().serial == "VikyTL_DEV_red"
    opened.close()


def test_of_two_producers_with_one_name_the_second_is_named_by_its_path(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    genicam = pytest.importorskip("genicam", reason="needs genicam, the extra [genicam]: ./test --cameras")
    pytest.importorskip("harvesters.core", reason="needs harvesters, the extra [genicam]: ./test --cameras")
    (tmp_path / "viky.cti").write_bytes(b"no library")
    viky = Path(genicam.__file__).resolve().parent / "viky.cti"
    monkeypatch.setenv(SEARCH_PATH, f"{tmp_path}:{viky.parent}")
    (answer,) = (answer for answer in producers(list_producers(())) if answer.cameras)
    assert answer.cameras[0].source.startswith(f"genicam:{viky},device=")


def test_pylons_emulated_cameras_are_listed_where_there_are_some(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pypylon.pylon", reason="needs pypylon, the extra [basler]: ./test --cameras")
    monkeypatch.setenv("PYLON_CAMEMU", "2")
    answer = baslers(("emulator",))
    assert [camera.source for camera in answer.cameras] == [
        "basler:0815-0000,layer=emulator",
        "basler:0815-0001,layer=emulator",
    ]
    assert [camera.serial for camera in answer.cameras] == ["0815-0000", "0815-0001"]
