"""A promotion in words: what each figure means, what will happen, who has signed. GUI thread, for translations."""

from PySide6.QtCore import QCoreApplication

from station_app.core.model_messages import ModelState
from station_app.gui.charts.words import local_time
from station_app.gui.marking import QT_TRANSLATE_NOOP
from station_app.gui.models.model_words import model_name, share_words
from station_app.gui.models.promotion import LIMITS, Proposal, RuleField, outlook
from station_app.gui.models.records import SignedTerms
from station_app.gui.recipes.row_table import Row

_FIELDS = {
    RuleField.GOOD_SHARE: QT_TRANSLATE_NOOP(
        "Promotion", "Good, if at most so many of its verdicts are overturned or lost"
    ),
    RuleField.BAD_SHARE: QT_TRANSLATE_NOOP("Promotion", "Bad, if at least so many of them are"),
    RuleField.ALPHA: QT_TRANSLATE_NOOP("Promotion", "Chance that a good one is stopped all the same"),
    RuleField.BETA: QT_TRANSLATE_NOOP("Promotion", "Chance that a bad one passes all the same"),
    RuleField.MIN_PARTS: QT_TRANSLATE_NOOP("Promotion", "It cannot pass before so many parts"),
}


def _said(source: str) -> str:
    return QCoreApplication.translate("Promotion", source)


def title_words(model: ModelState) -> str:
    words = QCoreApplication.translate("Promotion", "Promote {model} for {recipe}, camera {camera}")
    return words.format(model=model_name(model), recipe=model.recipe, camera=model.camera)


def rule_heads() -> tuple[str, str, str]:
    translate = QCoreApplication.translate
    return translate("Promotion", "Stop rule"), translate("Promotion", "Value"), translate("Promotion", "Limits")


def field_row(field: RuleField, proposal: Proposal, *, is_editable: bool) -> Row:
    """Name, value and limits of one field of the stop rule."""
    least, most = LIMITS[field]
    value = getattr(proposal.rule, field.value)
    if field is RuleField.MIN_PARTS:
        cells = (_said(_FIELDS[field]), f"{value:,}", f"{least:,.0f} – {most:,.0f}")
    else:
        cells = (_said(_FIELDS[field]), share_words(value), f"{share_words(least)} – {share_words(most)}")
    return Row(cells, editable=(1,) if is_editable else ())


def outlook_words(proposal: Proposal) -> str:
    """What the rule comes to, before it begins."""
    translate = QCoreApplication.translate
    if not proposal.is_canary:
        return translate(
            "Promotion", "All parts at once: no stop rule. The station watches it and rolls back by itself on faults"
        )
    told = outlook(proposal.rule)
    words = translate(
        "Promotion",
        "A sequential test (Wald) after every part: {stops} bad ones at the start stop it; without any it has passed"
        " after {passes} parts of its own, about {line} of the line",
    )
    return words.format(
        stops=told.stops_at, passes=f"{told.passes_at:,}", line=f"{told.passes_at / proposal.share:,.0f}"
    )


def consequence_words(model: ModelState, champion: str, proposal: Proposal) -> str:
    """What will happen to the line."""
    translate = QCoreApplication.translate
    if proposal.is_canary:
        words = translate(
            "Promotion",
            "With the second signature, from the next part on: {model} decides {share} of the parts, drawn evenly;"
            " {champion} decides the others. The line goes on. The station rolls back by itself when the stop rule"
            " says so, or when the model fails, is too slow or is overturned too often",
        )
    else:
        words = translate(
            "Promotion",
            "With the second signature, from the next part on: {model} decides every part in place of {champion}."
            " The line goes on. {champion} stays at the station and is back in one press, and by itself when the"
            " model fails, is too slow or is overturned too often",
        )
    before = champion or translate("Promotion", "the champion of now")
    return words.format(model=model_name(model), share=share_words(proposal.share), champion=before)


def terms_words(terms: SignedTerms) -> str:
    """What one person has signed for."""
    words = QCoreApplication.translate("Promotion", "{name} signed for {share} of the parts, {time}")
    told = words.format(name=terms.name, share=share_words(terms.share), time=local_time(terms.at_ms / 1000))
    return f"{told}: {terms.reason}" if terms.reason else told


def waiting_words(model: ModelState, first: SignedTerms | None, *, is_older: bool) -> str:
    """What was signed already, and what is unusual about it."""
    translate = QCoreApplication.translate
    if is_older:
        return translate(
            "Promotion",
            "The channel has offered a higher number here: say why this one is let in all the same. Both sign for that",
        )
    if first is not None:
        return translate("Promotion", "{terms}. You sign for exactly the same").format(terms=terms_words(first))
    if model.signed_by:
        return translate("Promotion", "{names} signed. Reading what for…").format(names=", ".join(model.signed_by))
    return translate("Promotion", "Two different people sign, one after the other: an engineer and one of quality")
