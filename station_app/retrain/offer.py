"""The step `publish`: the package into the model channel, signed, as the next offer."""

from typing import Any

from station_app import __version__
from station_app.core.errors import ModelPackageError
from station_app.inference.package import load_package
from station_app.retrain.evaluate import evaluation_summary
from station_app.retrain.plan import OfferPlan, RetrainPlan
from station_app.retrain.work_folder import WorkFolder
from station_app.rollout.layout import channel_prefix, numbered
from station_app.rollout.offer import SignedOffer, read_offer
from station_app.rollout.publish import OfferDraft, publish
from station_app.store.model_keys import key_id, read_publishing_key
from station_app.store.station_key import StationKey
from station_app.sync.remote import Remote


def publish_package(plan: RetrainPlan, dataset_sha256: str, remote: Remote) -> dict[str, Any]:
    """The offer's number and name. An offer of this package that we signed and that holds is not made twice."""
    assert plan.offer is not None
    work, key = WorkFolder(plan.work), read_publishing_key(plan.offer.key)
    package = load_package(work.package)
    newest = _newest(remote, plan.offer, key)
    if newest and newest[1].offer.package.sha256 == package.sha256:
        return {"number": newest[1].offer.number, "key": newest[0], "was_there": True}
    draft = OfferDraft(
        channel=plan.offer.channel,
        recipe=plan.offer.recipe,
        camera=plan.offer.camera,
        min_app=__version__,
        thresholds=package.manifest.thresholds,
        replaces=load_package(plan.champion.package).sha256,
        dataset=dataset_sha256,
        evaluation=evaluation_summary(work.evaluation),
        stations=plan.offer.stations,
    )
    published = publish(remote, work.package, draft, [key])
    return {"number": published.offer.number, "key": published.key, "was_there": False}


def _newest(remote: Remote, offer: OfferPlan, key: StationKey) -> tuple[str, SignedOffer] | None:
    """The channel's newest offer where it is ours; None where there is none, or another one signed it."""
    prefix = channel_prefix(offer.channel)
    found = numbered(remote.names(prefix), prefix)
    body = remote.read(found[-1][1]) if found else None
    if body is None:
        return None
    signer = {key_id(key.public_bytes): key.public_bytes}
    try:
        return found[-1][1], read_offer(body, signer, found[-1][1])
    except ModelPackageError:
        return None
