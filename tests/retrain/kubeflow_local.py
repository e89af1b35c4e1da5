"""Run with a Python that has kfp: the pipeline of packaging/retrain/kubeflow.py on this computer, without a cluster.

    python kubeflow_local.py KUBEFLOW.py PLAN WORK OUTPUTS

A container needs a container engine; so each task is a Python function that starts the same words with the Python that
STATION_PYTHON names. Order and parameters are the pipeline's own.
"""

import importlib.util
import sys
from typing import Any

from kfp import dsl, local


def run_words(step: str, plan: str, work: str) -> None:
    import os
    import subprocess

    words = [os.environ["STATION_PYTHON"], "-m", "station_app", "retrain", step, plan, "--work", work]
    subprocess.run(words, check=True)


def leave_alone(name: str, task: Any) -> None:
    """Volumes and rights are the cluster's affair."""


def main(source: str, plan: str, work: str, outputs: str) -> None:
    spec = importlib.util.spec_from_file_location("kubeflow", source)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    local.init(local.SubprocessRunner(use_venv=False), pipeline_root=outputs)
    step = dsl.component(run_words, install_kfp_package=False)
    module.build_pipeline(step, leave_alone)(plan=plan, work=work)


if __name__ == "__main__":
    main(*sys.argv[1:5])
