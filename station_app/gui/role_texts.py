"""The words of roles and secrets, and who is signed in as the screen says it. GUI thread, for the translations."""

from PySide6.QtCore import QCoreApplication

from station_app.core.people import Role, SecretKind
from station_app.core.people_messages import SessionChanged
from station_app.gui.marking import QT_TRANSLATE_NOOP
from station_app.gui.rights import is_lowered

_ROLES = {
    Role.OPERATOR: QT_TRANSLATE_NOOP("Role", "Operator"),
    Role.LEAD: QT_TRANSLATE_NOOP("Role", "Line lead"),
    Role.QUALITY: QT_TRANSLATE_NOOP("Role", "Quality"),
    Role.ENGINEER: QT_TRANSLATE_NOOP("Role", "Engineer"),
    Role.ADMIN: QT_TRANSLATE_NOOP("Role", "Administrator"),
}
_SECRETS = {
    SecretKind.BADGE: QT_TRANSLATE_NOOP("Secret", "Badge"),
    SecretKind.PIN: QT_TRANSLATE_NOOP("Secret", "PIN"),
    SecretKind.PASSWORD: QT_TRANSLATE_NOOP("Secret", "Password"),
}


def role_name(role: Role) -> str:
    return QCoreApplication.translate("Role", _ROLES[role])


def secret_name(kind: SecretKind) -> str:
    return QCoreApplication.translate("Secret", _SECRETS[kind])


def who_is_here(session: SessionChanged) -> str:
    """Name and role in two lines; where the rights of the role do not hold now, that instead."""
    if is_lowered(session):
        lowered = QCoreApplication.translate("Role", "Operator's rights: sign in")
        return f"{session.full_name}\n{lowered}"
    return f"{session.full_name}\n{role_name(session.role)}"


def who_is_here_spoken(session: SessionChanged) -> str:
    """The same for who has it read to them, in full."""
    if is_lowered(session):
        lowered = QCoreApplication.translate("Role", "Operator's rights: sign in again for more")
        return f"{session.full_name}, {role_name(session.full_role)}. {lowered}"
    return f"{session.full_name}, {role_name(session.role)}"
