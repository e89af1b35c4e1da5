"""Where exports go unless somebody chooses otherwise. GUI thread."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths


def first_folder(configured: Path | None) -> Path:
    """The station file's own, else the user's documents, else the user's home: the first of them that is there."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    offered = (configured, Path(documents) if documents else None)
    return next((folder for folder in offered if folder is not None and folder.is_dir()), Path.home())
