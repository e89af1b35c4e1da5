"""`station-app models keys`: whose offers of models this station takes."""

import getpass
import sys
from argparse import Namespace
from pathlib import Path

from station_app.command_line.arguments import data_dir_of
from station_app.core.errors import ConfigError
from station_app.store.model_keys import TrustedKeys, key_id, make_publishing_key, public_of
from station_app.store.trusting import Asking, retire_key, trust_key


def run_keys(arguments: Namespace) -> int:
    """StationError where it cannot be done."""
    match arguments.key_act:
        case "list":
            _list(TrustedKeys(data_dir_of(arguments)))
        case "make":
            public = make_publishing_key(arguments.file).public_bytes
            sys.stdout.write(f"{key_id(public)}  {arguments.file} (keep it secret), {arguments.file}.pub\n")
        case "add":
            public = _public(arguments.public)
            trust_key(data_dir_of(arguments), public, _asking(arguments))
            sys.stdout.write(f"{key_id(public)} is trusted from now on; it is in the audit chain\n")
        case "retire":
            retire_key(data_dir_of(arguments), arguments.key_id, _asking(arguments))
            sys.stdout.write(f"{arguments.key_id} is retired, for good; it is in the audit chain\n")
    return 0


def _list(keys: TrustedKeys) -> None:
    if not keys.now():
        sys.stdout.write("no key is trusted, so no model is taken: station-app models keys add\n")
    for state, found in (("trusted", keys.now()), ("retired", keys.retired())):
        sys.stdout.writelines(f"{name}  {state}  {public.hex()}\n" for name, public in found.items())


def _asking(arguments: Namespace) -> Asking:
    return Asking(arguments.by, _password() if arguments.by else "", arguments.reason)


def _public(text: str) -> bytes:
    path = Path(text)
    try:
        return public_of(path.read_text("ascii") if path.is_file() else text)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError("the public key cannot be read", where=text, remedy="give its 64 hex digits") from error


def _password() -> str:
    """Not shown, or one line of a pipe; never an argument, which everybody on the computer sees."""
    return getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
