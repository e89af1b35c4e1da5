"""The inspection station: cameras in, recorded verdicts out.

`engine` runs the line, `gui` shows it; `docs/architecture.md` is the map of the rooms.
"""

__version__ = "0.1.0"
