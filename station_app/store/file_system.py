"""Which file system a folder lies on. SQLite's log needs a local disk: over a network, locks and shared memory lie."""

from pathlib import Path

from station_app.core.errors import StorageError

MOUNTS = Path("/proc/self/mountinfo")
"""Linux only; elsewhere nothing is known and nothing refused."""

_NETWORK = frozenset(("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "lustre", "glusterfs", "ncpfs"))
_LOCAL_FUSE = frozenset(("fuse.fuse-overlayfs", "fuse.ntfs-3g"))


def refuse_network_folder(folder: Path, mounts: Path = MOUNTS) -> None:
    """StorageError where the folder, or the nearest one above it that exists, lies on a network file system."""
    if not mounts.exists():
        return
    kind = file_system_of(folder.resolve(), mounts.read_text(encoding="utf-8", errors="surrogateescape"))
    if kind in _NETWORK or (kind.startswith("fuse.") and kind not in _LOCAL_FUSE):
        what = f"the data folder lies on a network or user file system ({kind})"
        raise StorageError(what, where=str(folder), remedy="choose a folder on a local disk with --data-dir")


def file_system_of(folder: Path, mountinfo: str) -> str:
    """The kind of the mount that holds `folder`, by the text of Linux's mountinfo; "" where none is told."""
    best, kind = -1, ""
    for line in mountinfo.splitlines():
        head, separator, tail = line.partition(" - ")
        if not separator:
            continue
        point = Path(_unescape(head.split(" ")[4]))
        # Of two mounts on one point the later covers the earlier.
        if folder.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), tail.split(" ")[0]
    return kind


def _unescape(text: str) -> str:
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, character)
    return text
