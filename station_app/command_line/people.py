"""`station-app people`: every account, and the way back in where no administrator knows the password any more."""

import getpass
import sys
from argparse import Namespace

from station_app.command_line.arguments import data_dir_of
from station_app.core.errors import ConfigError
from station_app.store.administrator import list_people, reset_administrator


def run_people(arguments: Namespace) -> int:
    """StationError where it cannot be done."""
    folder = data_dir_of(arguments)
    if arguments.act == "list":
        for person in list_people(folder):
            state = "active" if person.is_active else "closed"
            secrets = ", ".join(person.secrets) or "no secret"
            sys.stdout.write(f"{person.name}  {person.full_name}  {person.role}  {state}  ({secrets})\n")
        return 0
    reset_administrator(folder, arguments.name, _new_password(), arguments.reason)
    sys.stdout.write(f"{arguments.name} is an administrator with the new password; it is in the audit chain\n")
    return 0


def _new_password() -> str:
    """Typed twice and not shown, or one line of a pipe; never an argument, which everybody on the computer sees."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("New password: ")
    if getpass.getpass("Once more: ") != password:
        raise ConfigError("the two passwords differ", remedy="begin again")
    return password
