"""Who may have which command carried out: the one place where it is enforced.

What the station does by itself (its triggers, its scanner's serial numbers, the programs that run the engine in their
own process) is no command of a person and passes here without question, or not at all.
"""

from dataclasses import replace
from types import MappingProxyType

from station_app.core.account_rules import key_of
from station_app.core.chart_messages import FreezeLimits, NoteMarker
from station_app.core.errors import NotAllowedError
from station_app.core.export_messages import NoteExport
from station_app.core.messages import (
    AcknowledgeAlarm,
    Command,
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
from station_app.core.people import Act, Role, Signature, may
from station_app.core.people_messages import (
    AddPerson,
    ChangePerson,
    SessionChanged,
    SetSecret,
    SetUpAdministrator,
    SignInWith,
    StayActive,
)
from station_app.core.recipe_messages import ActivateRevision, ApproveRevision, RetireRevision, SaveDraft, TakeInFile
from station_app.core.review_messages import MarkSuspect, RecordReview, UndoReview
from station_app.core.serial_messages import SetLot
from station_app.core.setup_messages import (
    AcceptSetup,
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
from station_app.engine.audit_trail import AuditTrail
from station_app.engine.crew import Crew, is_elevated

EVERYBODY = None
"""Needs nobody's rights: stopping and looking, who somebody is, and the serial number of a part that comes anyway."""

NEEDED: MappingProxyType[type, Act | None] = MappingProxyType(
    {
        Pause: EVERYBODY,
        SetSerial: EVERYBODY,
        AcknowledgeAlarm: EVERYBODY,
        WatchCamera: EVERYBODY,
        ReadFeatures: EVERYBODY,
        SignIn: EVERYBODY,
        SignInWith: EVERYBODY,
        StayActive: EVERYBODY,
        SetUpAdministrator: EVERYBODY,
        Start: Act.RUN_LINE,
        TriggerPart: Act.RUN_LINE,
        SetLot: Act.RUN_LINE,
        StartRoll: Act.RUN_LINE,
        StopRoll: Act.RUN_LINE,
        TakeTestShot: Act.RUN_LINE,
        SelectRecipe: Act.CHOOSE_RECIPE,
        RecordOverride: Act.OVERRIDE,
        UndoOverride: Act.OVERRIDE,
        MarkSuspect: Act.OVERRIDE,
        AnswerShowing: Act.OVERRIDE,
        RecordReview: Act.REVIEW,
        UndoReview: Act.REVIEW,
        StartStudy: Act.RUN_STUDY,
        CloseStudy: Act.RUN_STUDY,
        FreezeLimits: Act.FREEZE_LIMITS,
        NoteMarker: Act.FREEZE_LIMITS,
        NoteExport: Act.EXPORT,
        SyncNow: Act.EXPORT,
        SaveDraft: Act.EDIT_RECIPE,
        TakeInFile: Act.EDIT_RECIPE,
        ApproveRevision: Act.APPROVE_RECIPE,
        ActivateRevision: Act.APPROVE_RECIPE,
        RetireRevision: Act.APPROVE_RECIPE,
        FetchModels: Act.APPROVE_RECIPE,
        StartShadow: Act.APPROVE_RECIPE,
        StopShadow: Act.APPROVE_RECIPE,
        PromoteModel: Act.APPROVE_RECIPE,
        RollBackModel: Act.UNDO_LATE,
        WriteFeature: Act.CHANGE_SETUP,
        SaveReference: Act.CHANGE_SETUP,
        AcceptSetup: Act.CHANGE_SETUP,
        TeachFlatField: Act.CHANGE_SETUP,
        AddPerson: Act.CHANGE_PEOPLE,
        ChangePerson: Act.CHANGE_PEOPLE,
        SetSecret: Act.CHANGE_PEOPLE,
        Shutdown: Act.SHUT_DOWN,
    }
)
"""What each command needs. One that carries a signature needs it of who signed, whoever stands at the station: the room
that carries it out proves the signature."""

CHANGES = frozenset({Act.EDIT_RECIPE, Act.APPROVE_RECIPE, Act.CHANGE_SETUP, Act.CHANGE_PEOPLE})
"""What must not happen unseen: refused while the audit chain takes no note."""

_BY_ITSELF = (TriggerPart, SetSerial, WatchCamera)
"""Also sent without a hand: no sign that the person is at work."""


def needed(command: Command) -> Act | None:
    """What this command needs, `EVERYBODY` where it needs nothing."""
    match command:
        case RecordReview(is_adjudication=True):
            return Act.ADJUDICATE
        case SetSecret(name=name, signature=signature) if key_of(name) == key_of(signature.name):
            return EVERYBODY  # one's own, proved by what one has
        case _:
            return NEEDED[type(command)]


class Permissions:
    """Lets commands through, or says why not."""

    def __init__(self, crew: Crew, audit: AuditTrail) -> None:
        self._crew = crew
        self._audit = audit

    def admit(self, command: Command) -> Command:
        """The command as it may be carried out: where there are accounts, in the name of who is signed in. A refused
        act beyond an operator's rights is audited. NotAllowedError where it may not be done."""
        act, session = needed(command), self._crew.session
        if act is not None:
            try:
                self._check(command, act, session)
            except NotAllowedError as error:
                if is_elevated(act):
                    self._audit.note(session.name, "refused", type(command).__name__, error.what)
                raise
        if not isinstance(command, _BY_ITSELF):
            self._crew.hear()
        return _in_the_name_of(session, command)

    def _check(self, command: Command, act: Act, session: SessionChanged) -> None:
        signature = getattr(command, "signature", None)
        if not session.has_people:
            _check_without_accounts(act)
        elif isinstance(signature, Signature):
            self._check_signer(signature, act)
        else:
            _check_session(session, act)
        if act in CHANGES and self._audit.is_failing:
            remedy = "see the alarms; the inspection goes on"
            raise NotAllowedError("changes cannot be audited now, so none is made", remedy=remedy)

    def _check_signer(self, signature: Signature, act: Act) -> None:
        person = self._crew.find(signature.name)
        # Of somebody unknown the room says that the name or the secret is wrong, after as long a time.
        if person is not None and not may(person.role, act):
            raise NotAllowedError("the role of who signed may not do this", remedy="let somebody sign who may")


def _check_session(session: SessionChanged, act: Act) -> None:
    if not session.name:
        raise NotAllowedError("nobody is signed in", remedy="sign in with your badge, PIN or password")
    if not may(session.role, act):
        has_more = may(session.full_role, act)
        remedy = "sign in again with your password" if has_more else "ask somebody whose role may"
        raise NotAllowedError("the rights that hold now do not allow this", remedy=remedy)


def _in_the_name_of(session: SessionChanged, command: Command) -> Command:
    if not session.has_people or isinstance(command, SignIn) or not hasattr(command, "operator"):
        return command
    return replace(command, operator=session.name)  # type: ignore[arg-type]  # those that have the field


def _check_without_accounts(act: Act) -> None:
    """The line runs and can be ended as soon as the station is installed; nothing of it can be changed."""
    if act is not Act.SHUT_DOWN and not may(Role.OPERATOR, act):
        raise NotAllowedError("this needs an account", remedy="set up an administrator first")
