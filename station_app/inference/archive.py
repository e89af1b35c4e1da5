"""Members of a folder or zip, read into memory and nowhere else. Nothing is ever extracted to a path from a package.

Whitelisted names only; links, absolute or climbing paths, drives, NUL, names that differ only in case, too many or
too large members and zip bombs are refused. The size is counted while reading, since a zip may lie about it.
"""

import io
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from station_app.core.errors import ModelPackageError
from station_app.inference.manifest import MANIFEST, MEMBER_NAME, MODEL

MAX_MEMBERS = 256
MAX_RATIO = 100
MAX_MODEL_BYTES = 1 << 30
MAX_OTHER_BYTES = 32 << 20
MAX_TOTAL_BYTES = (1 << 30) + (256 << 20)
_RATIO_FREE_BYTES = 1 << 20  # expected outputs of an empty map are a few kilobytes of "0.0," and compress 300 times
_FOLDERS = ("golden",)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def read_members(path: Path) -> dict[str, bytes]:
    """Every member of the package at `path` by its name. Raises ModelPackageError where it cannot be trusted."""
    try:
        if path.is_dir():
            return _read_folder(path)
        return _read_zip(path)
    except OSError as error:
        raise _refusal(f"cannot be read, {error.strerror or error}", path) from error


def _read_folder(root: Path) -> dict[str, bytes]:
    members: dict[str, bytes] = {}
    for name, entry in _walk_folder(root):
        _check_name(name, members, root)
        members[name] = _read_file(Path(entry.path), _limit(name), root)
        _check_total(members, root)
    return members


def _walk_folder(root: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    for prefix, folder in (("", root), *((f"{name}/", root / name) for name in _FOLDERS)):
        if prefix and not folder.exists():
            continue
        if folder.is_symlink():
            raise _refusal(f"{folder.name!r} is a link, not a folder", root)
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=_entry_name):
                if not (prefix == "" and entry.name in _FOLDERS):
                    yield prefix + entry.name, entry


def _entry_name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _read_file(path: Path, limit: int, root: Path) -> bytes:
    if path.is_symlink() or not stat.S_ISREG(path.lstat().st_mode):
        raise _refusal(f"{path.name!r} is a link or no plain file", root)
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(path, flags), "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise _refusal(f"{path.name!r} is no plain file", root)
        body = stream.read(limit + 1)
    if len(body) > limit:
        raise _refusal(f"{path.name!r} is larger than {limit >> 20} MiB", root)
    return body


def _read_zip(path: Path) -> dict[str, bytes]:
    # The archive is read once into memory: what is listed and what is read cannot then be two different files.
    body = _read_file(path, MAX_TOTAL_BYTES, path)
    members: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_MEMBERS:
                raise _refusal(f"holds {len(entries)} members, at most {MAX_MEMBERS} are taken", path)
            for entry in entries:
                if entry.orig_filename not in {f"{name}/" for name in _FOLDERS}:
                    _check_name(entry.orig_filename, members, path)
                    members[entry.orig_filename] = _read_entry(archive, entry, path)
                    _check_total(members, path)
    except _BROKEN as error:
        raise _refusal(f"is no readable zip, {error}", path) from error
    return members


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> bytes:
    name, limit = entry.orig_filename, _limit(entry.orig_filename)
    if entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _refusal(f"{name!r} is encrypted or compressed in a way that is not taken", path)
    mode = entry.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise _refusal(f"{name!r} is a link or no plain file", path)
    allowed = max(_RATIO_FREE_BYTES, MAX_RATIO * entry.compress_size)
    with archive.open(entry) as stream:
        body = stream.read(min(limit, allowed) + 1)
    if len(body) > allowed:
        raise _refusal(f"{name!r} unpacks to more than {MAX_RATIO} times its size", path)
    if len(body) > limit:
        raise _refusal(f"{name!r} is larger than {limit >> 20} MiB", path)
    return body


def _check_name(name: str, members: dict[str, bytes], root: Path) -> None:
    if name.casefold() in {known.casefold() for known in members}:
        raise _refusal(f"{name!r} is there twice", root)
    if not MEMBER_NAME.fullmatch(name):
        raise _refusal(f"{name!r} is no name of a member, only {MANIFEST}, {MODEL} and golden/NNN are", root)
    if len(members) >= MAX_MEMBERS:
        raise _refusal(f"holds more than {MAX_MEMBERS} members", root)


def _check_total(members: dict[str, bytes], root: Path) -> None:
    if sum(map(len, members.values())) > MAX_TOTAL_BYTES:
        raise _refusal(f"is larger than {MAX_TOTAL_BYTES >> 20} MiB", root)


def _limit(name: str) -> int:
    return MAX_MODEL_BYTES if name == MODEL else MAX_OTHER_BYTES


def _refusal(what: str, path: Path) -> ModelPackageError:
    return ModelPackageError(f"the model package {what}", where=str(path), remedy="fetch or write the package again")
