"""Teaching a flat field from the engine's door: lines by the camera's own thread, refusals as sentences, the file."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from station_app.core.errors import CameraError
from station_app.core.messages import CommandRefused
from station_app.core.setup_messages import FlatFieldStep, FlatFieldTaught, TeachFlatField
from station_app.devices.linescan.flat_field_file import flat_field_path, read_flat_field
from station_app.devices.linescan.line_camera import LineScanCamera
from station_app.devices.linescan.line_setup import LineSetup
from station_app.devices.linescan.parts import EveryLines
from station_app.devices.linescan.rendered_web import LineRig, RenderedWeb
from station_app.devices.linescan.stretches import Stretches
from station_app.devices.rendering.web_plan import Texture, WebSpec
from station_app.devices.rendering.web_render import Scene
from station_app.devices.source import open_source
from tests.engine.conftest import Open
from tests.engine.fakes import FakeLedger, PartCamera
from tests.engine.line import Line
from tests.engine.webs import SCALE

SPEC = WebSpec(Texture.FILM, width=128, is_shaded=True, flaw_rate=0.0)
RIG = LineRig(strip_lines=16)
SETUP = LineSetup(SCALE, counts_per_line=RIG.counts_per_line)
PARTS = partial(EveryLines, 100)
DARK, WHITE, SAVE, DISCARD = FlatFieldStep


class School:
    """A line with a shaded line-scan camera, and what it answers to each step."""

    def __init__(self, open_faked: Open, setup: LineSetup = SETUP) -> None:
        self.web = RenderedWeb(SPEC, RIG)
        cutter = partial(Stretches, 100, 10) if setup.info.is_web else PARTS
        self.line: Line = open_faked(cameras={"top": LineScanCamera(self.web, cutter, setup)}, engineer="wang")
        self.line.engine.load(self.line.recipe.name)

    @property
    def file(self) -> Path:
        return flat_field_path(self.line.folder / "flat-fields", "top")

    def teach(self, step: FlatFieldStep, scene: Scene = Scene.WEB) -> FlatFieldTaught:
        self.web.scene = scene
        before = len(self.line.heard.of(FlatFieldTaught))
        self.line.engine.obey(TeachFlatField("top", step, "wang"))
        self.line.heard.wait(lambda events: len(self.line.heard.of(FlatFieldTaught)) > before)
        return self.line.heard.of(FlatFieldTaught)[-1]


@pytest.mark.parametrize("setup", [SETUP, replace(SETUP, stretch_lines=100, overlap=10)], ids=["parts", "web"])
def test_a_flat_field_is_taught_saved_and_used_at_the_next_load(open_faked: Open, setup: LineSetup) -> None:
    school = School(open_faked, setup)
    assert school.teach(DARK, Scene.DARK) == FlatFieldTaught("top", DARK, 512)
    assert school.teach(WHITE, Scene.WHITE) == FlatFieldTaught("top", WHITE, 512)
    assert school.teach(SAVE) == FlatFieldTaught("top", SAVE, 0, path=str(school.file))
    ledger = school.line.ledger
    assert isinstance(ledger, FakeLedger)
    assert ledger.audited("flat_field_taught") == [("wang", "flat_field_taught", "camera top", "top.json")]
    text = "web:texture=film,rate=0,width=128,shading=yes,lines=100"
    spread = {}
    for name, camera in (("raw", open_source(text)), ("even", open_source(text, "top", school.file))):
        buffer = np.zeros(camera.open().shape, np.uint8)
        camera.start()
        camera.trigger()
        assert camera.fill(buffer, 5.0) is not None
        spread[name] = int(np.ptp(np.median(buffer, axis=0)))
        camera.close()
    assert spread["raw"] > 60 and spread["even"] < 25


def test_the_one_before_is_kept(open_faked: Open) -> None:
    school = School(open_faked)
    for scene in (Scene.WHITE, Scene.WEB):
        school.teach(DARK, Scene.DARK)
        school.teach(WHITE, scene)
        assert school.teach(SAVE).refusals == ()
    new, old = read_flat_field(school.file), read_flat_field(school.file.with_name("top.before.json"))
    assert (new.dark == old.dark).all() and not (new.white == old.white).all()
    assert sorted(path.name for path in school.file.parent.iterdir()) == ["top.before.json", "top.json"]


def test_what_is_not_good_enough_is_told_and_not_saved(open_faked: Open) -> None:
    school = School(open_faked)
    assert "put the cap on" in school.teach(DARK, Scene.WHITE).refusals[0]
    assert school.teach(SAVE).refusals == ("No white lines were taken: take them as well.",)
    assert school.teach(WHITE, Scene.DARK).refusals
    assert school.teach(SAVE).refusals and not school.file.exists()
    assert school.teach(DISCARD) == FlatFieldTaught("top", DISCARD, 0)
    assert school.teach(SAVE).refusals == ("No dark lines were taken: take them as well.",)


def test_a_part_after_the_lesson_is_cut_from_lines_after_it(open_faked: Open) -> None:
    school = School(open_faked)
    school.teach(DARK, Scene.DARK)
    school.web.scene = Scene.WEB
    school.line.engine.start()
    school.line.inspect(2)
    ledger = school.line.ledger
    assert isinstance(ledger, FakeLedger)
    assert [record.cameras[0].source for record in ledger.records.values()] == ["web:512-612", "web:612-712"]


def test_a_lesson_is_refused_with_its_reason(open_faked: Open) -> None:
    school = School(open_faked, replace(SETUP, may_teach=False))
    engine, heard = school.line.engine, school.line.heard
    engine.obey(TeachFlatField("top", DARK))
    engine.obey(TeachFlatField("side", DARK))
    engine.start()
    engine.obey(TeachFlatField("top", DARK))
    engine.pause()
    told = [refusal.what for refusal in heard.of(CommandRefused)]
    assert told == [
        "the source of camera top names a flat field of its own",
        "no camera 'side' is loaded",
        "the line is running",
    ]


def test_an_area_camera_has_no_flat_field(open_faked: Open) -> None:
    line = open_faked(cameras={"top": PartCamera()}, engineer="wang")
    line.engine.load(line.recipe.name)
    line.engine.obey(TeachFlatField("top", DARK))
    assert line.refusals() == ["camera top takes no lines"]


def test_a_camera_that_is_lost_meanwhile_is_told(open_faked: Open) -> None:
    school = School(open_faked)
    school.web.close()
    school.line.engine.obey(TeachFlatField("top", WHITE))
    school.line.heard.wait(lambda events: any(isinstance(event, CommandRefused) for event in events))
    assert school.line.refusals() == ["the camera does not answer"]


def test_a_file_named_in_the_source_goes_before_the_taught_one(tmp_path: Path) -> None:
    taught = tmp_path / "top.json"
    taught.write_text("none", encoding="utf-8")
    with pytest.raises(CameraError, match=r"flat\.json"):
        open_source(f"web:flat={tmp_path / 'flat.json'}", "top", taught)
    with pytest.raises(CameraError, match=r"top\.json"):
        open_source("web:", "top", taught)
