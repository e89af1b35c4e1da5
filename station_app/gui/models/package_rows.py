"""What is known of a package, as rows of words beside the champion that it replaces. GUI thread, for translations."""

from PySide6.QtCore import QCoreApplication

from station_app.core.model_messages import ModelState
from station_app.gui.charts.words import joined, local_time
from station_app.gui.models.evaluation import evaluation_rows
from station_app.gui.models.model_words import share_words, short_hash, stage_name
from station_app.gui.models.models_state import ModelsState
from station_app.gui.models.promotion_words import terms_words
from station_app.gui.models.records import PackageRecord, Step
from station_app.gui.recipes.row_table import Row


def row_heads() -> tuple[str, str, str]:
    translate = QCoreApplication.translate
    return (
        translate("PackageRows", "What"),
        translate("PackageRows", "This package"),
        translate("PackageRows", "The one it replaces"),
    )


def package_rows(state: ModelsState) -> tuple[Row, ...]:
    """What it is, who did what with it, and the figures of the gate."""
    model, record = state.model, state.package
    if model is None:
        return ()
    if record is None:
        return _facts(model, state)
    return (*_facts(model, state), *evaluation_rows(record.evaluation), *_history(record))


def _facts(model: ModelState, state: ModelsState) -> tuple[Row, ...]:
    translate = QCoreApplication.translate
    champion, other = state.named(model.replaces), state.name_of(model.replaces)
    rows = [
        Row(
            (
                translate("PackageRows", "Package"),
                short_hash(model.sha256),
                f"{other} {short_hash(model.replaces)}".strip(),
            )
        ),
        Row((translate("PackageRows", "Channel, number"), _channel(model), _channel(champion) if champion else "")),
        Row((translate("PackageRows", "Dataset"), short_hash(model.dataset) or "–", "")),
    ]
    if model.share:
        rows.append(Row((translate("PackageRows", "Decides"), share_words(model.share), "")))
    if model.shadow_parts:
        words = translate("PackageRows", "{parts} parts, {other} judged otherwise")
        said = words.format(parts=f"{model.shadow_parts:,}", other=f"{model.discordant_parts:,}")
        rows.append(Row((translate("PackageRows", "In shadow"), said, "")))
    return tuple(rows)


def _channel(model: ModelState) -> str:
    return f"{model.channel} {model.number}".strip() if model.channel else "–"


def _history(record: PackageRecord) -> tuple[Row, ...]:
    """Stages and signatures, in the order in which they came."""
    head = QCoreApplication.translate("PackageRows", "Signed")
    rows = [(terms.at_ms, Row((head, terms_words(terms), ""))) for terms in record.signatures]
    rows += [(step.at_ms, _step_row(step)) for step in record.steps]  # a second signature and its stage come at once
    return tuple(row for _, row in sorted(rows, key=lambda entry: entry[0]))


def _step_row(step: Step) -> Row:
    told = joined(local_time(step.at_ms / 1000), step.by, step.reason)
    return Row((stage_name(step.stage), told, ""))
