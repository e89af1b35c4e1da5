"""What the handshake adds to an inspection: from the PLC's trigger until it reads the result, on loopback.

The real engine in a process of its own, rendered parts, the shipped model; a PLC that polls without a pause. "overhead"
is what the PLC waited beyond the time that the station itself tells from trigger to verdict. Goal: 12 ms median. The
yardstick is a bare read of the status over the same connection.

    python -m bench.plc [--cycles 1000] [--seed 1]
"""

import argparse
import random
import statistics
import tempfile
import time
from pathlib import Path

from station_app.core.handshake_bits import Control, Status, read_result_word
from tests.devices.test_modbus_plc import Master
from tests.end_to_end.programs import started_program
from tests.end_to_end.test_plc import HELD, connected, station_file
from tests.free_port import free_port


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cycles", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    draw, port = random.Random(options.seed), free_port()
    with tempfile.TemporaryDirectory() as scratch:
        station_file(Path(scratch), port)
        with started_program("engine", "--data-dir", scratch):
            master = connected(port)
            master.write(Control(0))
            master.write(HELD)
            part(master, draw)
            print(f"bare read        median {statistics.median(read(master) for _ in range(500)):.2f} ms")
            told = [part(master, draw) for _ in range(options.cycles)]
            master.close()
    report(told)


def read(master: Master) -> float:
    before = time.perf_counter()
    master.status()
    return (time.perf_counter() - before) * 1e3


def part(master: Master, draw: random.Random) -> tuple[float, float]:
    """Milliseconds that the PLC waited, and that the station says it took."""
    master.until(lambda status: Status.TRIGGER_READY in status)
    time.sleep(draw.uniform(0, 0.01))
    before = time.perf_counter()
    assert master.write(HELD | Control.TRIGGER)
    master.until(lambda status: Status.TRIGGER_ACK in status)
    wanted = master.output()[2]
    assert master.write(HELD)
    status = master.until(lambda status: Status.RESULTS_VALID in status)
    waited_ms = (time.perf_counter() - before) * 1e3
    words = master.output()
    assert words[3] == words[101] == wanted
    assert (Status.JOB_PASS in status) == (read_result_word(words[100]).name == "PASS")
    assert master.write(HELD | Control.RESULTS_ACK)
    master.until(lambda status: Status.RESULTS_VALID not in status)
    assert master.write(HELD)
    return waited_ms, float(words[16])


def report(told: list[tuple[float, float]]) -> None:
    overhead = sorted(waited - own for waited, own in told)
    print(f"{len(told)} cycles, every id, code and bit as expected")
    print(f"trigger to valid median {statistics.median(waited for waited, _ in told):.1f} ms")
    print(f"station's own    median {statistics.median(own for _, own in told):.1f} ms")
    p95, p99 = overhead[int(len(overhead) * 0.95)], overhead[int(len(overhead) * 0.99)]
    print(f"overhead         median {statistics.median(overhead):.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms")


if __name__ == "__main__":
    main()
