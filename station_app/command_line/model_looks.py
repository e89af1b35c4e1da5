"""`station-app models fetch` and `import`: the running engine is asked to look, or it is done here while none runs."""

import sys
import time
from argparse import Namespace
from pathlib import Path

from station_app.app import Options, open_model_room
from station_app.command_line.arguments import data_dir_of
from station_app.command_line.engine_process import engine_answers
from station_app.core.errors import LinkError, NotAllowedError
from station_app.core.messages import CommandRefused
from station_app.core.model_messages import FetchModels, ModelsReported, ModelState
from station_app.core.rollout_models import state_of
from station_app.engine.client import EngineClient

PATIENCE_S = 1800.0
"""A large package over a slow link."""
_RECEIVE_S = 0.2
BY_HAND = "command line"


def run_fetch(arguments: Namespace) -> int:
    """Print how the packages stand after it."""
    return _look(arguments, "")


def run_import(arguments: Namespace) -> int:
    """Likewise, from a folder."""
    return _look(arguments, str(arguments.folder.resolve()))


def _look(arguments: Namespace, folder: str) -> int:
    data_dir = data_dir_of(arguments)
    faults: tuple[str, ...] = ()
    if engine_answers(data_dir):
        states = _asked(data_dir, folder)
    else:
        with open_model_room(Options(data_dir, arguments.config)) as (room, recipes):
            faults = room.look(recipes, folder, BY_HAND).faults
            states = tuple(state_of(model) for model in reversed(room.books.models()))
    sys.stdout.writelines(f"NOTE {fault}\n" for fault in faults)
    sys.stdout.writelines(f"{_words(state)}\n" for state in states)
    if not states:
        sys.stdout.write("no model was offered for a recipe of this station\n")
    return 0


def _words(state: ModelState) -> str:
    detail = f": {state.detail}" if state.detail else ""
    return (
        f"{state.name} {state.version} ({state.sha256[:12]}) for {state.recipe}/{state.camera} is {state.stage}{detail}"
    )


def _asked(data_dir: Path, folder: str) -> tuple[ModelState, ...]:
    """By the engine, in the name of who is signed in there. NotAllowedError where it does not."""
    client = EngineClient(data_dir)
    client.connect()
    try:
        _heard(client)  # of the welcome
        client.send(FetchModels(folder=folder))
        return _heard(client).models
    finally:
        client.close()


def _heard(client: EngineClient) -> ModelsReported:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        event = client.receive(_RECEIVE_S)
        if isinstance(event, CommandRefused) and event.command == FetchModels.__name__:
            raise NotAllowedError(event.what, remedy=event.remedy)
        if isinstance(event, ModelsReported):
            return event
    raise LinkError("the engine does not say how the models stand", remedy="look at the alarms of the station")
