"""One export from the tap to its name: asked where to, written, noted in the audit chain, named. GUI thread."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from station_app import __version__
from station_app.core.errors import StationError
from station_app.core.export_messages import ExportNoted, NoteExport
from station_app.core.messages import CommandRefused
from station_app.core.people import Act
from station_app.core.shifts import parse_start
from station_app.gui import rights, sentences
from station_app.gui.bridge import Batch, Lost
from station_app.gui.exporting.names import with_ending
from station_app.gui.exporting.pane import ExportPane
from station_app.gui.exporting.writer import ExportWriter, Written
from station_app.gui.history.exports import ExportScope
from station_app.gui.page_makers import PageTools
from station_app.gui.screen_state import ScreenState
from station_app.reports.scratch_file import ScratchFile, unwritable

if TYPE_CHECKING:
    from station_app.gui.exporting.dialogue import SaveDialogue
    from station_app.gui.exporting.tasks import Asked, ExportTask

TaskMaker = Callable[["Asked"], "ExportTask"]


class ExportDesk(QObject):
    """One file at a time. `changed` says that something may be exported now, or may not any more."""

    changed = Signal()

    def __init__(self, pane: ExportPane, tools: PageTools) -> None:
        super().__init__(pane)
        self._pane, self._tools = pane, tools
        self._why = why_no_export(tools.desk.state)
        self._is_busy = False
        self._waiting: Written | None = None
        self.dialogue: SaveDialogue | None = None
        self._writer = ExportWriter(tools.archive_factory, self)
        queued = Qt.ConnectionType.QueuedConnection
        self._writer.progressed.connect(pane.show_progress, queued)
        self._writer.written.connect(self._on_written, queued)
        self._writer.failed.connect(self._on_failed, queued)
        self._writer.cancelled.connect(self._on_cancelled, queued)
        pane.cancel_asked.connect(self._writer.cancel)
        tools.desk.batch_taken.connect(self._on_batch_taken)
        tools.desk.rendered.connect(self._on_rendered)

    @property
    def why_not(self) -> str:
        """Why nothing can be exported now: one of `sentences`, "" where it can."""
        return sentences.EXPORT_RUNS if self._is_busy else self._why

    def begin(self, make: TaskMaker, scope: ExportScope) -> None:
        """Ask where to, then write."""
        if self.why_not:
            return
        from station_app.gui.exporting.dialogue import SaveDialogue

        task, folder = make(self._asked(scope)), self._tools.export_folder
        self.dialogue = SaveDialogue(task, folder, self._pane.window(), self._pane.look)
        self.dialogue.path_chosen.connect(self._on_path_chosen)
        self.dialogue.open()

    def stop(self) -> None:
        """The window closes: what has no name by now gets none."""
        self._writer.stop()
        self._drop_waiting()

    def _asked(self, scope: ExportScope) -> "Asked":
        from station_app.gui.exporting.tasks import Asked

        state = self._tools.desk.state
        station = state.station
        return Asked(
            where=scope.where,
            part_id=scope.part_id,
            serial=scope.serial,
            station=station.station if station is not None else "",
            program=f"station-app {__version__}",
            made_by=state.operator,
            made_at_ms=time.time_ns() // 1_000_000,
            shifts=tuple(parse_start(start) for start in station.shifts) if station is not None else (),
        )

    @Slot(object, object)
    def _on_path_chosen(self, task: "ExportTask", path: Path) -> None:
        if self.why_not:  # somebody signed out meanwhile
            self._pane.show_failure(sentences.sentence(self.why_not))
            return
        self._set_busy(is_busy=True)
        self._pane.show_progress(0)
        self._writer.begin(task, with_ending(path, task.ending))

    @Slot(object)
    def _on_written(self, written: Written) -> None:
        """Nothing leaves that the chain does not hold."""
        self._waiting, task = written, written.task
        note = NoteExport(task.kind, task.subject, task.where, written.rows, written.sha256)
        if not self._tools.orders.send(note):
            self._give_up(sentences.sentence(sentences.NOT_SENT))

    @Slot(object)
    def _on_batch_taken(self, batch: Batch) -> None:
        for news in batch.news:
            match news:
                case ExportNoted(sha256=sha256) if self._waiting is not None and sha256 == self._waiting.sha256:
                    self._name(self._waiting)
                case CommandRefused(command=NoteExport.__name__) if self._waiting is not None:
                    self._give_up(_words(news.what, news.remedy))
                case Lost() if self._waiting is not None:
                    self._give_up(sentences.sentence(sentences.EXPORT_NOT_NOTED))

    def _name(self, written: Written) -> None:
        try:
            ScratchFile(written.path).keep()
        except OSError as error:
            self._give_up(_said(unwritable(error, written.path)))
            return
        self._waiting = None
        self._set_busy(is_busy=False)
        self._pane.show_done(written.path, written.rows)

    def _give_up(self, words: str) -> None:
        self._drop_waiting()
        self._set_busy(is_busy=False)
        self._pane.show_failure(words)

    def _drop_waiting(self) -> None:
        if self._waiting is not None:
            ScratchFile(self._waiting.path).drop()
        self._waiting = None

    @Slot(object)
    def _on_failed(self, error: StationError) -> None:
        self._give_up(_said(error))

    @Slot()
    def _on_cancelled(self) -> None:
        self._set_busy(is_busy=False)
        self._pane.show_nothing()

    @Slot(object)
    def _on_rendered(self, state: ScreenState) -> None:
        why = why_no_export(state)
        if why != self._why:
            self._why = why
            self.changed.emit()

    def _set_busy(self, *, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.changed.emit()


def why_no_export(state: ScreenState) -> str:
    """Every export is noted by the engine in somebody's name: without either there is none."""
    if not state.is_connected:
        return sentences.NO_EXPORT_ALONE
    if not state.session.has_people:
        return sentences.NEEDS_ACCOUNT
    return rights.why_not(Act.EXPORT, state.session)


def _said(error: StationError) -> str:
    return _words(f"{sentences.sentence(error.what)} ({error.where})" if error.where else error.what, error.remedy)


def _words(what: str, remedy: str) -> str:
    return ": ".join(sentences.sentence(text) for text in (what, remedy) if text)
