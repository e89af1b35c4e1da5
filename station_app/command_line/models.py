"""`station-app models`: what was offered and where it stands, a look at a channel by hand, and what an offer says."""

import sys
from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from station_app.command_line.arguments import data_dir_of
from station_app.command_line.model_keys import run_keys
from station_app.command_line.model_looks import run_fetch, run_import
from station_app.core.errors import ConfigError
from station_app.core.rollout_models import Model, state_of
from station_app.rollout.offer import Offer, read_offer, utc_text
from station_app.rollout.sealed import MAX_SEALED_BYTES
from station_app.store.archive import StationArchive
from station_app.store.ledger import DATABASE
from station_app.store.model_deeds import models
from station_app.store.model_keys import TrustedKeys


def run_models(arguments: Namespace) -> int:
    """StationError where it cannot be done."""
    return _ACTS[arguments.act](arguments)


def _list(arguments: Namespace) -> int:
    folder = data_dir_of(arguments)
    known = StationArchive(folder).read(models) if (folder / DATABASE).exists() else ()
    if not known:
        sys.stdout.write("no model was offered to this station yet\n")
    sys.stdout.writelines(f"{line}\n" for line in (*map(_row, reversed(known)), *_ages(known)))
    return 0


def _row(model: Model) -> str:
    state = state_of(model)
    at = datetime.fromtimestamp(state.since_ms / 1000).astimezone().isoformat(" ", "seconds")
    share = f" {state.share:.0%}" if state.share else ""
    signed = f"  signed by {', '.join(state.signed_by)}" if state.signed_by else ""
    detail = f"  {state.detail}" if state.detail else ""
    place = f"{state.recipe}/{state.camera}"
    title = f"{state.name} {state.version}"
    head = f"{state.sha256[:12]}  {title:<24}{place:<24}{state.channel} {state.number}"
    return f"{head}  {state.stage}{share} since {at}{signed}{detail}"


def _ages(known: tuple[Model, ...]) -> list[str]:
    """Of each channel how old its newest offer is: one that brings nothing new may have been cut off."""
    newest = {model.offer.channel: model.offer for model in sorted(known, key=lambda one: one.offer.number)}
    return [f"channel {name}: newest offer {offer.number} of {offer.created_at}" for name, offer in newest.items()]


def _offer_info(arguments: Namespace) -> int:
    trusted = TrustedKeys(data_dir_of(arguments)).now()
    signed = read_offer(_read(arguments.file), trusted, str(arguments.file))
    sys.stdout.writelines(f"{line}\n" for line in _lines(signed.offer))
    sys.stdout.write(f"signed by {', '.join(signed.signed_by)}, which this station trusts\n")
    return 0


def _lines(offer: Offer) -> list[str]:
    package = offer.package
    age = datetime.now(UTC) - datetime.fromtimestamp(offer.created_ms / 1000, UTC)
    thresholds = ", ".join(f"{label} {at.review:g}/{at.fail:g}" for label, at in offer.thresholds)
    return [
        f"offer {offer.number} of channel {offer.channel}, {utc_text(offer.created_ms)} ({age.days} days ago)",
        f"for camera {offer.camera} of recipe {offer.recipe}, {', '.join(offer.stations) or 'every station'}",
        f"package {package.name} {package.version}, {package.sha256}",
        f"replaces {offer.replaces or 'nothing'}",
        f"thresholds {thresholds}",
        f"needs version {offer.min_app}; {offer.golden} golden tensors; dataset {offer.dataset or 'not named'}",
    ]


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_SEALED_BYTES + 1)
    except OSError as error:
        what = f"the offer cannot be read: {error.strerror}"
        raise ConfigError(what, where=str(path), remedy="name the file of an offer") from error


_ACTS: MappingProxyType[str, Callable[[Namespace], int]] = MappingProxyType(
    {"list": _list, "fetch": run_fetch, "import": run_import, "offer-info": _offer_info, "keys": run_keys}
)
