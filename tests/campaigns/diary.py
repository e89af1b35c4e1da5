"""What a campaign keeps of its steps: a picture of each, how long it took, and how long the screen took to answer."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.campaigns.desktop import Desktop, Painted


@dataclass(slots=True)
class Diary:
    """Pictures go to `folder`, which is emptied; `prefix` begins their names."""

    desktop: Desktop
    folder: Path
    prefix: str
    began_s: float = field(default_factory=time.monotonic)
    painted: list[tuple[str, Painted]] = field(default_factory=list)

    def begin(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for old in self.folder.glob(f"{self.prefix}*.png"):
            old.unlink()
        self.began_s = time.monotonic()

    def keep(self, name: str) -> None:
        """A picture of the screen."""
        path = self.folder / f"{self.prefix}{name}.png"
        self.desktop.keep(path)
        self.say(f"picture {path.name}")

    def keep_stuck(self) -> Path:
        """What was on the screen where a step did not work."""
        path = self.folder / f"{self.prefix}stuck.png"
        self.desktop.keep(path)
        return path

    def watch(self, name: str, deed: Sequence[str], room: tuple[int, int, int, int]) -> None:
        """Do it and keep how long the screen took to change and to be complete."""
        taken = self.desktop.watch(deed, room)
        self.painted.append((name, taken))
        self.say(f"{name}: changed after {taken.first_ms:.0f} ms, complete after {taken.done_ms:.0f} ms")

    def say(self, text: str) -> None:
        print(f"{time.monotonic() - self.began_s:6.1f} s  {text}", flush=True)
