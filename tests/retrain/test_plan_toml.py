"""Plans as TOML: what they say, and every mistake at once."""

from pathlib import Path

import pytest

from station_app.config_sync import StoreSetup
from station_app.core.errors import ConfigError
from station_app.core.recipe import Thresholds
from station_app.dataset.options import Profile
from station_app.retrain.gate import GateLimits
from station_app.retrain.plan_toml import read_plan

WHOLE = """schema = 1
work = "work/first"
threads = 2
[source]
store = "s3://plant/records"
settings = "store.toml"
allow_http = true
profile = "anomaly"
recipe = "housing"
without = ["p1/s9"]
[champion]
package = "champion"
recipe = "housing.toml"
camera = "top"
replay = "base"
[golden]
folder = "golden"
sha256 = "abc"
[train]
version = "2.0.0"
steps = 200
rate = 0.0005
[gate]
overkill_margin = 0.02
needs_better = true
[offer]
recipe = "housing"
camera = "top"
store = "folder:channel"
key = "signing.key"
[offer.thresholds]
scratch = {review = 0.5, fail = 0.7}
[mlflow]
url = "https://mlflow.example/"
model = "housing-top"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "retrain.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_whole_plan_is_read_and_paths_count_from_its_folder(tmp_path: Path) -> None:
    plan = read_plan(write(tmp_path, WHOLE))
    assert plan.work == tmp_path / "work" / "first"
    assert plan.source.store == StoreSetup("s3://plant/records", tmp_path / "store.toml", None, "", True)
    options = plan.source.options
    assert options is not None
    assert (options.profile, options.recipe, options.without) == (Profile.ANOMALY, "housing", frozenset({"p1/s9"}))
    assert options.registry == tmp_path / "work" / "labels.json"
    assert plan.champion.recipe == tmp_path / "housing.toml"
    assert plan.champion.replay == tmp_path / "base"
    assert plan.gate == GateLimits(overkill_margin=0.02, needs_better=True)
    assert plan.train.options == (("steps", 200), ("rate", 0.0005))
    assert plan.offer is not None
    assert plan.offer.store.store == f"folder:{tmp_path / 'channel'}"
    assert plan.offer.thresholds == (("scratch", Thresholds(0.5, 0.7)),)
    assert plan.registry is not None
    assert plan.registry.url == "https://mlflow.example"


def test_another_work_folder_may_be_named_on_the_command_line(tmp_path: Path) -> None:
    plan = read_plan(write(tmp_path, WHOLE), tmp_path / "elsewhere" / "now")
    assert plan.work == tmp_path / "elsewhere" / "now"
    assert plan.source.options is not None
    assert plan.source.options.registry == tmp_path / "elsewhere" / "labels.json"


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    wrong = (
        WHOLE.replace('store = "s3://plant/records"', 'store = "s3://plant/records"\ndataset = "d"')
        .replace("steps = 200", "stepz = 200\nout = 'here'")
        .replace("overkill_margin = 0.02", "overkill_margin = 2")
        .replace("fail = 0.7", "fail = 0.3")
        .replace("https://", "ftp://")
        .replace('model = "housing-top"', 'model = "a/b"')
        .replace("threads = 2", "theads = 2")
    )
    with pytest.raises(ConfigError) as found:
        read_plan(write(tmp_path, wrong))
    for sentence in (
        "either a dataset or a store is the source",
        "train.stepz: no option of a training run; there are batch, crop",
        "train.out: no option of a training run",
        "gate.overkill_margin: must be a number",
        "offer.thresholds.scratch.review: must be above 0 and not above fail",
        "mlflow.url: must begin with http",
        "mlflow.model: a registered model's name has no slash",
        "theads: unknown key",
    ):
        assert sentence in str(found.value)


@pytest.mark.parametrize(("text", "sentence"), [("= x", "not valid TOML"), ("", "schema: missing")])
def test_what_is_no_plan_is_told(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(ConfigError, match=sentence):
        read_plan(write(tmp_path, text))


def test_a_plan_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="the plan cannot be read, No such file"):
        read_plan(tmp_path / "nowhere.toml")


def test_an_option_of_another_kind_is_told(tmp_path: Path) -> None:
    (tmp_path / "retrain.toml").write_text(WHOLE.replace("steps = 200", 'steps = "many"'), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"train\.steps: must be such as"):
        read_plan(tmp_path / "retrain.toml")
