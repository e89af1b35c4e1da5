"""The step `materialise`: the dataset out of the records that stations have sent. Groups of the golden set stay out."""

from dataclasses import replace
from typing import Any

from station_app.dataset.materialise import materialise
from station_app.retrain.pictures import golden_table
from station_app.retrain.plan import RetrainPlan, Told
from station_app.retrain.work_folder import WorkFolder
from station_app.sync.remote import Remote


def materialise_records(plan: RetrainPlan, remote: Remote, told: Told) -> dict[str, Any]:
    """The dataset's version and how many images it holds. StationError where records cannot be trusted."""
    assert plan.source.options is not None
    out = WorkFolder(plan.work).dataset
    made = materialise(remote, replace(plan.source.options, out=out, golden=golden_table(plan.golden.folder)), told)
    return {"version": made.version, "images": made.samples, "report": made.report}
