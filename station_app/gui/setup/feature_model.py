"""The features of a camera for Qt's tree: name and value, from plain nodes. GUI thread."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from station_app.core.setup_messages import FeatureKind, FeatureShown
from station_app.gui.setup.feature_nodes import Node, outline, tree_of
from station_app.gui.setup.setting_texts import kind_name, value_text

NAME, VALUE = 0, 1
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class FeatureModel(QAbstractItemModel):
    """New values of the same features only change their rows, so that the tree stays open where it was."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._features: tuple[FeatureShown, ...] = ()
        self._root, self._leaves = tree_of(())
        self._muted = QColor("#4A4A4A")
        self._letters = QFont()

    def show_features(self, features: tuple[FeatureShown, ...]) -> None:
        if features is self._features:
            return
        if outline(features) != outline(self._features):
            self.beginResetModel()
            self._features = features
            self._root, self._leaves = tree_of(features)
            self.endResetModel()
            return
        before, self._features = self._features, features
        for old, new, leaf in zip(before, features, self._leaves, strict=True):
            if old != new:
                index = self.createIndex(leaf.row, VALUE, leaf)
                self.dataChanged.emit(self.createIndex(leaf.row, NAME, leaf), index)

    def set_letters(self, letters: QFont, muted: str) -> None:
        """The font of the rows, and the ink of what can only be read."""
        self._letters, self._muted = letters, QColor(muted)

    def feature(self, index: _Index) -> FeatureShown | None:
        """The feature of a row, None for a group."""
        node = self._node(index)
        return None if node.is_group else self._features[node.place]

    def index(self, row: int, column: int, parent: _Index = _ROOT) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self._node(parent).children[row])

    def parent(self, index: _Index = _ROOT) -> QModelIndex:  # type: ignore[override]
        above = self._node(index).parent
        if above is None or above is self._root:
            return QModelIndex()
        return self.createIndex(above.row, NAME, above)

    def rowCount(self, parent: _Index = _ROOT) -> int:  # noqa: N802
        return 0 if parent.column() > NAME else len(self._node(parent).children)

    def columnCount(self, parent: _Index = _ROOT) -> int:  # noqa: N802
        return 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> str | None:  # noqa: N802
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.tr("Feature") if section == NAME else self.tr("Value")

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        node = self._node(index)
        if role == Qt.ItemDataRole.FontRole:
            return self._font(node)
        feature = None if node.is_group else self._features[node.place]
        if role == Qt.ItemDataRole.ForegroundRole and feature is not None and not feature.is_writable:
            return self._muted
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if index.column() == NAME:
            return node.name
        return self._value(feature) if feature is not None else None

    def _value(self, feature: FeatureShown) -> str:
        if feature.kind is FeatureKind.COMMAND:
            return f"[{kind_name(feature.kind)}]"
        value = value_text(feature) or "–"
        return value if feature.is_writable else self.tr("{value} (read only)").format(value=value)

    def _font(self, node: Node) -> QFont:
        letters = QFont(self._letters)
        letters.setBold(node.is_group)
        return letters

    def _node(self, index: _Index) -> Node:
        if not index.isValid():
            return self._root
        node = index.internalPointer()
        return node if isinstance(node, Node) else self._root
