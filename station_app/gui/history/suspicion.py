"""Why a part is suspect: what is asked before it is marked. GUI thread, for the translations."""

from PySide6.QtCore import QCoreApplication

from station_app.gui.question import Choice, Question

LONGEST_REASON = 120


def suspect_question() -> Question:
    """The usual reasons on tiles, and room for any other: what is recorded are the words themselves."""
    translate = QCoreApplication.translate
    usual = (
        translate("Suspicion", "Looks unlike the other parts"),
        translate("Suspicion", "May have been mixed up"),
        translate("Suspicion", "Complaint of the customer"),
    )
    return Question(
        translate("Suspicion", "Why is this part suspect? It will be reviewed"),
        tuple(Choice(words, words) for words in usual),
        translate("Suspicion", "Another reason: type it and press Enter"),
        longest=LONGEST_REASON,
    )
