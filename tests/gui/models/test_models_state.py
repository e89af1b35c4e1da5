"""What the models' screen makes of packages, deeds and terms, without a window."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.model_messages import ModelStage, ModelState, StopRule
from station_app.core.rollout_deeds import DeedKind
from station_app.gui.models.evaluation import evaluation_rows
from station_app.gui.models.models_state import ModelsState, choosing, is_older, key_of, reporting, turning
from station_app.gui.models.promotion import LIMITS, Proposal, RuleField, outlook, written
from station_app.gui.models.records import PackageRecord, Side, Step
from station_app.gui.models.shadow_words import shadow_facts
from station_app.gui.models.way import WAY, Standing, way_of
from station_app.quality.estimate import CannotSay, Lack
from station_app.quality.intervals import clopper_pearson
from station_app.quality.mcnemar import mcnemar
from station_app.quality.sequential import Ruling, ShareTest, rule
from station_app.store.shadow_view import JudgedPairs, PairCounts, ShadowView
from tests.gui.models.conftest import CANDIDATE, CHAMPION, EVALUATION

S = ModelStage


def model(stage: ModelStage, sha256: str = CANDIDATE, number: int = 7) -> ModelState:
    return ModelState(sha256, "housing", "1.3.0", "A17", "top", stage, 9, "stable", number)


def test_the_most_telling_package_is_looked_at_until_somebody_chooses() -> None:
    active, shadow = model(S.ACTIVE, CHAMPION, 5), model(S.SHADOW)
    state = reporting(ModelsState(), (active, shadow))
    assert state.chosen == key_of(shadow)
    state = choosing(state, key_of(active))
    assert reporting(state, (shadow, active)).chosen == key_of(active)
    assert reporting(state, (shadow,)).chosen == key_of(shadow)
    assert reporting(state, ()).chosen is None


def test_what_can_be_rolled_back_is_a_canary_first() -> None:
    active, canary = model(S.ACTIVE, CHAMPION), model(S.CANARY)
    assert ModelsState(models=(active, canary)).deciding == canary
    assert ModelsState(models=(active, model(S.SHADOW))).deciding == active
    assert ModelsState(models=(model(S.SHADOW),)).deciding is None


def test_a_lower_number_of_the_same_channel_and_camera_is_older() -> None:
    newer = model(S.OFFERED, CHAMPION, 8)
    assert is_older(ModelsState(models=(newer,)), model(S.PROVED))
    for other in (replace(newer, camera="left"), replace(newer, channel="beta"), replace(newer, number=7)):
        assert not is_older(ModelsState(models=(other,)), model(S.PROVED))


def test_a_page_is_only_turned_where_there_is_one() -> None:
    assert turning(ModelsState(), is_older=True).pages == () == turning(ModelsState(), is_older=False).pages
    assert ModelsState(pages=(9,)).before == 9 and ModelsState(side=Side.CANDIDATE_PASSES).before is None


@pytest.mark.parametrize("stage", S)
def test_a_way_leads_over_the_five_stages_and_stands_at_one(stage: ModelStage) -> None:
    way = way_of(model(stage), None)
    here = [mark for mark in way if mark.standing in (Standing.HERE, Standing.ENDED)]
    assert [mark.stage for mark in here] == [stage]
    assert [mark.stage for mark in way if mark.stage in WAY] == list(WAY)
    at = way.index(here[0])
    assert all(mark.standing is Standing.PASSED for mark in way[:at])
    assert all(mark.standing is Standing.AHEAD for mark in way[at + 1 :])


def test_a_canary_that_never_was_is_left_out() -> None:
    steps = tuple(Step(stage, at, "x") for at, stage in enumerate((S.OFFERED, S.PROVED, S.SHADOW, S.ACTIVE), 1))
    way = way_of(model(S.ACTIVE), PackageRecord(key_of(model(S.ACTIVE)), steps))
    assert [(mark.standing, mark.at_ms) for mark in way] == [
        (Standing.PASSED, 1), (Standing.PASSED, 2), (Standing.PASSED, 3), (Standing.SKIPPED, None), (Standing.HERE, 9),
    ]  # fmt: skip
    ended = way_of(model(S.ROLLED_BACK), PackageRecord(key_of(model(S.ROLLED_BACK)), steps[:3]))
    assert [mark.stage for mark in ended] == [S.OFFERED, S.PROVED, S.SHADOW, S.ROLLED_BACK, S.CANARY, S.ACTIVE]


@given(st.sampled_from(RuleField), st.floats(-10, 200) | st.text(max_size=4))
def test_what_is_taken_lies_within_its_limits_and_makes_a_test(field: RuleField, typed: float | str) -> None:
    changed = written(Proposal(), field, str(typed))
    if changed is not None:
        least, most = LIMITS[field]
        assert least <= getattr(changed.rule, field.value) <= most
        ShareTest(changed.rule.good_share, changed.rule.bad_share, changed.rule.alpha, changed.rule.beta)


def test_typed_figures_are_percent_or_a_count() -> None:
    assert written(Proposal(), RuleField.GOOD_SHARE, "0,5 %") == Proposal(rule=StopRule(good_share=0.005))
    assert written(Proposal(), RuleField.MIN_PARTS, "1000") == Proposal(rule=StopRule(min_parts=1000))


rules = st.builds(
    StopRule,
    st.floats(0.001, 0.04),
    st.floats(0.05, 0.5),
    st.floats(0.001, 0.2),
    st.floats(0.001, 0.2),
    st.integers(20, 2000),
)


@given(rules)
def test_the_outlook_is_what_the_test_itself_does(stop: StopRule) -> None:
    told = outlook(stop)
    test = ShareTest(stop.good_share, stop.bad_share, stop.alpha, stop.beta)
    bad = told.stops_at
    assert rule(test, bad, bad, bad, stop.min_parts) is Ruling.STOPPED
    assert bad == 1 or rule(test, bad - 1, bad - 1, bad - 1, stop.min_parts) is not Ruling.STOPPED
    parts = told.passes_at
    assert rule(test, 0, parts, parts, stop.min_parts) is Ruling.PASSED
    assert rule(test, 0, parts - 1, parts - 1, stop.min_parts) is not Ruling.PASSED


def test_the_gate_is_read_from_an_offer_and_from_a_manifest() -> None:
    rows = evaluation_rows(EVALUATION)
    assert rows == evaluation_rows({"compared": EVALUATION, "test": {}}) and len(rows) == 7


@given(st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner) | st.dictionaries(
    st.sampled_from(["figures", "golden", "candidate", "escapes", "escapes_of", "gate", "name", "outcome", "count",
                     "total", "compared", "controls"]), inner)))  # fmt: skip
def test_any_evaluation_is_rows_or_nothing(value: object) -> None:
    table = value if isinstance(value, dict) else {"figures": value, "gate": value}
    assert all(len(row.cells) == 3 for row in evaluation_rows(json.loads(json.dumps(table))))


def test_every_kind_of_deed_that_changes_the_stage_is_a_step() -> None:
    from station_app.gui.models.records import _STAGES

    assert set(DeedKind) - set(_STAGES) == {DeedKind.SIGNED, DeedKind.OLDER_ALLOWED}


@pytest.mark.parametrize(
    ("only_candidate", "only_champion", "figure", "chance"),
    [
        (0, 0, "Cannot say", "nothing speaks for a difference"),
        (468, 0, "the candidate rejects more", "< 0.0100\u00a0% of trials (exact McNemar, p < 0.0001)"),
        (1, 12, "the candidate rejects fewer", "0.34\u00a0% of trials (exact McNemar, p = 0.0034)"),
        (3, 2, "No difference is shown", "100.0\u00a0% of trials of two alike (exact McNemar, p = 1)"),
    ],
)
def test_a_difference_is_called_one_only_where_chance_does_not_explain_it(
    only_candidate: int, only_champion: int, figure: str, chance: str
) -> None:
    counts = PairCounts(50, only_champion, only_candidate, 10, dropped=4)
    nobody = clopper_pearson(0, 0)
    judged = JudgedPairs(0, nobody, nobody, 0, 0, CannotSay(Lack.DECISIONS, 1), is_all=True)
    view = ShadowView(counts, mcnemar(only_champion, only_candidate, counts.compared), judged)
    compared, rejecting, right = shadow_facts(view)
    assert compared.figure == f"{60 + only_candidate + only_champion:,}" and "4 more had no time" in compared.note
    assert figure in rejecting.figure and chance in rejecting.note
    assert right.figure == "Cannot say"
