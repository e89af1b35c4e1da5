"""The one law: a part without a valid result is never a PASS."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.decision import Evidence, PassProof, Verdict, decide, no_result, prove_pass, release
from station_app.core.inspection import Box, Finding, ImageQuality, NoResultReason, VerdictKind
from station_app.core.recipe import Thresholds
from station_app.core.serial import Identity, SerialRules
from tests.core.strategies import LABELS, broken, evidence, recipe

RANK = {VerdictKind.PASS: 0, VerdictKind.REVIEW: 1, VerdictKind.FAIL: 2, VerdictKind.NO_RESULT: 3}


def test_a_verdict_made_without_arguments_is_no_result() -> None:
    assert Verdict().kind is VerdictKind.NO_RESULT


@pytest.mark.parametrize(
    ("kind", "reason", "proof"),
    [
        (VerdictKind.PASS, None, None),
        (VerdictKind.PASS, None, "proof"),
        (VerdictKind.FAIL, None, PassProof(1, "x")),
        (VerdictKind.NO_RESULT, None, None),
        (VerdictKind.FAIL, NoResultReason.LATE, None),
    ],
)
def test_inconsistent_verdicts_cannot_be_built(kind: VerdictKind, reason: NoResultReason, proof: PassProof) -> None:
    with pytest.raises(ValueError, match="needs a"):
        Verdict(kind, reason, proof)


@given(evidence(high=0.4))
def test_complete_good_evidence_passes(whole: Evidence) -> None:
    verdict = decide(whole, recipe())
    assert verdict.kind is VerdictKind.PASS
    assert verdict.proof == PassProof(whole.part_id, whole.recipe_hash)


@given(evidence(high=0.4).flatmap(broken))
def test_one_fault_in_passing_evidence_gives_no_result(bad: Evidence) -> None:
    assert decide(bad, recipe()).kind is VerdictKind.NO_RESULT
    assert prove_pass(bad, recipe()).kind is VerdictKind.NO_RESULT


@given(evidence().flatmap(lambda whole: st.tuples(st.just(whole), broken(whole))))
def test_a_fault_never_improves_any_verdict(pair: tuple[Evidence, Evidence]) -> None:
    before, after = (decide(e, recipe()).kind for e in pair)
    assert RANK[after] >= RANK[before]


@given(evidence(), st.sampled_from(LABELS), st.floats(0, 1), st.integers(0, 1))
def test_a_further_finding_never_improves_the_verdict(whole: Evidence, label: str, score: float, index: int) -> None:
    camera = whole.cameras[index]
    worse = replace(camera, findings=(*camera.findings, Finding(label, score, Box(0, 0, 1, 1))))
    cameras = (*whole.cameras[:index], worse, *whole.cameras[index + 1 :])
    after = decide(replace(whole, cameras=cameras), recipe())
    assert RANK[after.kind] >= RANK[decide(whole, recipe()).kind]


@given(evidence(), st.floats(0, 1), st.integers(0, 1))
def test_a_higher_score_never_improves_the_verdict(whole: Evidence, score: float, index: int) -> None:
    camera = whole.cameras[index]
    label, old = camera.scores[0]
    worse = replace(camera, scores=((label, max(old, score)), *camera.scores[1:]))
    cameras = (*whole.cameras[:index], worse, *whole.cameras[index + 1 :])
    after = decide(replace(whole, cameras=cameras), recipe())
    assert RANK[after.kind] >= RANK[decide(whole, recipe()).kind]


@given(evidence())
def test_prove_pass_agrees_with_decide(whole: Evidence) -> None:
    assert (prove_pass(whole, recipe()).kind is VerdictKind.PASS) == (decide(whole, recipe()).kind is VerdictKind.PASS)


@pytest.mark.parametrize(("score", "kind"), [(0.39, "PASS"), (0.4, "REVIEW"), (0.59, "REVIEW"), (0.6, "FAIL")])
@given(whole=evidence(high=0.1))
def test_thresholds_are_inclusive(whole: Evidence, score: float, kind: str) -> None:
    camera = replace(whole.cameras[0], scores=(("scratch", score), ("dent", 0.0)))
    assert decide(replace(whole, cameras=(camera, whole.cameras[1])), recipe()).kind == kind


def test_a_recipe_without_cameras_never_passes() -> None:
    bare = replace(recipe(), cameras=())
    assert decide(Evidence(1, bare.sha256, (), 1.0), bare).kind is VerdictKind.NO_RESULT


@given(evidence(high=0.4))
def test_a_label_that_no_model_looks_for_never_passes(whole: Evidence) -> None:
    wider = replace(recipe(), thresholds=(*recipe().thresholds, ("crack", Thresholds(0.4, 0.6))))
    verdict = decide(replace(whole, recipe_hash=wider.sha256), wider)
    assert verdict == no_result(NoResultReason.MODEL_MISMATCH)


NAN = float("nan")


@pytest.mark.parametrize(
    "thresholds",
    [
        (("scratch", Thresholds(2.0, 2.0)), ("dent", Thresholds(0.4, 0.6))),
        (("scratch", Thresholds(0.4, 1.1)), ("dent", Thresholds(0.4, 0.6))),
        (("scratch", Thresholds(0.6, 0.4)), ("dent", Thresholds(0.4, 0.6))),
        (("scratch", Thresholds(0.0, 0.6)), ("dent", Thresholds(0.4, 0.6))),
        (("scratch", Thresholds(NAN, NAN)), ("dent", Thresholds(0.4, 0.6))),
        (("scratch", Thresholds(0.4, 0.6)), ("dent", Thresholds(0.4, 0.6)), ("scratch", Thresholds(1.0, 1.0))),
    ],
)
@given(whole=evidence())
def test_thresholds_that_no_score_can_reach_pass_nothing(
    whole: Evidence, thresholds: tuple[tuple[str, Thresholds], ...]
) -> None:
    careless = replace(recipe(), thresholds=thresholds)
    asked = replace(whole, recipe_hash=careless.sha256)
    assert decide(asked, careless) == prove_pass(asked, careless) == no_result(NoResultReason.INTERNAL)


@given(evidence(high=0.4), st.sampled_from([0, 1, 2, 3]), st.sampled_from([NAN, float("inf"), float("-inf")]))
def test_a_frame_whose_measures_are_no_numbers_never_passes(whole: Evidence, field: int, value: float) -> None:
    measures = list(ImageQuality(120.0, 0.0, 0.0, 50.0))
    measures[field] = value
    camera = replace(whole.cameras[0], quality=ImageQuality(*measures))
    assert decide(replace(whole, cameras=(camera, whole.cameras[1])), recipe()) == no_result(NoResultReason.QUALITY)


@given(evidence(high=0.4))
def test_no_record_no_pass(whole: Evidence) -> None:
    verdict = decide(whole, recipe())
    assert release(verdict, is_recorded=True) is verdict
    assert release(verdict, is_recorded=False) == no_result(NoResultReason.NOT_RECORDED)


def test_a_fail_may_leave_unrecorded() -> None:
    failed = Verdict(VerdictKind.FAIL, None)
    assert release(failed, is_recorded=False) is failed


NUMBERED = replace(recipe(), serial=SerialRules(pattern="SN[0-9]{3}", is_required=True))


@given(
    evidence(high=0.4),
    st.sampled_from(("", "SN12", "SN123", "sn123")),
    st.sampled_from((None, NoResultReason.SERIAL_DUPLICATE)),
)
def test_a_part_that_needs_a_number_passes_only_with_one_that_holds(
    whole: Evidence, serial: str, fault: NoResultReason | None
) -> None:
    known = replace(whole, recipe_hash=NUMBERED.sha256, identity=Identity(serial, fault))
    verdict = decide(known, NUMBERED)
    assert (verdict.kind is VerdictKind.PASS) == (serial == "SN123" and fault is None)
    assert verdict.reason in (None, fault, NoResultReason.SERIAL_MISSING, NoResultReason.SERIAL_WRONG)


@given(evidence().flatmap(broken), st.sampled_from(("", "SN12")))
def test_a_number_that_does_not_hold_hides_no_fault_of_a_camera(bad: Evidence, serial: str) -> None:
    told = decide(replace(bad, recipe_hash=NUMBERED.sha256, identity=Identity(serial)), NUMBERED)
    assert told.kind is VerdictKind.NO_RESULT


@given(evidence())
def test_a_number_changes_nothing_where_none_is_needed(whole: Evidence) -> None:
    refused = Identity(fault=NoResultReason.SERIAL_MISSING)
    assert decide(replace(whole, identity=refused), recipe()) == decide(whole, recipe())
