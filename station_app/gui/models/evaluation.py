"""The figures of the gate that let a package out, read from its offer. GUI thread, for translations.

The offer is signed, but its figures are as another program wrote them: what cannot be read is left out.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from station_app.gui import texts
from station_app.gui.charts.words import percent
from station_app.gui.marking import QT_TRANSLATE_NOOP
from station_app.gui.recipes.row_table import Row

_RULES = {
    "golden set": QT_TRANSLATE_NOOP("Evaluation", "Golden set"),
    "overkill": QT_TRANSLATE_NOOP("Evaluation", "Overkill"),
    "McNemar": QT_TRANSLATE_NOOP("Evaluation", "Right alone"),
    "controls": QT_TRANSLATE_NOOP("Evaluation", "Random controls"),
    "latency": QT_TRANSLATE_NOOP("Evaluation", "Time for a part"),
    "golden tensors": QT_TRANSLATE_NOOP("Evaluation", "Golden tensors"),
}
_OUTCOMES = {
    "passed": QT_TRANSLATE_NOOP("Evaluation", "held"),
    "refused": QT_TRANSLATE_NOOP("Evaluation", "REFUSED"),
    "not_asked": QT_TRANSLATE_NOOP("Evaluation", "not asked"),
}
_ESCAPES_OF = "escapes of "
_COMPARED = "compared"
"""In a package's own manifest the comparison stands under this name, in an offer by itself."""


def evaluation_rows(evaluation: Mapping[str, Any]) -> tuple[Row, ...]:
    """Escapes and overkill of both with intervals, on the golden set and on parts drawn at random, then the rules."""
    compared = _table(evaluation.get(_COMPARED)) or evaluation
    figures = _table(compared.get("figures"))
    rows = [*_golden_rows(_table(figures.get("golden"))), *_control_rows(_table(figures.get("controls")))]
    gate = compared.get("gate")
    rules = gate if isinstance(gate, list) else []
    return (*rows, *(row for rule in rules for row in _rule_rows(_table(rule))))


def _golden_rows(golden: Mapping[str, Any]) -> Iterator[Row]:
    translate = QCoreApplication.translate
    yield from _both(translate("Evaluation", "Golden set: escapes"), golden, "escapes")
    yield from _both(translate("Evaluation", "Golden set: overkill"), golden, "overkill")
    candidate, champion = (_table(_table(golden.get(who)).get("escapes_of")) for who in ("candidate", "champion"))
    words = translate("Evaluation", "Golden set: escapes of {kind}")
    for kind, share in candidate.items():
        cells = (words.format(kind=texts.label_name(str(kind))), _share(share), _share(champion.get(kind)))
        yield Row(cells)


def _control_rows(controls: Mapping[str, Any]) -> Iterator[Row]:
    translate = QCoreApplication.translate
    yield from _both(translate("Evaluation", "Drawn at random: escapes"), controls, "escapes")
    yield from _both(translate("Evaluation", "Drawn at random: overkill"), controls, "overkill")


def _both(name: str, figures: Mapping[str, Any], key: str) -> Iterator[Row]:
    candidate, champion = (_table(figures.get(who)).get(key) for who in ("candidate", "champion"))
    if candidate is not None or champion is not None:
        yield Row((name, _share(candidate), _share(champion)))


def _rule_rows(rule: Mapping[str, Any]) -> Iterator[Row]:
    """Figures and caveat are sentences of the gate, in English."""
    name, outcome = str(rule.get("name", "")), str(rule.get("outcome", ""))
    if name and outcome in _OUTCOMES:
        translate = QCoreApplication.translate
        words = translate("Evaluation", "Gate: {rule}").format(rule=_rule_name(name))
        caveat = f" ({rule['caveat']})" if rule.get("caveat") else ""
        told = f"{translate('Evaluation', _OUTCOMES[outcome])} · {rule.get('figures', '')}{caveat}"
        yield Row((words, told, ""), is_marked=outcome == "refused")


def _rule_name(name: str) -> str:
    translate = QCoreApplication.translate
    if name.startswith(_ESCAPES_OF):
        kind = texts.label_name(name.removeprefix(_ESCAPES_OF))
        return translate("Evaluation", "escapes of {kind}").format(kind=kind)
    return translate("Evaluation", _RULES[name]) if name in _RULES else name


def _share(share: object) -> str:
    """Count, share and interval; "–" where there is nothing to judge by."""
    try:
        table = _table(share)
        count, total = int(table["count"]), int(table["total"])
        told = [percent(float(table[name])) for name in ("share", "low", "high")]
    except (KeyError, TypeError, ValueError):
        return "–"
    if not total:
        return "–"
    words = QCoreApplication.translate("Evaluation", "{count} of {total}: {share} ({low} to {high})")
    return words.format(count=count, total=total, share=told[0], low=told[1], high=told[2])


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
