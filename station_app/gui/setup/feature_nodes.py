"""Features as a tree of groups: plain nodes, so that a thousand of them cost nothing. Pure; no Qt."""

from dataclasses import dataclass, field

from station_app.core.setup_messages import FeatureShown


@dataclass(slots=True, eq=False)
class Node:
    """A group, or a feature at the index `place` of the list that the tree was made of. The root has no parent."""

    name: str
    parent: "Node | None" = None
    row: int = 0
    place: int = -1
    children: list["Node"] = field(default_factory=list)

    @property
    def is_group(self) -> bool:
        return self.place < 0

    def add(self, name: str, place: int = -1) -> "Node":
        child = Node(name, self, len(self.children), place)
        self.children.append(child)
        return child


def tree_of(features: tuple[FeatureShown, ...]) -> tuple[Node, list[Node]]:
    """The root, and each feature's node in the order of the features. Features without a category hang at the root."""
    root, leaves = Node(""), []
    groups = {"": root}
    for place, feature in enumerate(features):
        leaves.append(_group(groups, feature.category.strip("/")).add(feature.name, place))
    return root, leaves


def _group(groups: dict[str, Node], path: str) -> Node:
    if path not in groups:
        above, _, name = path.rpartition("/")
        groups[path] = _group(groups, above).add(name)
    return groups[path]


def outline(features: tuple[FeatureShown, ...]) -> tuple[tuple[str, str], ...]:
    """What the shape of the tree depends on."""
    return tuple((feature.category, feature.name) for feature in features)
