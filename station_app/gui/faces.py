"""The typefaces that come with the station, so that no text depends on what is installed. GUI thread.

A bare Debian has no font at all, and most machines have none for Chinese.
"""

import logging
from functools import cache

from PySide6.QtGui import QFontDatabase

from station_app.gui.assets import asset

HAN, LATIN = "Station Sans SC", "Station Sans Latin"
FILES = (
    "StationSansSC-Regular.otf",
    "StationSansSC-Bold.otf",
    "StationSansLatin-Regular.ttf",
    "StationSansLatin-Bold.ttf",
)
FAMILIES = [HAN, LATIN, "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "DejaVu Sans"]
"""The station's own first; the others stand in for letters that those lack, and for files that are gone."""

_log = logging.getLogger(__name__)


@cache
def load_faces() -> bool:
    """Make the bundled fonts known to Qt, once; False where one of them cannot be read. Needs the application."""
    failed = [name for name in FILES if QFontDatabase.addApplicationFont(str(asset("fonts", name))) < 0]
    if failed:
        _log.warning("fonts that cannot be loaded: %s; texts may look different", ", ".join(failed))
    return not failed
