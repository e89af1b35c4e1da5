"""Packages and their stages in words. GUI thread, for translations."""

from PySide6.QtCore import QCoreApplication

from station_app.core.model_messages import ModelStage, ModelState
from station_app.gui.marking import QT_TRANSLATE_NOOP

HASH_LETTERS, FEW_LETTERS = 12, 8
"""So many of a hash tell it apart; so many do in a narrow column."""
_STAGES = {
    ModelStage.OFFERED: QT_TRANSLATE_NOOP("Models", "Offered"),
    ModelStage.REFUSED: QT_TRANSLATE_NOOP("Models", "Refused"),
    ModelStage.PROVED: QT_TRANSLATE_NOOP("Models", "Proved"),
    ModelStage.SHADOW: QT_TRANSLATE_NOOP("Models", "Shadow"),
    ModelStage.CANARY: QT_TRANSLATE_NOOP("Models", "Canary"),
    ModelStage.ACTIVE: QT_TRANSLATE_NOOP("Models", "Active"),
    ModelStage.RETIRED: QT_TRANSLATE_NOOP("Models", "Retired"),
    ModelStage.ROLLED_BACK: QT_TRANSLATE_NOOP("Models", "Rolled back"),
}
_MEANINGS = {
    ModelStage.OFFERED: QT_TRANSLATE_NOOP(
        "Models", "Its offer was read. It is fetched and proved next: signature, hash, contract, golden images"
    ),
    ModelStage.REFUSED: QT_TRANSLATE_NOOP("Models", "It was refused and decides nothing"),
    ModelStage.PROVED: QT_TRANSLATE_NOOP(
        "Models", "Signature, hash, contract and golden images hold. Let it run in shadow to see how it judges"
    ),
    ModelStage.SHADOW: QT_TRANSLATE_NOOP(
        "Models", "It judges beside the champion and is recorded. It decides nothing. Two people may promote it"
    ),
    ModelStage.CANARY: QT_TRANSLATE_NOOP(
        "Models", "It decides {share} of the parts under its stop rule. Roll it back at any time"
    ),
    ModelStage.ACTIVE: QT_TRANSLATE_NOOP(
        "Models", "It is the champion: it decides all parts. Roll it back at any time"
    ),
    ModelStage.RETIRED: QT_TRANSLATE_NOOP("Models", "Another package is the champion after it"),
    ModelStage.ROLLED_BACK: QT_TRANSLATE_NOOP("Models", "It was taken out of service"),
}


def stage_name(stage: ModelStage) -> str:
    return QCoreApplication.translate("Models", _STAGES[stage])


def stage_meaning(model: ModelState) -> str:
    """What the stage means for the line, and what comes next."""
    words = QCoreApplication.translate("Models", _MEANINGS[model.stage])
    return words.format(share=share_words(model.share)) if "{share}" in words else words


def model_name(model: ModelState) -> str:
    return f"{model.name} {model.version}".strip()


def share_words(share: float) -> str:
    """A share of the parts in percent, without digits that say nothing."""
    return f"{100 * share:g}\N{NO-BREAK SPACE}%"


def trial_words(model: ModelState) -> str:
    """For the top strip: which version decides how much."""
    words = QCoreApplication.translate("Models", "canary {version}: {share}")
    return words.format(version=model.version, share=share_words(model.share))


def short_hash(sha256: str, letters: int = HASH_LETTERS) -> str:
    return sha256[:letters]
