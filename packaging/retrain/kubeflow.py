"""The steps of `station-app retrain` as a Kubeflow pipeline (KFP 2): `python kubeflow.py retrain.yaml` compiles it.

Every step is the same container with the same command line. What one leaves for the next lies on a volume that outlives
the pipeline (KFP's own workspace does not), so that a run that failed goes on when it is started again with the same
work folder. The plan, the champion and the golden set come from another volume, the signing key and MLflow's token from
secrets. STATION_RETRAIN_IMAGE names the image. Needs kfp and kfp-kubernetes where it is compiled; the image needs
neither.
"""

import os
import sys
from collections.abc import Callable
from typing import Any

from kfp import compiler, dsl, kubernetes

IMAGE = os.environ.get("STATION_RETRAIN_IMAGE", "registry.example/station-retrain:1")
STEPS = ("materialise", "train", "evaluate", "gate", "sign", "register", "publish")
PLANT_CLAIM, WORK_CLAIM = "station-retrain-plant", "station-retrain-work"
KEY_SECRET, MLFLOW_SECRET = "station-retrain-key", "station-retrain-mlflow"
USER = 10001

Step = Callable[..., Any]


@dsl.container_component
def retrain_step(step: str, plan: str, work: str) -> dsl.ContainerSpec:
    """One step. Its exit status is the gate's word: a refused candidate ends the pipeline there."""
    command = ["python", "-m", "station_app", "retrain"]
    return dsl.ContainerSpec(image=IMAGE, command=command, args=[step, plan, "--work", work])


def build_pipeline(step: Step, adapt: Callable[[str, Any], None]) -> Any:  # noqa: ANN401
    """The pipeline out of any component that takes step, plan and work folder; `adapt` sets up each task."""

    @dsl.pipeline(name="station-retrain")
    def station_retrain(plan: str = "/plant/retrain.toml", work: str = "/scratch/retrain") -> None:
        before = None
        for name in STEPS:
            task = step(step=name, plan=plan, work=work)
            task.set_display_name(name)
            # A plan, a golden set or a store may have changed meanwhile; the steps themselves know what is done.
            task.set_caching_options(False)
            adapt(name, task)
            if before is not None:
                task.after(before)
            before = task

    return station_retrain


def adapt_for_cluster(name: str, task: Any) -> None:  # noqa: ANN401
    """Volumes, secrets, room and the rights of each step."""
    kubernetes.mount_pvc(task, pvc_name=PLANT_CLAIM, mount_path="/plant")
    kubernetes.mount_pvc(task, pvc_name=WORK_CLAIM, mount_path="/scratch")
    kubernetes.set_security_context(task, run_as_user=USER, run_as_group=USER, run_as_non_root=True)
    task.set_cpu_request("2").set_cpu_limit("4").set_memory_request("4Gi").set_memory_limit("16Gi")
    if name in ("sign", "publish"):
        kubernetes.use_secret_as_volume(task, secret_name=KEY_SECRET, mount_path="/keys")
    if name == "register":
        names = {"token": "MLFLOW_TRACKING_TOKEN"}
        kubernetes.use_secret_as_env(task, secret_name=MLFLOW_SECRET, secret_key_to_env=names)


def main(out: str) -> None:
    pipeline = build_pipeline(retrain_step, adapt_for_cluster)
    compiler.Compiler().compile(pipeline, out)


if __name__ == "__main__":
    main(sys.argv[1])
