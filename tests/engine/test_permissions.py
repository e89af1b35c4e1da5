"""Who may do what, for every role and every command, asked of a real engine."""

from dataclasses import fields
from typing import cast, get_args

import pytest

from station_app.core.chart_messages import FreezeLimits, NoteMarker
from station_app.core.export_messages import NoteExport
from station_app.core.inspection import Disposition
from station_app.core.messages import (
    AcknowledgeAlarm,
    AlarmRaised,
    Command,
    CommandRefused,
    EngineState,
    Pause,
    RecordOverride,
    SelectRecipe,
    SetSerial,
    Shutdown,
    SignIn,
    Start,
    TriggerPart,
    UndoOverride,
)
from station_app.core.model_messages import FetchModels, PromoteModel, RollBackModel, StartShadow, StopShadow
from station_app.core.people import ALLOWED, UNDO_WITHIN_MS, Act, Person, Role, SecretKind, Signature, may
from station_app.core.people_messages import (
    AddPerson,
    ChangePerson,
    SetSecret,
    SetUpAdministrator,
    SignInWith,
    StayActive,
)
from station_app.core.recipe_messages import ActivateRevision, ApproveRevision, RetireRevision, SaveDraft, TakeInFile
from station_app.core.review import Answer, Queue
from station_app.core.review_messages import MarkSuspect, RecordReview, UndoReview
from station_app.core.serial_messages import SetLot
from station_app.core.setup_messages import (
    AcceptSetup,
    FlatFieldStep,
    ReadFeatures,
    SaveReference,
    TakeTestShot,
    TeachFlatField,
    WatchCamera,
    WriteFeature,
)
from station_app.core.study_messages import AnswerShowing, CloseStudy, StartStudy
from station_app.core.sync_messages import SyncNow
from station_app.core.web_messages import StartRoll, StopRoll
from station_app.engine.permissions import CHANGES, NEEDED, needed
from tests.engine.conftest import Open
from tests.engine.fakes import DISK_FULL, PATIENCE_S, FakeLedger
from tests.engine.line import Line
from tests.engine.people import FakeRoster, password_of

PEOPLE = tuple(Person(role.value, role.value.title(), role) for role in Role)
REFUSED = {
    "the rights that hold now do not allow this",
    "the role of who signed may not do this",
    "nobody is signed in",
    "this needs an account",
}
"""What the permissions say; everything else is said by a room that was let in."""
SOMEBODY = Person("new", "New", Role.OPERATOR)


def signed(role: Role) -> Signature:
    return Signature(role.value, password_of(role.value))


def commands_of(role: Role) -> tuple[Command, ...]:
    """One of each kind, signed by this role where it is signed."""
    signature = signed(role)
    return (
        Pause(),
        SetSerial("1"),
        AcknowledgeAlarm("none"),
        WatchCamera(""),
        ReadFeatures("top"),
        StayActive(),
        SetUpAdministrator("boss", "Boss", "long enough to be one"),
        SignIn("somebody"),
        SelectRecipe("none"),
        Start(),
        TriggerPart(),
        SetLot("L7"),
        StartRoll("roll"),
        StopRoll(),
        TakeTestShot("none"),
        RecordOverride(99, Disposition.AGREE, "somebody"),
        UndoOverride(99, "somebody"),
        MarkSuspect(99, "odd"),
        AnswerShowing(99, 1, False, 100),
        RecordReview(99, Queue.BLIND, Answer.GOOD, True),
        RecordReview(99, Queue.BLIND, Answer.GOOD, True, is_adjudication=True),
        UndoReview(99),
        StartStudy("study", (), (), 2),
        CloseStudy(99),
        FreezeLimits("ng_share/day", "A17", 0, 3_600_000, "because"),
        NoteMarker("ng_share/day", "A17", 0, "new lamp"),
        NoteExport("csv", "history", "", 3, "ab" * 32),
        SyncNow(),
        SaveDraft("A17", "text", "because"),
        TakeInFile("A17", "new file"),
        ApproveRevision("A17", 1, "", signature, "because"),
        ActivateRevision("A17", 1, signature, "because"),
        RetireRevision("A17", 1, signature, "because"),
        FetchModels("somebody"),
        StartShadow("none", "A17", "top"),
        StopShadow("none", "A17", "top"),
        PromoteModel("none", "A17", "top", 1.0, signature),
        RollBackModel("none", "A17", "top", "because"),
        WriteFeature("none", "gain", "1"),
        SaveReference("none", "somebody"),
        AcceptSetup("somebody", "because"),
        TeachFlatField("none", FlatFieldStep.DISCARD),
        AddPerson(SOMEBODY, "", "", "", signature),
        ChangePerson(SOMEBODY, signature, "because"),
        SetSecret("operator", SecretKind.PIN, "1234", Signature(role.value, "x")),
        Shutdown(),
    )


