"""No package decides a part that was not proved, or without two people; and what was decided can be taken back."""

import contextlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.core.errors import ConfigError
from station_app.core.model_messages import ModelStage, StopRule
from station_app.core.people import Role
from station_app.core.recipe import Thresholds
from station_app.core.rollout import after, folded
from station_app.core.rollout_deeds import DeedKind, ModelDeed, OfferedModel, Terms
from station_app.core.rollout_models import Model, Models, candidate_of, champion_of, find, highest, state_of

A, B, C = "a" * 64, "b" * 64, "c" * 64
ALL = Terms(1.0, StopRule(), "1" * 64)
SOME = Terms(0.1, StopRule(), "1" * 64)
ROLES = {"wang": Role.ENGINEER, "zhao": Role.ENGINEER, "li": Role.QUALITY, "op": Role.OPERATOR}
K = DeedKind


def offer(number: int = 1, channel: str = "stable") -> OfferedModel:
    return OfferedModel("0" * 64, channel, number, "2026", "housing", "1.0", (("scratch", Thresholds(0.5, 0.7)),))


def deed(kind: DeedKind, sha256: str = A, person: str = "wang", reason: str = "why", **more: object) -> ModelDeed:
    return ModelDeed(kind, sha256, "A17", "top", person, reason, 5, **more)  # type: ignore[arg-type]


def offered(number: int = 1, sha256: str = A) -> ModelDeed:
    return deed(K.OFFERED, sha256, "station", "", offer=offer(number))


def signed(name: str, terms: Terms = ALL, sha256: str = A) -> ModelDeed:
    return deed(K.SIGNED, sha256, name, terms=terms, role=ROLES[name])


def promoted(terms: Terms = ALL, sha256: str = A) -> list[ModelDeed]:
    kind = K.ACTIVE if terms.share == 1 else K.CANARY
    return [signed("wang", terms, sha256), signed("li", terms, sha256), deed(kind, sha256, terms=terms, revision=2)]


def proved(number: int = 1, sha256: str = A) -> list[ModelDeed]:
    return [offered(number, sha256), deed(K.PROVED, sha256)]


def stage(models: Models, sha256: str = A) -> ModelStage:
    return find(models, sha256, "A17", "top").stage


def refusal(models: Models, wrong: ModelDeed) -> str:
    with pytest.raises(ConfigError) as refused:
        after(models, wrong)
    return refused.value.what


kinds = st.sampled_from(DeedKind)
terms_given = st.sampled_from([ALL, SOME, replace(SOME, share=0.5), replace(ALL, text_sha256="2" * 64)])
deeds = st.builds(
    lambda kind, sha256, name, terms, number: ModelDeed(
        kind, sha256, "A17", "top", name, "why", 5, offer(number), terms, ROLES[name], 2
    ),
    kinds,
    st.sampled_from([A, B]),
    st.sampled_from(list(ROLES)),
    terms_given,
    st.integers(1, 4),
)
# Whole ways besides: of deeds drawn one by one nearly none comes as far as a promotion.
ways = st.lists(
    st.one_of(
        deeds.map(lambda one: [one]),
        st.builds(proved, st.integers(1, 4), st.sampled_from([A, B])),
        st.builds(promoted, terms_given, st.sampled_from([A, B])),
    ),
    max_size=14,
)


def signers_before(done: list[ModelDeed], promotion: ModelDeed) -> set[tuple[str, Role | None]]:
    """Who signed for these very terms since the package was proved the last time before this deed."""
    ours = [one for one in done[: done.index(promotion)] if one.key == promotion.key]
    proofs = [index for index, one in enumerate(ours) if one.kind is K.PROVED]
    assert proofs, "promoted without a proof"
    since = ours[proofs[-1] :]
    return {(one.person, one.role) for one in since if one.kind is K.SIGNED and one.terms == promotion.terms}


@settings(max_examples=400, deadline=None)
@given(drawn=ways)
def test_nothing_decides_without_a_proof_and_two_people(drawn: list[list[ModelDeed]]) -> None:
    models: Models = ()
    done: list[ModelDeed] = []
    for one in (one for way in drawn for one in way):
        one = replace(one, at_ms=len(done))  # noqa: PLW2901 - each deed is another one
        with contextlib.suppress(ConfigError):
            models = after(models, one)
            done.append(one)
        for model in models:
            if model.stage in (ModelStage.CANARY, ModelStage.ACTIVE):
                check_promoted(model, done)
        assert sum(model.stage in (ModelStage.SHADOW, ModelStage.CANARY) for model in models) <= 1
        assert sum(model.stage is ModelStage.ACTIVE for model in models) <= 1
    assert folded(done) == models


def check_promoted(model: Model, done: list[ModelDeed]) -> None:
    wanted = K.ACTIVE if model.stage is ModelStage.ACTIVE else K.CANARY
    promotion = [one for one in done if one.key == model.key and one.kind is wanted][-1]
    signers = signers_before(done, promotion)
    assert len({name for name, _ in signers}) >= 2
    assert {role for _, role in signers} >= {Role.ENGINEER, Role.QUALITY}


def test_the_way_of_a_good_package() -> None:
    models = folded(proved())
    models = after(models, deed(K.SHADOW_STARTED))
    assert stage(models) is ModelStage.SHADOW
    for one in promoted(SOME):
        models = after(models, one)
    canary = find(models, A, "A17", "top")
    assert (canary.stage, canary.share, canary.revision) == (ModelStage.CANARY, 0.1, 2)
    assert candidate_of(models, "A17") == canary
    for one in promoted(ALL):
        models = after(models, one)
    champion = champion_of(models, "A17", "top")
    assert champion is not None
    assert state_of(champion).signed_by == ("wang", "li")
    assert candidate_of(models, "A17") is None


