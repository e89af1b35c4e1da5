"""Where the files that belong to the window are: fonts, icons, translations. Any thread."""

from pathlib import Path


def asset(*names: str) -> Path:
    """A file or folder of the assets: beside the package when installed, in the repository's folder otherwise."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "assets"
    root = installed if installed.is_dir() else package.parent / "assets"
    return root.joinpath(*names)
