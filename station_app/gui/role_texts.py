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
    """Name and role in two lines, and what happened to the rights of this role where they are less now."""
    who = session.full_name or session.name
    if is_lowered(session):
        lowered = QCoreApplication.translate("Role", "Operator's rights: sign in again for more")
        return f"{who}\n{lowered}"
    return f"{who}\n{role_name(session.role)}"
