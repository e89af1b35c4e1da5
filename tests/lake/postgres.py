"""A real PostgreSQL server for one test session, where its programs are there."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS_VARIABLE = "STATION_POSTGRES"
"""Names the folder of initdb and pg_ctl where they are not in one of Debian's."""


def programs() -> Path | None:
    """The folder of the server's programs; None where there is none."""
    given = os.environ.get(PROGRAMS_VARIABLE)
    found = [Path(given)] if given else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return next((folder for folder in reversed(found) if (folder / "initdb").exists()), None)


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """A server of its own on a socket, and how it is reached. It refuses to be root: then it is `nobody`."""
    scratch = Path(tempfile.mkdtemp(prefix="pg-"))  # a socket's path must be short
    user = "nobody" if os.geteuid() == 0 else None
    if user:
        shutil.chown(scratch, user)
    control = str(folder / "pg_ctl")
    try:
        _run([str(folder / "initdb"), "-D", f"{scratch}/db", "-U", "station", "-A", "trust", "-N"], user, scratch)
        options = f"-k {scratch} -c listen_addresses= -c fsync=off"
        _run([control, "-D", f"{scratch}/db", "-w", "-l", f"{scratch}/log", "-o", options, "start"], user, scratch)
        yield f"host={scratch} user=station dbname=postgres"
        _run([control, "-D", f"{scratch}/db", "-w", "-m", "immediate", "stop"], user, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _run(command: list[str], user: str | None, folder: Path) -> None:
    entry = pwd.getpwnam(user) if user else None
    who = {"user": entry.pw_uid, "group": entry.pw_gid} if entry else {}
    subprocess.run(command, check=True, timeout=120, cwd=folder, stdout=subprocess.DEVNULL, **who)  # type: ignore[call-overload]
