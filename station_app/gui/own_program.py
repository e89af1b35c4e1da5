"""How this program is started again for work beside the line. Handed in by who started the window."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class OwnProgram:
    """`words` start it, `options` name data folder and station file; `folder` is the data folder."""

    words: tuple[str, ...]
    options: tuple[str, ...]
    folder: Path

    def command(self, name: str, words: tuple[str, ...]) -> tuple[str, ...]:
        """The whole command line of one of its commands."""
        return (*self.words, name, *self.options, *words)
