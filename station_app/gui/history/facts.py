"""What is written beside a part's image, by sections. GUI thread, for the translations."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from station_app.core.inspection import CameraRecord, Finding, Inspection
from station_app.gui import texts
from station_app.gui.history.columns import local_time
from station_app.gui.history.filter_texts import reason_cause, verdict_name
from station_app.gui.history.part_record import PartRecord
from station_app.gui.marking import QT_TRANSLATE_NOOP

_TIMES = (
    ("acquire_ms", QT_TRANSLATE_NOOP("Fact", "Image taken")),
    ("queue_ms", QT_TRANSLATE_NOOP("Fact", "Waited")),
    ("inspect_ms", QT_TRANSLATE_NOOP("Fact", "Inspected")),
    ("code_ms", QT_TRANSLATE_NOOP("Fact", "Code read")),
    ("total_ms", QT_TRANSLATE_NOOP("Fact", "In all")),
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: what, and how much."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Section:
    """Facts under one heading."""

    heading: str
    facts: tuple[Fact, ...]


def sections_of(record: PartRecord) -> tuple[Section, ...]:
    """Everything that is recorded of a part, people's decisions right after the verdict."""
    found = record.inspection
    if found is None:
        return ()
    translate = QCoreApplication.translate
    made = (
        Section(translate("Fact", "Part"), _part(found)),
        Section(translate("Fact", "Verdict"), _verdict(found)),
        Section(translate("Fact", "Decisions"), _chain(record)),
        Section(translate("Fact", "Highest score of each label"), _scores(found)),
        Section(translate("Fact", "Recipe"), _recipe(found)),
        *(Section(translate("Fact", "Camera {name}").format(name=c.camera_id), _camera(c)) for c in found.cameras),
        Section(translate("Fact", "Times"), _times(found)),
    )
    return tuple(section for section in made if section.facts)


def _part(found: Inspection) -> tuple[Fact, ...]:
    translate = QCoreApplication.translate
    facts = [
        Fact(translate("Fact", "Number"), str(found.part_id)),
        Fact(translate("Fact", "Time"), local_time(found.inspected_at_ms).isoformat(" ", "milliseconds")),
    ]
    facts += [Fact(translate("Fact", "Serial number"), found.serial)] if found.serial else []
    facts += [Fact(translate("Fact", "Lot"), found.lot)] if found.lot else []
    if found.stretch is not None:
        facts.append(Fact(translate("Fact", "Roll"), found.stretch.roll))
    return tuple(facts)


def _verdict(found: Inspection) -> tuple[Fact, ...]:
    translate = QCoreApplication.translate
    facts = [Fact(translate("Fact", "Station"), verdict_name(found.verdict))]
    if found.reason is not None:
        facts.append(Fact(translate("Fact", "Cause"), reason_cause(found.reason)))
    facts += [Fact(translate("Fact", "Detail"), found.detail)] if found.detail else []
    facts += [Fact(str(number), _finding(finding)) for number, finding in enumerate(found.findings, 1)]
    return tuple(facts)


def _finding(finding: Finding) -> str:
    said = [texts.label_name(finding.label), f"{finding.score:.3f}"]
    if finding.region:
        said.append(QCoreApplication.translate("Fact", "zone {name}").format(name=finding.region))
    return " · ".join([*said, finding.camera_id] if finding.camera_id else said)


def _chain(record: PartRecord) -> tuple[Fact, ...]:
    if not record.chain:
        none = QCoreApplication.translate("Fact", "Nobody has said anything")
        return (Fact("–", none),)
    return tuple(
        Fact(f"{local_time(entry.at_ms):%Y-%m-%d %H:%M}", "\n".join([f"{entry.who}: {first}", *others]))
        for entry in record.chain
        for first, *others in (entry.words(),)
    )


def _scores(found: Inspection) -> tuple[Fact, ...]:
    ranked = sorted(found.scores, key=lambda scored: -scored[1])
    return tuple(Fact(texts.label_name(label), f"{score:.3f}") for label, score in ranked)


def _recipe(found: Inspection) -> tuple[Fact, ...]:
    translate = QCoreApplication.translate
    return (
        Fact(translate("Fact", "Name"), f"{found.recipe} r{found.recipe_revision}"),
        Fact(translate("Fact", "SHA-256"), found.recipe_hash),
    )


def _camera(camera: CameraRecord) -> tuple[Fact, ...]:
    translate = QCoreApplication.translate
    facts = [Fact(translate("Fact", "Model"), camera.model_hash)] if camera.model_hash else []
    facts += [Fact(translate("Fact", "Frame"), str(camera.frame_id))] if camera.frame_id >= 0 else []
    facts += [Fact(translate("Fact", "File"), camera.source)] if camera.source else []
    quality = camera.quality
    if quality is not None:
        facts += [
            Fact(translate("Fact", "Brightness"), f"{quality.mean:.1f}"),
            Fact(translate("Fact", "Too dark"), f"{quality.dark_share:.2%}"),
            Fact(translate("Fact", "Too bright"), f"{quality.bright_share:.2%}"),
            Fact(translate("Fact", "Focus"), f"{quality.focus:.1f}"),
        ]
    return tuple(facts)


def _times(found: Inspection) -> tuple[Fact, ...]:
    """A stage that took no time was not there."""
    measured = ((name, getattr(found.times, field)) for field, name in _TIMES)
    return tuple(Fact(QCoreApplication.translate("Fact", name), f"{ms:.1f} ms") for name, ms in measured if ms > 0)