def is_refused(line: Line, command: Command) -> bool:
    """Whether the permissions kept it from being carried out."""
    before = len(line.heard.of(CommandRefused))
    line.engine.obey(command)
    told = line.heard.of(CommandRefused)[before:]
    return any(event.what in REFUSED for event in told)


@pytest.fixture
def line(open_faked: Open) -> Line:
    return open_faked(roster=FakeRoster(*PEOPLE))


def audited(line: Line) -> list[tuple[str, str, str, str]]:
    return cast(FakeLedger, line.ledger).audited("refused")


def test_every_command_says_what_it_needs() -> None:
    assert set(NEEDED) == set(get_args(Command))


def test_the_matrix_asks_for_every_command() -> None:
    asked = {type(command) for command in commands_of(Role.ADMIN)}
    assert asked | {SignInWith} == set(get_args(Command))


def test_every_act_beyond_looking_is_needed_by_some_command() -> None:
    known = {needed(command) for command in commands_of(Role.ADMIN)} - {None}
    # Seen and exported is what the screens read by themselves; a late undo is told by the records.
    assert set(Act) - known <= {Act.SEE_HISTORY, Act.SEE_AUDIT, Act.EXPORT, Act.UNDO_LATE}


@pytest.mark.parametrize("role", Role)
def test_every_role_does_what_it_may_and_nothing_else(line: Line, role: Role) -> None:
    for command in commands_of(role):
        act = needed(command)
        line.sign_in(role.value)
        assert is_refused(line, command) == (act is not None and not may(role, act)), command


@pytest.mark.parametrize("role", Role)
def test_a_pin_and_a_badge_give_an_operators_rights(line: Line, role: Role) -> None:
    roster = cast(FakeRoster, line.engine._setup.roster)
    roster.give(role.value, SecretKind.PIN, "4711")
    for command in commands_of(role):
        act = needed(command)
        line.engine.obey(SignInWith(role.value, SecretKind.PIN, "4711"))
        is_signed = hasattr(command, "signature")
        rights = role if is_signed else Role.OPERATOR
        assert is_refused(line, command) == (act is not None and not may(rights, act)), command


def test_where_nobody_is_signed_in_only_what_everybody_may_is_done(line: Line) -> None:
    for command in commands_of(Role.OPERATOR):
        assert is_refused(line, command) == (needed(command) is not None), command


def test_before_there_are_accounts_the_line_runs_and_nothing_can_be_changed(open_faked: Open) -> None:
    line = open_faked()
    for command in commands_of(Role.ADMIN):
        if isinstance(command, SetUpAdministrator):
            continue
        act = needed(command)
        allowed = act is None or act in ALLOWED[Role.OPERATOR] or act is Act.SHUT_DOWN
        assert is_refused(line, command) == (not allowed), command


def test_a_refused_act_beyond_an_operators_rights_is_audited(line: Line) -> None:
    line.sign_in("operator")
    line.engine.obey(WriteFeature("top", "gain", "1", "somebody else"))
    what = "the rights that hold now do not allow this"
    assert audited(line) == [("operator", "refused", "WriteFeature", what)]
    assert line.heard.of(CommandRefused) == (CommandRefused("WriteFeature", what, "ask somebody whose role may"),)


