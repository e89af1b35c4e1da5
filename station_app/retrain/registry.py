"""Models, versions and aliases of one registered model: found by the package's hash, so that nothing is there twice.

`champion` is what decides at the plant, `challenger` what waits to be promoted, `previous` what decided before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from station_app.core.errors import ConfigError
from station_app.retrain.mlflow_rest import MlflowError, MlflowServer

CHAMPION, CHALLENGER, PREVIOUS = "champion", "challenger", "previous"
PACKAGE_TAG = "station.package"
_LONGEST_VALUE = 5000
_THERE_ALREADY = "RESOURCE_ALREADY_EXISTS"
_NO_ALIAS = "INVALID_PARAMETER_VALUE"


@dataclass(frozen=True, slots=True)
class Entry:
    """What is registered: a package by its hash, `tags` and files of a version, parameters and metrics of its run."""

    package_sha256: str
    name: str
    tags: Mapping[str, str]
    parameters: Mapping[str, str]
    metrics: Mapping[str, float]
    files: Mapping[str, bytes]


class Registry:
    """One registered model with the experiment that its runs belong to. Raises what `MlflowServer` does."""

    def __init__(self, server: MlflowServer, model: str, experiment: str) -> None:
        self._server, self._model, self._experiment = server, model, experiment

    def add(self, entry: Entry, now_ms: int) -> str:
        """The version of this package, made where there is none yet. What was cut short before is gone on with."""
        if version := self.version_of(entry.package_sha256):
            return version
        self._make("registered-models/create", {"name": self._model})
        run = self._run(entry, now_ms)
        info: dict[str, Any] = run["info"]
        for name, body in entry.files.items():
            self._server.put_artifact(info["artifact_uri"], name, body)
        self._log(info["run_id"], entry, now_ms)
        made = self._server.post(
            "model-versions/create",
            {
                "name": self._model,
                "source": info["artifact_uri"],
                "run_id": info["run_id"],
                "description": entry.name,
                "tags": _pairs({**entry.tags, PACKAGE_TAG: entry.package_sha256}),
            },
        )
        return str(made["model_version"]["version"])

    def version_of(self, package_sha256: str) -> str:
        """The version with this package, "" where there is none."""
        wanted = f"name='{self._model}' and tags.`{PACKAGE_TAG}`='{package_sha256}'"
        found = (self._server.get("model-versions/search", filter=wanted) or {}).get("model_versions", [])
        return min((str(version["version"]) for version in found), key=int, default="")

    def at(self, alias: str) -> str:
        """The version that an alias names, "" where there is no such alias or model."""
        try:
            found = self._server.get("registered-models/alias", name=self._model, alias=alias)
        except MlflowError as error:
            if error.code == _NO_ALIAS:
                return ""
            raise
        return str(found["model_version"]["version"]) if found else ""

    def name(self, alias: str, version: str) -> None:
        """Let an alias name this version from now on."""
        self._server.post("registered-models/alias", {"name": self._model, "alias": alias, "version": version})

    def promoted(self, package_sha256: str) -> bool:
        """A plant has promoted this package: it is the champion from now on, what was before it `previous`. False where
        that was known. In this order a move that was cut short is found and finished."""
        version, champion = self._need(package_sha256), self.at(CHAMPION)
        is_new = champion != version
        if is_new:
            if champion:
                self.name(PREVIOUS, champion)
            self.name(CHAMPION, version)
        if self.at(CHALLENGER) == version:
            self._server.delete("registered-models/alias", {"name": self._model, "alias": CHALLENGER})
        return is_new

    def rolled_back(self, package_sha256: str) -> bool:
        """A plant has taken this champion out of service: `previous` is the champion again. False where it is none."""
        if self.at(CHAMPION) != self._need(package_sha256):
            return False
        previous = self.at(PREVIOUS)
        if not previous:
            remedy = "promote the package that decides at the plant now: station-app retrain promoted"
            raise ConfigError("the registry knows no champion before this one", where=self._server.where, remedy=remedy)
        self.name(CHAMPION, previous)
        self._server.delete("registered-models/alias", {"name": self._model, "alias": PREVIOUS})
        return True

    def _need(self, package_sha256: str) -> str:
        if version := self.version_of(package_sha256):
            return version
        what = f"the package {package_sha256[:12]} is not registered as {self._model}"
        raise ConfigError(what, where=self._server.where, remedy="register it first: station-app retrain register")

    def _run(self, entry: Entry, now_ms: int) -> dict[str, Any]:
        """The run of this package, a new one where there is none yet."""
        experiment = self._experiment_id()
        wanted = f"tags.`{PACKAGE_TAG}` = '{entry.package_sha256}'"
        found = self._server.post("runs/search", {"experiment_ids": [experiment], "filter": wanted}).get("runs", [])
        if found:
            return dict(found[0])
        tags = _pairs({**entry.tags, PACKAGE_TAG: entry.package_sha256})
        body = {"experiment_id": experiment, "run_name": entry.name, "start_time": now_ms, "tags": tags}
        return dict(self._server.post("runs/create", body)["run"])

    def _experiment_id(self) -> str:
        self._make("experiments/create", {"name": self._experiment})
        found = self._server.get("experiments/get-by-name", experiment_name=self._experiment)
        if not found or found["experiment"]["lifecycle_stage"] != "active":
            what = f"the experiment {self._experiment!r} is deleted"
            raise ConfigError(what, where=self._server.where, remedy="restore it, or name another in [mlflow]")
        return str(found["experiment"]["experiment_id"])

    def _log(self, run_id: str, entry: Entry, now_ms: int) -> None:
        metrics = [{"key": key, "value": value, "timestamp": now_ms, "step": 0} for key, value in entry.metrics.items()]
        parameters = _pairs(entry.parameters)
        self._server.post("runs/log-batch", {"run_id": run_id, "metrics": metrics, "params": parameters})
        self._server.post("runs/update", {"run_id": run_id, "status": "FINISHED", "end_time": now_ms})

    def _make(self, call: str, body: dict[str, Any]) -> None:
        """Make what may be there already."""
        try:
            self._server.post(call, body)
        except MlflowError as error:
            if error.code != _THERE_ALREADY:
                raise


def _pairs(table: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"key": key, "value": value[:_LONGEST_VALUE]} for key, value in table.items() if value]
