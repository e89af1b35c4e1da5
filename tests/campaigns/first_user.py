"""A first-time user at a fresh station, by mouse and keyboard alone, with a picture of every step.

    python -m tests.campaigns.first_user [--language en|zh_CN] [--size 1920x1080] [--display :79] [--pictures DIR]

Needs Xvfb, openbox, xdotool and ImageMagick. The station is the real one, engine and window, on the rendered line; its
data folder is new. After every step the records are asked, read-only, whether it happened. A step that does not work
ends the campaign with a picture of the screen. The pictures of docs/walkthrough.md are made by it.

What the person says of a blind part is what was rendered: `part_eyes` reads the code on the part off the screen.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.campaigns.desktop import Desktop
from tests.campaigns.diary import Diary
from tests.campaigns.person import Person, StuckError
from tests.campaigns.seen_station import VARIABLE
from tests.campaigns.told_records import Records
from tests.campaigns.user_story import SEED, Story

PROJECT = Path(__file__).resolve().parents[2]
PICTURES = PROJECT / "docs" / "images" / "first_user"
SIZES = ("1920x1080", "1366x768")
END_S = 30

STATION = """schema = 1
name = "Line 3"
recipe = "housing-serial"
trigger = "timer:2"
autostart = true
recipes = "{configs}/recipes"
packages = "{assets}/models"
[cameras]
top = "rendered:seed={seed},rate=0.25,codes=yes"
[inference]
threads = 1
spinning = false
[sampling]
passed = [0.12, 0.5, 1.0]
rejected = [0.2, 0.5, 1.0]
second_share = 0.0
seeded_share = 0.0
near_band = 0.02
"""


def main() -> int:
    arguments = read_arguments()
    width, height = map(int, arguments.size.split("x"))
    with tempfile.TemporaryDirectory(prefix="first-user-") as name:
        folder = Path(name)
        with Desktop(arguments.display, (width, height), folder / "screen") as desktop:
            diary = Diary(desktop, arguments.pictures, "zh_" if arguments.language == "zh_CN" else "en_")
            diary.begin()
            with running_station(desktop, folder) as data_dir:
                person = Person(desktop, folder / "seen", "en")
                return live(Story(person, Records(data_dir), diary, folder), diary, arguments.language)


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", choices=("en", "zh_CN"), default="en")
    parser.add_argument("--size", choices=SIZES, default=SIZES[0])
    parser.add_argument("--display", default=":79")
    parser.add_argument("--pictures", type=Path, default=PICTURES)
    return parser.parse_args()


def live(story: Story, diary: Diary, language: str) -> int:
    """Tell the story; where it sticks, keep what was on the screen."""
    try:
        story.tell(language)
    except (StuckError, AssertionError) as stuck:
        diary.say(f"STUCK: {stuck}; the screen is in {diary.keep_stuck()}")
        return 1
    slowest = max(diary.painted, key=lambda each: each[1].done_ms)
    diary.say(f"done; the slowest screen: {slowest[0]}, {slowest[1].done_ms:.0f} ms")
    return 0


@contextmanager
def running_station(desktop: Desktop, folder: Path) -> Iterator[Path]:
    """The station with a new data folder, as from the icon on the desktop; it is closed at the end."""
    data_dir = folder / "data"
    data_dir.mkdir()
    words = STATION.format(configs=PROJECT / "configs", assets=PROJECT / "assets", seed=SEED)
    (data_dir / "station.toml").write_text(words, encoding="utf-8")
    own = {VARIABLE: str(folder / "seen"), "XDG_CONFIG_HOME": str(folder / "settings"), "HOME": str(folder)}
    command = (sys.executable, "-m", "tests.campaigns.seen_station", "--data-dir", str(data_dir), "--fullscreen")
    environment = {**os.environ, **desktop.environment, **own, "PYTHONPATH": str(PROJECT)}
    with (folder / "station.log").open("wb") as log:
        station = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=log, stderr=log)
        try:
            yield data_dir
        finally:
            station.send_signal(signal.SIGTERM)
            station.wait(END_S)
            sys.stdout.write((folder / "station.log").read_text(encoding="utf-8", errors="replace"))


if __name__ == "__main__":
    sys.exit(main())
