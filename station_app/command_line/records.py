"""`station-app verify`, `backup` and `restore`: what was recorded, checked, copied and brought back."""

import sys
from argparse import Namespace

from station_app.command_line.arguments import data_dir_of
from station_app.store.backup import back_up, set_aside_and_restore
from station_app.store.ledger import DATABASE
from station_app.store.verification import verify


def run_verify(arguments: Namespace) -> int:
    """Name every problem of the data folder; 1 where there is any."""
    folder = data_dir_of(arguments)
    problems = verify(folder)
    for problem in problems:
        sys.stdout.write(f"FAIL {problem.what} ({problem.where}): {problem.remedy}\n")
    if not problems:
        sys.stdout.write(f"OK {folder}: database, audit chain, passes, counters and images agree\n")
    return 1 if problems else 0


def run_backup(arguments: Namespace) -> int:
    """Copy the database beside itself; StorageError where the copy would not be sound."""
    sys.stdout.write(f"{back_up(data_dir_of(arguments) / DATABASE)}\n")
    return 0


def run_restore(arguments: Namespace) -> int:
    """Set the database aside and take the newest sound backup, if there is one. The station must be closed."""
    restored = set_aside_and_restore(data_dir_of(arguments) / DATABASE)
    sys.stdout.write(f"set aside: {restored.set_aside}\n")
    if restored.backup is None:
        sys.stdout.write("no sound backup was found: the next start begins a new database\n")
        return 1
    sys.stdout.write(f"restored: {restored.backup}\n")
    return 0
