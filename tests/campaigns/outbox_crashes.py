"""Stations and servers are killed while records leave; what arrives is read back and counted.

    python -m tests.campaigns.outbox_crashes [--crashes 120] [--server-kills 12] [--seed 1] [--folder DIR]

A real station (records, outbox, courier) sends to a real SeaweedFS while it goes on recording parts, images and
decisions. It ends itself without a word at a random fault point, or is killed at a random moment; the server is killed
at random moments too and started again on its data. In the end a station that nothing happens to sends the rest, and
everything is read back: every decision that was answered as recorded is there once, every part of the history once, no
image is missing, nothing is other than its name says, and the chains of both streams and of the audit are whole.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

from station_app.store.connection import open_reader
from station_app.store.ledger import DATABASE
from tests.engine.test_kill import without_loose_ends
from tests.sync import seaweed
from tests.sync.crashing_station import DIED, GIVE_UP_S, POINTS
from tests.sync.object_access import access_of
from tests.sync.reader import ReadBack, read_back

ROOT = Path(__file__).resolve().parents[2]
URL = "s3://plant/campaign"
KILLED = "killed from outside"
_LONGEST_S = 4.0
"""Of a run that is killed from outside, after its start."""


@dataclass
class Told:
    """What a campaign has seen: how stations ended, and every decision that was answered as recorded."""

    ends: Counter[str] = field(default_factory=Counter)
    server_kills: int = 0
    decided: set[tuple[int, int]] = field(default_factory=set)
    read: ReadBack = field(default_factory=ReadBack)
    lost: list[str] = field(default_factory=list)
    records: list[str] = field(default_factory=list)

    @property
    def crashes(self) -> int:
        return sum(count for end, count in self.ends.items() if end != "done")

    @property
    def problems(self) -> list[str]:
        return [*self.lost, *self.records, *self.read.problems]


class Campaign:
    """One data folder and one server's folder."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._data = folder / "data"
        self._data.mkdir(parents=True)
        self._weed = folder / "weed"
        self._ports = seaweed.free_ports()
        self._chance = random.Random(seed)
        self.told = Told()
        self._serving = ExitStack()
        self.server = self._serve()

    def _serve(self) -> seaweed.Seaweed:
        server = self._serving.enter_context(seaweed.running(self._weed, self._ports))
        server.make_bucket("plant")
        return server

    def crash(self, *, is_server_killed: bool) -> None:
        """One run of a station that ends before its time, if it comes so far."""
        point = self._chance.choice((*POINTS, KILLED))
        killer = threading.Timer(self._chance.uniform(0.8, 2.5), self.server.process.kill)
        if is_server_killed:
            killer.start()
        longest_s = self._chance.uniform(1.0, _LONGEST_S) if point == KILLED else GIVE_UP_S / 3
        self._run("" if point == KILLED else point, self._chance.choice((1, 1, 2, 4)), longest_s)
        if is_server_killed:
            killer.join()
            self._serving.close()
            self.server = self._serve()
            self.told.server_kills += 1

    def finish(self) -> Told:
        """A run that nothing happens to, then the count."""
        self._run("", 0, 2 * GIVE_UP_S)
        self.told.read = read_back(access_of(self.server, URL))
        self._compare()
        self.told.records = without_loose_ends(self._data)
        self._serving.close()
        return self.told

    def _run(self, point: str, count: int, longest_s: float) -> None:
        settings = self.server.settings
        seed = self._chance.randrange(2**32)
        job = {"url": URL, "settings": settings, "point": point, "count": count, "seed": seed}
        command = [sys.executable, "-m", "tests.sync.crashing_station", str(self._data), json.dumps(job)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as station:
            killer = threading.Timer(longest_s, station.kill)
            killer.start()
            words, errors = station.communicate()
            killer.cancel()
        told = words.decode().splitlines()
        for line in told:
            if line.startswith("decided "):
                part_id, decision = line.split()[1:]
                self.told.decided.add((int(part_id), int(decision)))
        self.told.ends[self._end_of(station.returncode, point, errors)] += 1

    def _end_of(self, status: int, point: str, errors: bytes) -> str:
        if status == DIED:
            return point
        if status < 0:
            return KILLED
        if status:
            raise RuntimeError(errors.decode(errors="replace")[-2000:])
        return "done"

    def _compare(self) -> None:
        """What the records hold against what arrived."""
        with closing(open_reader(self._data / DATABASE)) as reader:
            said = {(row[0], row[1]) for row in reader.execute("SELECT part_id, id FROM overrides")}
            parts = {row[0] for row in reader.execute("SELECT part_id FROM inspections")}
        lost = self.told.decided - said
        self.told.lost += [f"decision {decision} of part {part} is in no record" for part, decision in sorted(lost)]
        decisions = self.told.read.of("station.decision.v1")
        arrived = Counter((event["data"]["part"]["id"], event["data"]["decision"]["id"]) for event in decisions)
        history = Counter(event["data"]["part"]["id"] for event in self.told.read.of("station.inspection.v1"))
        for name, wanted, got in (("decision", said, arrived), ("part", parts, history)):
            self.told.lost += [f"{name} {one} has not arrived" for one in sorted(wanted - set(got))]
            self.told.read.duplicate += [f"{name} {one} {count} times" for one, count in got.items() if count != 1]


def run(folder: Path, crashes: int, server_kills: int, seed: int) -> Told:
    """`crashes` runs of a station that are to end badly, `server_kills` of them with a server that is killed too."""
    campaign = Campaign(folder, seed)
    every = max(1, crashes // max(1, server_kills))
    number = 0
    while campaign.told.crashes < crashes:
        number += 1
        campaign.crash(is_server_killed=server_kills > 0 and number % every == 0)
        if sys.stdout.isatty() or number % 20 == 0:
            print(f"{campaign.told.crashes} crashes, {campaign.told.server_kills} of the server", flush=True)
    return campaign.finish()


def tell(told: Told) -> None:
    for end, count in sorted(told.ends.items()):
        print(f"  {count:4} {end}")
    read = told.read
    print(f"{told.crashes} crashes of the station, {told.server_kills} kills of the server")
    print(f"{len(told.decided)} decisions answered, {len(read.events)} events and {read.images} images read back")
    counts = (len(told.lost), len(read.duplicate), len(read.dangling), len(read.corrupt), len(read.strange))
    print("lost {}, duplicate {}, dangling {}, corrupt {}, strange {}".format(*counts))
    print(f"chains broken {len(read.broken)}, problems of the records {len(told.records)}")
    for problem in told.problems[:20]:
        print(f"  {problem}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--crashes", type=int, default=120)
    parser.add_argument("--server-kills", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where all of it lies, instead of the temporary folder")
    arguments = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="outbox-crashes-", dir=arguments.folder) as folder:
        told = run(Path(folder) / "all", arguments.crashes, arguments.server_kills, arguments.seed)
    tell(told)
    print(f"{time.monotonic() - started:.0f} s, load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return 1 if told.problems else 0


if __name__ == "__main__":
    sys.exit(main())