@pytest.mark.parametrize(
    ("second", "sentence"),
    [
        (signed("wang"), "has the signature of wang already"),
        (signed("zhao"), "of the role engineer already"),
        (signed("li", SOME), "has signed for the share 1"),
        (signed("li", replace(ALL, stop_rule=StopRule(min_parts=7))), "has signed for the share 1"),
        (signed("op"), "does not sign for models"),
        (signed("li", replace(SOME, share=0.0)), "no share"),
        (signed("li", replace(SOME, share=float("nan"))), "no share"),
        (signed("li", replace(SOME, stop_rule=StopRule(good_share=0.5, bad_share=0.1))), "the stop rule is none"),
        (deed(K.ACTIVE, terms=ALL), "two people have not signed"),
    ],
)
def test_one_signature_and_a_wrong_second_promote_nothing(second: ModelDeed, sentence: str) -> None:
    models = after(folded(proved()), signed("wang"))
    assert sentence in refusal(models, second)
    assert state_of(models[0]).signed_by == ("wang",)


def test_another_text_of_the_recipe_asks_for_both_signatures_again() -> None:
    other = replace(ALL, text_sha256="2" * 64)
    models = after(after(folded(proved()), signed("wang")), signed("li", other))
    assert state_of(models[0]).signed_by == ("li",)
    assert "two people" in refusal(models, deed(K.ACTIVE, terms=other))


def test_who_signed_alone_may_sign_for_another_share() -> None:
    models = after(after(folded(proved()), signed("wang")), signed("wang", SOME))
    assert stage(after(after(models, signed("li", SOME)), deed(K.CANARY, terms=SOME))) is ModelStage.CANARY


def test_what_was_not_proved_is_not_signed_for() -> None:
    models = folded([offered()])
    assert refusal(models, signed("wang")) == "it is offered"
    assert refusal(after(models, deed(K.REFUSED)), signed("wang")) == "it is refused"
    assert refusal(models, deed(K.SHADOW_STARTED)) == "it is offered"


def test_an_older_number_needs_somebody_who_allows_it_and_says_why() -> None:
    models = folded([*proved(7, B), offered(5)])
    assert highest(models, "stable", "A17", "top") == 7
    assert "number 5 is older than 7" in refusal(models, deed(K.PROVED))
    models = after(models, deed(K.REFUSED, reason="number 5 is older"))
    assert "no reason" in refusal(models, deed(K.OLDER_ALLOWED, reason=" "))
    models = after(models, deed(K.OLDER_ALLOWED))
    for one in (deed(K.PROVED), *promoted()):
        models = after(models, one)
    assert stage(models) is ModelStage.ACTIVE
    assert "newest" in refusal(models, deed(K.OLDER_ALLOWED, B))


def test_a_number_that_is_known_is_offered_again_only_where_it_was_refused() -> None:
    models = folded(proved(5))
    assert "is known" in refusal(models, offered(5))
    assert "is known" in refusal(models, offered(4))
    again = after(after(models, deed(K.REFUSED)), offered(5))
    assert stage(again) is ModelStage.OFFERED
    renewed = after(after(models, signed("wang")), offered(6))
    assert (stage(renewed), renewed[0].signatures, renewed[0].is_proved) == (ModelStage.OFFERED, (), False)


def test_what_is_at_work_goes_on_under_its_offer() -> None:
    models = folded([*proved(), *promoted()])
    assert "goes on under the offer it has" in refusal(models, offered(9))


def test_a_new_champion_retires_the_one_before_and_a_roll_back_restores_it() -> None:
    models = folded([*proved(1), *promoted(), *proved(2, B), *promoted(sha256=B)])
    assert (stage(models), stage(models, B)) == (ModelStage.RETIRED, ModelStage.ACTIVE)
    models = after(models, deed(K.ROLLED_BACK, B, reason="it misses dents"))
    models = after(models, deed(K.RESTORED))
    assert (stage(models), stage(models, B)) == (ModelStage.ACTIVE, ModelStage.ROLLED_BACK)
    assert state_of(find(models, B, "A17", "top")).detail == "it misses dents"


def test_what_never_was_the_champion_is_not_restored() -> None:
    assert "cannot be the champion again" in refusal(folded(proved()), deed(K.RESTORED))
    canary = folded([*proved(), *promoted(SOME), deed(K.ROLLED_BACK)])
    assert "cannot be the champion again" in refusal(canary, deed(K.RESTORED))


def test_a_roll_back_needs_a_reason_and_something_at_work() -> None:
    models = folded(proved())
    assert "decides nothing" in refusal(models, deed(K.ROLLED_BACK))
    models = folded([*proved(), *promoted()])
    assert "no reason" in refusal(models, deed(K.ROLLED_BACK, reason=""))


def test_one_trial_at_a_time() -> None:
    models = folded([*proved(2), deed(K.SHADOW_STARTED), *proved(3, B)])
    assert "is on trial" in refusal(models, deed(K.SHADOW_STARTED, B))
    assert "is on trial" in refusal(models, signed("wang", ALL, B))
    models = after(models, deed(K.SHADOW_STOPPED))
    assert stage(after(models, deed(K.SHADOW_STARTED, B)), B) is ModelStage.SHADOW


def test_nothing_is_known_of_a_package_that_nobody_offered() -> None:
    assert "no such model" in refusal((), deed(K.PROVED, C))
