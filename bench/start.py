"""From the program's start to the first picture on the operator's screen, against importing the libraries alone.

    python -m bench.start [--rounds 5]

Both are wall times of fresh processes, taken in turn. The station runs on the shipped demo, without a display; its
data folder has been used once before, as that of any station after its first day. The window logs its first picture.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

IMPORTS = "import PySide6.QtWidgets, numpy, cv2, onnxruntime, sqlite3, sqlite_utils"
FIRST_PICTURE = "first picture"
PATIENCE_S = 60.0


def import_seconds() -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", IMPORTS], check=True)
    return time.perf_counter() - started


def picture_seconds(folder: Path) -> float:
    log = folder / "logs" / "window.log"
    log.unlink(missing_ok=True)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    started = time.perf_counter()
    window = subprocess.Popen([sys.executable, "-P", "-m", "station_app", "--data-dir", str(folder)], env=environment)
    try:
        while time.perf_counter() - started < PATIENCE_S:
            if log.exists() and FIRST_PICTURE in log.read_text(encoding="utf-8"):
                return time.perf_counter() - started
            time.sleep(0.005)
        raise SystemExit("no picture came")
    finally:
        window.terminate()
        window.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="station-bench-", ignore_cleanup_errors=True) as folder:
        picture_seconds(Path(folder))
        pairs = [(import_seconds(), picture_seconds(Path(folder))) for _ in range(rounds)]
    bare, ours = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(f"imports {bare:.2f} s, first picture {ours:.2f} s: {ours / bare:.2f} x (goal 2.00)")
    print(f"load average at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
