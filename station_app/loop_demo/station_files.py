"""The station's own files: its station file, its recipe and the packages that it may load."""

import shutil
from pathlib import Path

from station_app.config_sync import StoreSetup
from station_app.core.recipe import Thresholds
from station_app.inference.package import load_package

RECIPE = "boards"
PLANT, STATION, CHANNEL = "demo", "line-1", "stable"


def write_station(home: Path, champion: Path, store: StoreSetup) -> None:
    """A new station in `home` that knows one package and sends its records to `store`."""
    for name in ("recipes", "packages", "data"):
        (home / name).mkdir(parents=True)
    shutil.copytree(champion, home / "packages" / champion.name)
    names = {"recipe": RECIPE, "plant": PLANT, "station": STATION, "channel": CHANNEL}
    (home / "station.toml").write_text(_STATION.format(store=store.store, access=_access(store), **names))
    (home / "recipes" / f"{RECIPE}.toml").write_text(recipe_text(champion))


def _access(store: StoreSetup) -> str:
    settings = f'settings = "{store.settings}"\n' if store.settings else ""
    return f"{settings}allow_http = {str(store.allow_http).lower()}\n"


def recipe_text(package: Path) -> str:
    """The recipe that judges by this package, at the thresholds of its manifest."""
    loaded = load_package(package)
    labels = "".join(_label(label, pair) for label, pair in loaded.manifest.thresholds)
    return _RECIPE.format(name=RECIPE, package=package.name, sha256=loaded.sha256, labels=labels)


def _label(label: str, pair: Thresholds) -> str:
    return f'[labels."{label}"]\nreview = {pair.review!r}\nfail = {pair.fail!r}\n\n'


_STATION = """schema = 1
name = "Demonstration line"
recipe = "{recipe}"
trigger = "software"
recipes = "recipes"
packages = "packages"

[cameras]
top = "folder:pictures"

[sampling]
passed = [0.2, 0.3, 0.5]
rejected = [0.05, 0.1, 0.2]
second_share = 0.1
seeded_share = 0.0

[sync]
plant = "{plant}"
station = "{station}"
store = "{store}"
{access}batch_seconds = 1
history_seconds = 1

[models]
store = "{store}"
channel = "{channel}"
{access}"""

_RECIPE = """schema = 1
name = "{name}"
revision = 1
deadline_ms = 5000

[[cameras]]
id = "top"

[cameras.model]
package = "{package}"
sha256 = "{sha256}"

{labels}[keep]
images = "all"
"""