def test_who_could_have_more_rights_is_told_how(line: Line) -> None:
    cast(FakeRoster, line.engine._setup.roster).give("engineer", SecretKind.PIN, "4711")
    line.engine.obey(SignInWith("engineer", SecretKind.PIN, "4711"))
    line.engine.obey(SaveReference("top", ""))
    assert line.heard.of(CommandRefused)[-1].remedy == "sign in again with your password"


def test_a_command_is_carried_out_in_the_name_of_who_is_signed_in(line: Line) -> None:
    line.sign_in("operator")
    line.engine.load("A17")
    line.engine.start()
    line.inspect()
    line.engine.obey(RecordOverride(1, Disposition.MISSED_DEFECT, "somebody else"))
    (override,) = cast(FakeLedger, line.ledger).overrides
    assert override.operator == "operator"


@pytest.mark.parametrize("role", [role for role in Role if may(role, Act.OVERRIDE)])
def test_an_operator_takes_back_only_what_is_fresh(line: Line, role: Role) -> None:
    line.sign_in(role.value)
    line.engine.obey(UndoOverride(1, ""))
    limit = None if may(role, Act.UNDO_LATE) else UNDO_WITHIN_MS
    assert cast(FakeLedger, line.ledger).undo_within_ms == limit


def test_choosing_a_recipe_signs_nobody_in_where_there_are_accounts(line: Line) -> None:
    line.sign_in("operator")
    line.engine.obey(SelectRecipe("A17", "somebody else"))
    assert line.refusals() == []
    assert line.engine.describe().operator == "operator"


def test_every_command_that_names_an_operator_is_among_those_that_are_rewritten() -> None:
    """Whoever adds such a command: its field must have this name, or the message says who acted."""
    named = {kind.__name__: {field.name for field in fields(kind)} for kind in get_args(Command)}
    others = {"by", "who", "user", "actor", "reviewer", "appraiser", "person_name"}
    assert not {kind: names & others for kind, names in named.items() if names & others}


@pytest.mark.parametrize("is_chain_broken", [False, True])
def test_while_nothing_can_be_audited_nothing_is_changed_and_the_line_goes_on(
    line: Line, is_chain_broken: bool
) -> None:
    ledger = cast(FakeLedger, line.ledger)
    line.sign_in("engineer")
    line.run()
    if is_chain_broken:
        ledger.head_refusal = DISK_FULL
        line.engine._books.heads._sign()
    else:
        ledger.audit_refusal = DISK_FULL
        line.engine.obey(AcknowledgeAlarm("none"))
    for command in commands_of(Role.ENGINEER):
        if needed(command) in CHANGES and may(Role.ENGINEER, needed(command) or Act.RUN_LINE):
            line.engine.obey(command)
            assert line.refusals()[-1] == "changes cannot be audited now, so none is made", command
    assert line.engine.state is EngineState.RUNNING and line.inspect()[0].reason is None
    assert {alarm.code for alarm in line.heard.of(AlarmRaised)} & {"storage", "audit"}
    ledger.head_refusal = ledger.audit_refusal = None
    line.engine._books.heads._sign()
    line.engine.obey(AcknowledgeAlarm("none"))
    line.engine.obey(SaveReference("none", ""))
    assert line.refusals()[-1] != "changes cannot be audited now, so none is made"


def test_trying_a_secret_holds_up_neither_the_line_nor_a_stop(line: Line) -> None:
    import threading

    roster = cast(FakeRoster, line.engine._setup.roster)
    line.sign_in("operator")
    line.run()
    roster.trying.clear()
    roster.may_answer.clear()
    slow = threading.Thread(
        target=line.engine.obey, args=(SignInWith("lead", SecretKind.PASSWORD, password_of("lead")),)
    )
    slow.start()
    assert roster.trying.wait(PATIENCE_S)
    assert line.inspect(3)
    line.engine.obey(Pause())
    assert line.engine.state is EngineState.PAUSED
    roster.may_answer.set()
    slow.join(PATIENCE_S)
    assert line.engine.describe().operator == "lead"
    assert not any(name.startswith(("inspect", "acquire", "database")) for name in roster.threads)
