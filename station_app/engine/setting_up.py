"""What a person may ask of the cameras of the loaded recipe, and how it is answered. One command after the other."""

from pathlib import Path

from station_app.core.errors import ConfigError
from station_app.core.setup_messages import SetupCommand, WatchCamera
from station_app.engine.books import Books
from station_app.engine.loaded_recipe import LoadedRecipe

_WATCHED = "watched-"


class SettingUp:
    """Carries out the commands of the set-up screen. StationError where one cannot be, and why."""

    def __init__(self, books: Books, preview: Path) -> None:
        """`preview` is where the line's preview files begin; those of a watched camera lie beside them."""
        self._books = books
        self._preview = preview.with_name(_WATCHED + preview.name)

    def obey(self, command: SetupCommand, loaded: LoadedRecipe | None, is_running: bool) -> None:
        match command:
            case WatchCamera(camera_id):
                self._watch(camera_id, loaded)

    def _watch(self, camera_id: str, loaded: LoadedRecipe | None) -> None:
        if not camera_id:
            if loaded is not None:
                loaded.onlooker.end()
            return
        rig = _loaded(loaded).rig
        rig.looks(camera_id)
        _loaded(loaded).onlooker.watch(camera_id, self._preview, rig.frame_bytes_of(camera_id))


def _loaded(loaded: LoadedRecipe | None) -> LoadedRecipe:
    if loaded is None:
        raise ConfigError("no recipe is loaded", remedy="choose a recipe first")
    return loaded
