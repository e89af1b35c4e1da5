"""The tree of a camera's features with a search above it. GUI thread."""

from PySide6.QtCore import QItemSelection, QModelIndex, QSortFilterProxyModel, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTreeView, QWidget

from station_app.core.setup_messages import FeatureShown
from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.setup.choice_box import TallRows
from station_app.gui.setup.feature_model import NAME, VALUE, FeatureModel

_SEARCH_MM, _ROW_MM, _SCROLL_MM, _GAP_MM = 12.0, 9.0, 7.0, 1.5
_NAME_SHARE = 0.56


class FeatureTree(QWidget):
    """`selected` carries the feature that was touched, None for a group or nothing."""

    selected = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.model, self.found = FeatureModel(self), QSortFilterProxyModel(self)
        self.found.setSourceModel(self.model)
        self.found.setRecursiveFilteringEnabled(True)
        self.found.setAutoAcceptChildRows(True)
        self.found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search, self.tree = QLineEdit(self), QTreeView(self)
        self.search.setClearButtonEnabled(True)
        self.search.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.search.textChanged.connect(self._on_searched)
        self._rows = TallRows(self)
        self._make_tree(self.tree)
        self.found.modelReset.connect(self._on_reset)
        self.retranslate()

    def _make_tree(self, tree: QTreeView) -> None:
        tree.setModel(self.found)
        tree.setItemDelegate(self._rows)
        tree.setUniformRowHeights(True)
        tree.setExpandsOnDoubleClick(False)
        tree.setAllColumnsShowFocus(True)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        tree.header().setSectionsClickable(False)
        tree.header().setStretchLastSection(True)
        tree.clicked.connect(self._on_clicked)
        tree.selectionModel().selectionChanged.connect(self._on_selection_changed)

    @property
    def current(self) -> FeatureShown | None:
        """The feature that is selected, as the camera shows it now."""
        indexes = self.tree.selectionModel().selectedRows()
        return self.model.feature(self.found.mapToSource(indexes[0])) if indexes else None

    def set_look(self, look: Look) -> None:
        self._look = look
        letters = lettering.font(look.mm.font_px(2.6))
        self.model.set_letters(letters, look.theme.muted)
        self.search.setFont(lettering.font(look.mm.font_px(3.2)))
        self.search.setTextMargins(look.mm.px(2), 0, look.mm.px(2), 0)
        self.tree.verticalScrollBar().setStyleSheet(f"QScrollBar:vertical {{ width: {look.mm.px(_SCROLL_MM)}px; }}")
        self.tree.header().setFont(letters)
        self.tree.setIndentation(look.mm.px(5))
        self._rows.height_px = look.mm.px(_ROW_MM)
        self._place()

    def retranslate(self) -> None:
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search"))
        self.tree.setAccessibleName(self.tr("Features of the camera"))

    def show_features(self, features: tuple[FeatureShown, ...]) -> None:
        self.model.show_features(features)

    @Slot(str)
    def _on_searched(self, text: str) -> None:
        self.found.setFilterFixedString(text)
        if text:
            self.tree.expandAll()

    @Slot()
    def _on_reset(self) -> None:
        """Other features: few of them are shown open."""
        self.tree.expandToDepth(0)
        self.selected.emit(None)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        """A finger opens a group by its whole row, not by the small arrow alone."""
        first = index.siblingAtColumn(NAME)
        if self.found.hasChildren(first):
            self.tree.setExpanded(first, not self.tree.isExpanded(first))

    @Slot(QItemSelection, QItemSelection)
    def _on_selection_changed(self, _: QItemSelection, __: QItemSelection) -> None:
        self.selected.emit(self.current)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = self._look.mm.px
        top = px(_SEARCH_MM)
        self.search.setGeometry(0, 0, self.width(), top)
        self.tree.setGeometry(0, top + px(_GAP_MM), self.width(), max(1, self.height() - top - px(_GAP_MM)))
        self.tree.setColumnWidth(NAME, round(self.width() * _NAME_SHARE))
        self.tree.setColumnWidth(VALUE, round(self.width() * (1 - _NAME_SHARE)))
