"""Accounts in the real program: set up, signed in, refused, and the engine ended by whoever owns it."""

import signal
from pathlib import Path

from station_app.core.messages import CommandRefused, Pause, SelectRecipe, Shutdown
from station_app.core.people import Person, Role, SecretKind, Signature
from station_app.core.people_messages import (
    AddPerson,
    PeopleListed,
    SessionChanged,
    SetUpAdministrator,
    SignInRefused,
    SignInWith,
)
from station_app.store.verification import verify
from tests.end_to_end.programs import connected, heard, run_program, started_program

PASSWORD = "a long password"


def test_a_station_gets_its_people_and_they_get_their_rights(tmp_path: Path) -> None:
    with started_program("engine", "--data-dir", tmp_path) as engine:
        with connected(tmp_path) as client:
            assert not heard(client, SessionChanged).has_people
            client.send(SetUpAdministrator("boss", "The Boss", PASSWORD))
            assert heard(client, SessionChanged, lambda event: event.name == "boss").role is Role.ADMIN
            boss = Signature("boss", PASSWORD)
            client.send(AddPerson(Person("anna", "Anna", Role.LEAD), PASSWORD, "4711", "", boss, "new here"))
            assert len(heard(client, PeopleListed, lambda event: len(event.people) > 1).people) == 2
            client.send(SignInWith("anna", SecretKind.PIN, "0000"))
            assert heard(client, SignInRefused).name == "anna"
            client.send(SignInWith("anna", SecretKind.PIN, "4711"))
            told = heard(client, SessionChanged, lambda event: event.name == "anna")
            assert (told.role, told.full_role) == (Role.OPERATOR, Role.LEAD)
            client.send(Shutdown())
            assert heard(client, CommandRefused).remedy == "sign in again with your password"
            client.send(SelectRecipe("none"))
            said = heard(client, CommandRefused).what  # as the line is starting or runs; never that anna may not
            assert said in ("there is no recipe 'none'", "the line is running")
            client.send(Pause())
            client.send(SignInWith("anna", SecretKind.PASSWORD, PASSWORD))
            assert heard(client, SessionChanged, lambda event: event.role is Role.LEAD).name == "anna"
        engine.send_signal(signal.SIGTERM)
        assert engine.wait(40) == 0
    assert verify(tmp_path) == ()
    listed = run_program("audit", "--data-dir", tmp_path, "--who", "anna").stdout
    assert listed.count("signed_in") == 2 and "refused" in listed
    logs = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "logs").iterdir())
    assert PASSWORD not in logs and "4711" not in logs
