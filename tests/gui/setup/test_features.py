"""The tree of a camera's features."""

from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from station_app.core.setup_messages import FeatureKind, FeaturesRead, WriteFeature
from station_app.gui.setup.feature_model import NAME, VALUE, FeatureModel
from station_app.gui.setup.feature_nodes import tree_of
from station_app.gui.setup.feature_tree import FeatureTree
from tests.gui.fake_setup import COMMON, MANY, OTHERS
from tests.gui.setup.conftest import SetupBench

ALL = (*COMMON, *OTHERS)


def _find(tree: FeatureTree, name: str) -> QModelIndex:
    found = tree.found.match(
        tree.found.index(0, NAME),
        Qt.ItemDataRole.DisplayRole,
        name,
        1,
        Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive,
    )
    return found[0] if found else QModelIndex()


def _rows(tree: FeatureTree, parent: QModelIndex | None = None) -> int:
    """Features and groups that are left by the search."""
    above = parent or QModelIndex()
    count = tree.found.rowCount(above)
    return count + sum(_rows(tree, tree.found.index(row, NAME, above)) for row in range(count))


def test_groups_are_made_of_paths_and_keep_the_order() -> None:
    root, leaves = tree_of((*ALL, replace(OTHERS[0], name="Loose", category="")))
    assert [node.name for node in root.children][:2] == ["AcquisitionControl", "AnalogControl"]
    assert [leaf.name for leaf in leaves][:3] == [feature.name for feature in ALL][:3]
    trigger = leaves[2]
    assert trigger.parent is not None and trigger.parent.name == "TriggerControl"
    assert trigger.parent.parent is not None and trigger.parent.parent.name == "AcquisitionControl"
    assert root.children[-1].name == "Loose" and not root.children[-1].is_group


def test_the_model_keeps_qts_rules_also_when_values_change(qapp: QApplication) -> None:
    model = FeatureModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    changed: list[QModelIndex] = []
    resets: list[bool] = []
    model.dataChanged.connect(lambda first, _: changed.append(first))
    model.modelReset.connect(lambda: resets.append(True))
    model.show_features(ALL)
    assert len(resets) == 1
    model.show_features((replace(ALL[0], value="9000"), *ALL[1:]))
    assert len(changed) == 1 and len(resets) == 1, "the tree stays open"
    first = changed[0].siblingAtColumn(VALUE)
    assert model.data(first) == "9000 µs"
    model.show_features(())
    assert model.rowCount() == 0
    assert tester.model() is model


def test_what_can_only_be_read_says_so(qapp: QApplication, rig: SetupBench) -> None:
    rig.open()
    tree = rig.screen.features.tree
    temperature = _find(tree, "DeviceTemperature")
    assert tree.found.data(temperature.siblingAtColumn(VALUE)) == "41.25 °C (read only)"
    tree.tree.setCurrentIndex(temperature)
    row = rig.screen.features.row
    assert row.note.words == "Can only be read" and not row.editor.field.isEnabled()


def test_search_finds_names_below_closed_groups(rig: SetupBench) -> None:
    rig.setup.features = {"top": (*ALL, *MANY)}
    rig.open()
    tree = rig.screen.features.tree
    assert _rows(tree) > 1000
    tree.search.setText("register0777")
    assert _rows(tree) == 3, "Vendor, its block, and the one"
    assert tree.tree.isExpanded(_find(tree, "Vendor"))
    tree.search.setText("analog")
    assert _find(tree, "Gain").isValid(), "a group that is found shows what it holds"
    tree.search.setText("")
    assert _rows(tree) > 1000


def test_every_kind_is_written_in_its_way(rig: SetupBench) -> None:
    rig.open()
    rig.screen.open_page(2)
    tree, editor = rig.screen.features.tree, rig.screen.features.row.editor
    for name, button in (
        ("GammaEnable", editor.on),
        ("ReverseX", editor.off),
        ("Width", editor.less),
        ("DeviceReset", editor.carry_out),
    ):
        tree.tree.setCurrentIndex(_find(tree, name))
        assert button.isVisible() and sum(other.isVisible() for other in editor.buttons) in (1, 2)
        rig.tap(button)
    tree.tree.setCurrentIndex(_find(tree, "DeviceUserID"))
    editor.field.setText("line 3")
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    rig.bench.qtbot.waitUntil(lambda: not rig.bench.station.scanner.is_holding)
    rig.bench.settle()
    tree.tree.setCurrentIndex(_find(tree, "TriggerSource"))
    editor.choice.activated.emit(2)
    rig.bench.settle()
    written = [(c.name, c.value) for c in rig.sent(WriteFeature) if isinstance(c, WriteFeature)]
    assert written == [
        ("GammaEnable", "true"),
        ("ReverseX", "false"),
        ("Width", "1584"),
        ("DeviceReset", ""),
        ("DeviceUserID", "line 3"),
        ("TriggerSource", "Line1"),
    ]
    assert tree.current is not None and tree.current.value == "Line1", "still selected, with the camera's answer"


def test_the_wheel_never_changes_a_camera(rig: SetupBench) -> None:
    rig.open()
    rig.screen.open_page(1)
    choice = next(iter(rig.screen.settings.rows.values())).editor.choice
    assert choice.focusPolicy() is Qt.FocusPolicy.NoFocus
    for row in rig.screen.settings.rows.values():
        if row.feature is not None and row.feature.kind is FeatureKind.CHOICE:
            centre = row.editor.choice.rect().center()
            event = QWheelEvent(
                QPointF(centre), QPointF(centre), QPoint(0, 0), QPoint(0, -120), Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            QApplication.sendEvent(row.editor.choice, event)
    assert not rig.sent(WriteFeature)


def test_a_thousand_features_are_read_again_without_being_built_again(rig: SetupBench) -> None:
    rig.setup.features = {"top": (*ALL, *MANY)}
    rig.open()
    rig.screen.open_page(2)
    tree = rig.screen.features.tree
    tree.tree.setExpanded(_find(tree, "Vendor"), True)
    resets: list[bool] = []
    tree.model.modelReset.connect(lambda: resets.append(True))
    rig.bench.tell(FeaturesRead("top", tuple(replace(feature, value=feature.value + "0") for feature in (*ALL, *MANY))))
    assert tree.tree.isExpanded(_find(tree, "Vendor"))
    assert not resets and tree.found.data(_find(tree, "Width").siblingAtColumn(VALUE)) == "16320 px"
