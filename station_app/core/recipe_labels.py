"""Whether a recipe's labels are those that its cameras can tell: asked once, when it is loaded. Pure."""

from collections.abc import Collection

from station_app.core.errors import ConfigError
from station_app.core.lines_length import WRONG_LENGTH
from station_app.core.recipe import Recipe


def check_package_labels(recipe: Recipe, camera_id: str, labels: tuple[str, ...]) -> None:
    """Raises ConfigError where the model of a camera knows a label for which the recipe has no thresholds."""
    unknown = [label for label in labels if label not in recipe.labels]
    if unknown:
        raise ConfigError(
            f"the model reports {', '.join(unknown)} and the recipe has no thresholds for it",
            where=f"recipe {recipe.name}, camera {camera_id}",
            remedy="add [labels.NAME] with review and fail",
        )


def check_measured_length(recipe: Recipe, camera_id: str, labels: tuple[str, ...]) -> None:
    """For a camera that measures the length of parts, beside a model with these labels. Raises ConfigError where the
    recipe does not say what a wrong length is worth, or where both would report it."""
    where = f"recipe {recipe.name}, camera {camera_id}"
    if WRONG_LENGTH not in recipe.labels:
        raise ConfigError(
            f"the camera measures the length of parts and the recipe has no thresholds for {WRONG_LENGTH}",
            where=where,
            remedy=f"add [labels.{WRONG_LENGTH}] with review and fail, or leave least_mm and most_mm out of its source",
        )
    if WRONG_LENGTH in labels:
        raise ConfigError(
            f"both the model and the camera report {WRONG_LENGTH}",
            where=where,
            remedy="leave least_mm and most_mm out of its source, or use another model",
        )


def check_labels_seen(recipe: Recipe, labels: Collection[str]) -> None:
    """Raises ConfigError where the recipe has thresholds for a label that is not among those that its cameras report:
    `decide` would never pass such a part."""
    unseen = [label for label in recipe.labels if label not in labels]
    if unseen == [WRONG_LENGTH]:
        raise ConfigError(
            f"the recipe has thresholds for {WRONG_LENGTH} and no camera of it measures the length of parts",
            where=f"recipe {recipe.name}",
            remedy="give least_mm or most_mm in the camera's source, or remove the label",
        )
    if unseen:
        raise ConfigError(
            f"the recipe has thresholds for {', '.join(unseen)} and no model of its cameras ever reports it",
            where=f"recipe {recipe.name}",
            remedy="remove [labels.NAME], or use a model that looks for it",
        )
