"""Where a station looks for the model packages that its recipes name."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class PackageFolders:
    """The first folder that has a package of a name holds. At least one; whether a package is the right one, its hash
    says and not its place."""

    folders: tuple[Path, ...]

    def path_of(self, name: str) -> Path:
        """The package of this name, a folder or zip; where it would lie if there is none."""
        paths = [folder / name for folder in self.folders]
        return next((path for path in paths if path.exists()), paths[0])
