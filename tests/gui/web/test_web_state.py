"""What the screens know of a web, event by event."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from station_app.core.inspection import ImageQuality, VerdictKind
from station_app.core.lines import LineScale, LineSpan
from station_app.core.messages import Event
from station_app.core.setup_messages import CameraMeasured, CameraWatched
from station_app.core.web_messages import LinesReported, StretchInspected, WebDefectFound
from station_app.gui.web.profile_figures import figures_of
from station_app.gui.web.web_state import WebState, acknowledged, lines_of, looking_at, web_after, without_engine

REPORT = LinesReported("web", 10_000, 0, 0.2, 0.1, 500.0, 40_000)


def _defect(at: float, label: str = "scratch") -> WebDefectFound:
    return WebDefectFound("A", label, 0.9, at, 4.0, 30.0, 2.0)


def _stretch(number: int, *defects: WebDefectFound, roll: str = "A", missing: int = 0) -> StretchInspected:
    verdict = VerdictKind.FAIL if defects else VerdictKind.PASS
    return StretchInspected(roll, number, 100 + number, number - 1.0, float(number), missing, verdict, defects)


def _after(*events: Event) -> WebState:
    web = WebState()
    for event in events:
        web = web_after(web, event)
    return web


def test_a_station_without_a_web_knows_of_none() -> None:
    web = _after(CameraWatched("top", "live"))
    assert not web.has_lines and web.scale is None and web.roll is None and web.newly_lost == 0
    measured = CameraMeasured("top", 1, ImageQuality(1, 0, 0, 1), ())
    assert web_after(web, measured).measured is None, "an area camera's measures are for another screen"


def test_a_roll_counts_its_metres_from_its_first_line() -> None:
    web = _after(REPORT, replace(REPORT, line=12_500, roll="A", roll_start=10_000))
    assert web.roll is not None and web.roll.metres == 0.5 and web.roll.is_running and web.origin == 10_000
    ended = web_after(web, replace(REPORT, line=13_000))
    assert ended.roll is not None and not ended.roll.is_running and ended.roll.metres == 0.5 and ended.origin == 0


def test_a_new_roll_has_an_empty_map_and_the_last_one_stays_until_then() -> None:
    running = replace(REPORT, roll="A", roll_start=10_000)
    web = _after(running, _stretch(1, _defect(0.2)), _stretch(2), REPORT)
    assert web.roll is not None and len(web.roll.stretches) == 2 and web.roll.told_metres == 2.0
    again = web_after(web, replace(running, roll_start=50_000))
    assert again.roll is not None and again.roll.stretches == () and again.roll.start_line == 50_000
    other = web_after(web, replace(running, roll="B", roll_start=50_000))
    assert other.roll is not None and other.roll.name == "B" and other.roll.defects == ()


def test_a_stretch_that_comes_before_the_report_of_its_roll_is_kept() -> None:
    web = _after(REPORT, _stretch(1, _defect(0.2)))
    assert web.roll is not None and web.roll.start_line < 0
    assert lines_of(_defect(0.2), web.roll, LineScale(0.2, 0.1)) is None
    web = web_after(web, replace(REPORT, line=16_000, roll="A", roll_start=10_000))
    assert web.roll is not None and web.roll.stretches and web.roll.start_line == 10_000
    assert lines_of(_defect(0.2), web.roll, LineScale(0.2, 0.1)) == LineSpan(11_000, 11_020)


def test_a_defect_on_two_stretches_is_listed_once_and_in_order() -> None:
    long = _defect(0.9)
    web = _after(replace(REPORT, roll="A"), _stretch(1, long, _defect(0.1)), _stretch(2, long, _defect(1.5)))
    assert web.roll is not None and [defect.at_metres for defect in web.roll.defects] == [0.1, 0.9, 1.5]
    assert web_after(web, _stretch(2, long, _defect(1.5))) == web, "told again by an engine that was found again"
    assert web.stretch(102) == web.roll.stretches[1] and web.stretch(7) is None


def test_between_rolls_nothing_comes_on_the_map() -> None:
    web = _after(replace(REPORT, roll="A"), _stretch(1), REPORT, _stretch(1, roll=""))
    assert web.roll is not None and web.roll.name == "A" and len(web.roll.stretches) == 1


def test_missing_lines_of_a_roll_add_up() -> None:
    web = _after(replace(REPORT, roll="A"), _stretch(1, missing=3), _stretch(2, missing=4))
    assert web.roll is not None and web.roll.missing_lines == 7


def test_lost_lines_stand_until_they_are_acknowledged() -> None:
    web = _after(REPORT, replace(REPORT, lost_lines=64))
    assert web.newly_lost == 64
    web = acknowledged(web)
    assert web.newly_lost == 0
    web = web_after(web, replace(REPORT, lost_lines=70))
    assert web.newly_lost == 6
    web = web_after(web, replace(REPORT, lost_lines=71, roll="A", roll_start=10_000))
    assert web.newly_lost == 1, "a new roll counts anew, but for what came with it"
    assert web_after(web, replace(REPORT, lost_lines=5)).newly_lost == 5, "the camera was started again"


@given(st.lists(st.one_of(st.integers(0, 50), st.sampled_from(["seen", "A", "B", "gone"])), max_size=30))
def test_no_loss_is_ever_hidden(steps: list[int | str]) -> None:
    """Whatever comes between: lines that were lost after the last look are counted, and never fewer than none."""
    web, lost, since = WebState(), 0, 0
    roll = ""
    for step in steps:
        if step == "seen":
            web, since = acknowledged(web), 0
        elif step == "gone":
            web = without_engine(web)
        elif isinstance(step, str):
            roll, since = step, min(since, 0)
            web = web_after(web, replace(REPORT, lost_lines=lost, roll=roll, roll_start=lost))
        else:
            lost, since = lost + step, since + step
            web = web_after(
                web,
                replace(
                    REPORT,
                    lost_lines=lost,
                    roll=web.roll.name if web.roll else "",
                    roll_start=web.roll.start_line if web.roll else 0,
                ),
            )
        assert web.newly_lost >= since


def test_without_an_engine_nothing_is_live() -> None:
    web = _after(REPORT, CameraWatched("web", "live"))
    assert web.is_live and web.watched == "web"
    gone = without_engine(web)
    assert not gone.is_live and gone.watched == "" and gone.lines == REPORT
    assert web_after(gone, REPORT).is_live


def test_each_line_scan_camera_has_its_own_scale() -> None:
    web = _after(REPORT, replace(REPORT, camera_id="under", mm_per_line=0.5))
    assert web.lines == REPORT and web.scale_of("under") == LineScale(0.5, 0.1)
    assert web.scale_of("top") is None and web.scale_of("") is None
    assert _after(REPORT).scale_of("") == LineScale(0.2, 0.1)


def test_another_camera_has_its_own_roll_and_losses() -> None:
    under = replace(REPORT, camera_id="under", lost_lines=7, roll="U")
    web = looking_at(_after(replace(REPORT, roll="A"), under), "under")
    assert web.lines == under and web.roll is None and web.newly_lost == 7
    web = web_after(web, replace(REPORT, roll="A"))
    assert web.roll is None, "that of the other camera"
    web = web_after(web, under)
    assert web.roll is not None and web.roll.name == "U"
    assert looking_at(web, "under") is web and looking_at(web, "top").lines is None


@given(st.lists(st.floats(0, 255), min_size=1, max_size=64))
def test_figures_of_a_profile(columns: list[float]) -> None:
    figures = figures_of(columns)
    assert figures is not None and min(columns) - 1e-6 <= figures.mean <= max(columns) + 1e-6
    assert figures.ripple >= 0 and not set(figures.dark) & set(figures.bright)
    assert all(columns[i] > 0.95 * 255 for i in figures.bright) and all(columns[i] < 0.05 * 255 for i in figures.dark)


def test_an_even_profile_has_no_ripple_and_no_profile_has_no_figures() -> None:
    even = figures_of([100.0] * 8)
    assert even is not None and even.ripple == 0 and even.mean == 100
    uneven = figures_of([90.0, 100.0, 110.0])
    assert uneven is not None and abs(uneven.ripple - 0.2) < 1e-9
    assert figures_of([]) is None and figures_of([0.0, 0.0]) is not None
