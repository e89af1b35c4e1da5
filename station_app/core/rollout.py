"""Where every package stands at this station, folded from the deeds. Pure; nothing else decides it.

OFFERED -> PROVED -> (SHADOW) -> (two signatures) CANARY -> (two signatures) ACTIVE -> RETIRED; each of the last three
-> ROLLED_BACK. What decides parts was proved, and two people, an engineer and one of quality, signed for it.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from typing import NoReturn

from station_app.core.errors import ConfigError
from station_app.core.model_messages import ModelStage, StopRule
from station_app.core.recipe_states import SIGNING_ROLES
from station_app.core.rollout_deeds import DeedKind, ModelDeed
from station_app.core.rollout_models import (
    AT_WORK,
    ON_TRIAL,
    Given,
    Model,
    Models,
    candidate_of,
    find,
    highest,
    is_older,
    is_signed,
    place_of,
)

_OFFERED, _REFUSED, _PROVED = ModelStage.OFFERED, ModelStage.REFUSED, ModelStage.PROVED
_SHADOW, _CANARY, _ACTIVE = ModelStage.SHADOW, ModelStage.CANARY, ModelStage.ACTIVE
_RETIRED, _ROLLED_BACK = ModelStage.RETIRED, ModelStage.ROLLED_BACK

_RESTING = (_PROVED, _RETIRED, _ROLLED_BACK)


def folded(deeds: Iterable[ModelDeed]) -> Models:
    """The packages after all these deeds. ConfigError where one could never have been done."""
    return reduce(after, deeds, ())


def after(models: Models, deed: ModelDeed) -> Models:
    """The packages after this deed. ConfigError, in a sentence, where the rules refuse it: then nothing has changed."""
    if deed.kind is DeedKind.OFFERED:
        return _offered(models, deed)
    model = find(models, *deed.key)
    changed = _DEEDS[deed.kind](models, model, deed)
    if changed.stage is _ACTIVE:
        models = tuple(_succeeded(other, changed, deed.at_ms) for other in models)
    return tuple(changed if other.key == changed.key else other for other in models)


def _offered(models: Models, deed: ModelDeed) -> Models:
    offer = deed.offer
    if offer is None:
        raise ValueError("an offer without what it offers")
    known = next((model for model in models if model.key == deed.key), None)
    if known is None:
        return (*models, Model(*deed.key, offer, _OFFERED, deed.at_ms))
    if known.stage in AT_WORK:
        _refuse(known, f"it is {known.stage} here, and goes on under the offer it has", "nothing needs to be done")
    is_again = offer.number == known.offer.number and known.stage is _REFUSED  # a package is fetched anew
    if offer.channel == known.offer.channel and offer.number <= known.offer.number and not is_again:
        _refuse(known, f"number {offer.number} of it is known", "nothing needs to be done")
    renewed = replace(
        known,
        offer=offer,
        stage=_OFFERED,
        since_ms=deed.at_ms,
        is_proved=False,
        is_older_allowed=False,
        signatures=(),
        detail="",
    )
    return tuple(renewed if model is known else model for model in models)


def _refused(_: Models, model: Model, deed: ModelDeed) -> Model:
    if model.stage not in (_OFFERED, _PROVED):
        _refuse(model, f"it is {model.stage}", "roll it back instead")
    return replace(_turned(model, _REFUSED, deed), is_proved=False, signatures=(), detail=deed.reason)


def _older_allowed(models: Models, model: Model, deed: ModelDeed) -> Model:
    if not is_older(models, model):
        _refuse(model, "it is the newest that was offered", "nothing needs to be allowed")
    if model.stage in AT_WORK:
        _refuse(model, f"it is {model.stage} here", "nothing needs to be allowed")
    _need_reason(model, deed)
    allowed = replace(model, is_older_allowed=True)
    return _turned(allowed, _OFFERED, deed) if model.stage is _REFUSED else allowed


def _proved(models: Models, model: Model, deed: ModelDeed) -> Model:
    if model.stage is not _OFFERED:
        _refuse(model, f"it is {model.stage}", "prove what was offered")
    _refuse_older(models, model)
    return replace(_turned(model, _PROVED, deed), is_proved=True)


def _shadow_started(models: Models, model: Model, deed: ModelDeed) -> Model:
    if model.stage not in _RESTING:
        _refuse(model, f"it is {model.stage}", "only what is proved and decides nothing runs in shadow")
    _need_proof(model)
    _refuse_older(models, model)
    _refuse_beside_another(models, model)
    return replace(_turned(model, _SHADOW, deed), share=0.0)


def _shadow_stopped(_: Models, model: Model, deed: ModelDeed) -> Model:
    if model.stage is not _SHADOW:
        _refuse(model, f"it is {model.stage}, and does not run in shadow", "nothing needs to be stopped")
    return _turned(model, _PROVED, deed)


def _signed(models: Models, model: Model, deed: ModelDeed) -> Model:
    _check_may_be_promoted(models, model)
    terms, role = deed.terms, deed.role
    if terms is None or role not in SIGNING_ROLES:
        _refuse(model, "this role does not sign for models", "an engineer and a person of quality sign")
    if not 0 < terms.share <= 1:
        _refuse(model, f"{terms.share:g} is no share of the parts", "give one above 0 and at most 1")
    if not _is_sensible(terms.stop_rule):
        _refuse(model, "the stop rule is none", "0 < good share < bad share < 1, error rates above 0, together below 1")
    # Another text of the recipe: who signed for the one before has not seen it.
    standing = tuple(given for given in model.signatures if given.terms.text_sha256 == terms.text_sha256)
    others = tuple(given for given in standing if given.name != deed.person)
    if any(given.terms != terms for given in others):
        given = others[0].terms
        what = f"{others[0].name} has signed for the share {given.share:g} under a certain stop rule, and not for this"
        _refuse(model, what, "sign for the same, or ask them to sign again")
    if any(given.role is role for given in others):
        missing = ", ".join(other for other in SIGNING_ROLES if other is not role)
        _refuse(model, f"it has the signature of the role {role} already", f"still needed: {missing}")
    if any(given == Given(deed.person, role, terms) for given in standing):
        _refuse(model, f"it has the signature of {deed.person} already", "the second signature is another person's")
    return replace(model, signatures=(*others, Given(deed.person, role, terms)))


def _promoted(models: Models, model: Model, deed: ModelDeed) -> Model:
    _check_may_be_promoted(models, model)
    if deed.terms is None or not is_signed(model, deed.terms):
        _refuse(model, "two people have not signed for this", "an engineer and a person of quality sign")
    is_all = deed.terms.share == 1
    if is_all is not (deed.kind is DeedKind.ACTIVE):
        _refuse(model, f"the share {deed.terms.share:g} does not make it {deed.kind}", "sign for another share")
    return replace(
        _turned(model, _ACTIVE if is_all else _CANARY, deed),
        signatures=(),
        promoted_by=tuple(given.name for given in model.signatures),
        was_active=is_all or model.was_active,
        share=deed.terms.share,
        stop_rule=deed.terms.stop_rule,
        revision=deed.revision,
    )


def _retired(_: Models, model: Model, deed: ModelDeed) -> Model:
    if model.stage is not _ACTIVE:
        _refuse(model, f"it is {model.stage}, and not active", "nothing needs to be retired")
    return replace(_turned(model, _RETIRED, deed), share=0.0, detail=deed.reason)


def _restored(_: Models, model: Model, deed: ModelDeed) -> Model:
    if not model.was_active or model.stage is not _RETIRED:
        _refuse(model, f"it is {model.stage}, and cannot be the champion again by itself", "promote it")
    return replace(_turned(model, _ACTIVE, deed), signatures=(), share=1.0)


def _rolled_back(_: Models, model: Model, deed: ModelDeed) -> Model:
    if model.stage not in AT_WORK:
        _refuse(model, f"it is {model.stage}, and decides nothing", "nothing needs to be rolled back")
    _need_reason(model, deed)
    return replace(_turned(model, _ROLLED_BACK, deed), signatures=(), share=0.0, detail=deed.reason)


_DEEDS = {
    DeedKind.OLDER_ALLOWED: _older_allowed,
    DeedKind.REFUSED: _refused,
    DeedKind.PROVED: _proved,
    DeedKind.SHADOW_STARTED: _shadow_started,
    DeedKind.SHADOW_STOPPED: _shadow_stopped,
    DeedKind.SIGNED: _signed,
    DeedKind.CANARY: _promoted,
    DeedKind.ACTIVE: _promoted,
    DeedKind.RETIRED: _retired,
    DeedKind.RESTORED: _restored,
    DeedKind.ROLLED_BACK: _rolled_back,
}


def _check_may_be_promoted(models: Models, model: Model) -> None:
    if model.stage not in (*_RESTING, *ON_TRIAL):
        _refuse(model, f"it is {model.stage}", "only what is proved and not yet active is promoted")
    _need_proof(model)
    _refuse_older(models, model)
    _refuse_beside_another(models, model)


def _is_sensible(rule: StopRule) -> bool:
    is_test = 0 < rule.good_share < rule.bad_share < 1 and rule.alpha > 0 and rule.beta > 0
    return is_test and rule.alpha + rule.beta < 1 and rule.min_parts >= 1


def _turned(model: Model, stage: ModelStage, deed: ModelDeed) -> Model:
    return replace(model, stage=stage, since_ms=deed.at_ms, detail="")


def _succeeded(other: Model, champion: Model, at_ms: int) -> Model:
    """The one that decided this camera's parts before."""
    is_before = other.stage is _ACTIVE and other.key != champion.key and _site(other) == _site(champion)
    return replace(other, stage=_RETIRED, since_ms=at_ms, share=0.0) if is_before else other


def _site(model: Model) -> tuple[str, str]:
    return model.recipe, model.camera


def _need_proof(model: Model) -> None:
    if not model.is_proved:
        _refuse(model, "it was not proved", "have it offered again")


def _need_reason(model: Model, deed: ModelDeed) -> None:
    if not deed.reason.strip():
        _refuse(model, "there is no reason", "say why")


def _refuse_older(models: Models, model: Model) -> None:
    if is_older(models, model) and not model.is_older_allowed:
        what = f"number {model.offer.number} is older than {highest(models, *place_of(model))}, which was offered here"
        _refuse(model, what, "promote the newer one, or allow the older one and say why")


def _refuse_beside_another(models: Models, model: Model) -> None:
    other = candidate_of(models, model.recipe)
    if other is not None and other.key != model.key:
        _refuse(model, f"{other.title} is on trial for this recipe", "end that trial first")


def _refuse(model: Model, what: str, remedy: str) -> NoReturn:
    where = f"model {model.title}, recipe {model.recipe}, camera {model.camera}"
    raise ConfigError(what, where=where, remedy=remedy)
