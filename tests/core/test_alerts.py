"""Which camera keeps a part from a PASS: it never says less than the verdict does."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from station_app.core.decision import Evidence, alerts, decide
from station_app.core.inspection import Box, Finding, NoResultReason, VerdictKind
from tests.core.strategies import CAMERAS, LABELS, broken, evidence, recipe

RANK = {VerdictKind.PASS: 0, VerdictKind.REVIEW: 1, VerdictKind.FAIL: 2, VerdictKind.NO_RESULT: 3}


def _alerts(whole: Evidence) -> dict[str, VerdictKind]:
    return dict(alerts(whole.cameras, whole.part_id, recipe()))


@given(evidence())
def test_the_worst_camera_says_what_the_verdict_says(whole: Evidence) -> None:
    told = _alerts(whole)
    assert VerdictKind.PASS not in told.values()
    worst = max(told.values(), key=RANK.__getitem__, default=VerdictKind.PASS)
    assert worst is decide(whole, recipe()).kind


@given(evidence(high=0.4).flatmap(broken))
def test_evidence_that_is_broken_in_any_way_never_raises(bad: Evidence) -> None:
    assert set(_alerts(bad)) <= set(CAMERAS)


@given(evidence(high=0.4), st.sampled_from([(0.5, VerdictKind.REVIEW), (0.6, VerdictKind.FAIL)]), st.integers(0, 1))
def test_only_the_camera_that_sees_it_is_named(whole: Evidence, seen: tuple[float, VerdictKind], index: int) -> None:
    score, kind = seen
    camera = whole.cameras[index]
    worse = replace(camera, findings=(*camera.findings, Finding(LABELS[0], score, Box(0, 0, 1, 1))))
    cameras = (*whole.cameras[:index], worse, *whole.cameras[index + 1 :])
    assert _alerts(replace(whole, cameras=cameras)) == {CAMERAS[index]: kind}


@given(evidence(high=0.4))
def test_a_camera_that_did_not_answer_and_one_at_fault_are_named(whole: Evidence) -> None:
    top, side = whole.cameras
    assert _alerts(replace(whole, cameras=(top,))) == {"side": VerdictKind.NO_RESULT}
    torn = replace(side, fault=NoResultReason.FRAME_TORN)
    assert _alerts(replace(whole, cameras=(top, torn))) == {"side": VerdictKind.NO_RESULT}
