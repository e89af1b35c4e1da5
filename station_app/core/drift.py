"""The alarm that scores or pictures have drifted from their frozen reference: how it names what moved. Pure.

A signal is "score", "spread", "model", or a camera with one of its measures: "top/focus".
"""

ALARM = "quality_drift"
SPREAD = "spread"
"""The scores are spread otherwise than in the reference (PSI), whatever their mean."""
MODEL = "model"
"""Another model judges than in the reference."""


def place_of(recipe: str, signals: tuple[str, ...]) -> str:
    """Where the alarm is, in the words that all languages share."""
    return f"{recipe}: {', '.join(signals)}"


def named_in(place: str) -> tuple[str, tuple[str, ...]]:
    """The recipe and the signals of such a place."""
    recipe, _, signals = place.rpartition(": ")
    return recipe, tuple(signals.split(", "))
