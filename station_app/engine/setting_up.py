"""What a person may ask of the cameras of the loaded recipe, and how it is answered. One command after the other."""

from pathlib import Path

from station_app.core.errors import ConfigError
from station_app.core.setup_messages import (
    FeaturesRead,
    ReadFeatures,
    SetupCommand,
    TakeTestShot,
    WatchCamera,
    WriteFeature,
)
from station_app.devices.camera import Camera
from station_app.engine.books import Books
from station_app.engine.feature_desk import FEATURES_S, Written, read_features, write_feature
from station_app.engine.loaded_recipe import LoadedRecipe
from station_app.engine.trial_shot import take_test_shot

_WATCHED = "watched-"


class SettingUp:
    """Carries out the commands of the set-up screen. StationError where one cannot be, and why."""

    def __init__(self, books: Books, preview: Path) -> None:
        """`preview` is where the line's preview files begin; those of a watched camera lie beside them."""
        self._books = books
        self._preview = preview.with_name(_WATCHED + preview.name)

    def obey(self, command: SetupCommand, loaded: LoadedRecipe | None) -> None:
        match command:
            case WatchCamera(camera_id):
                self._watch(camera_id, loaded)
            case TakeTestShot(camera_id, operator):
                self._take_test_shot(camera_id, operator, _loaded(loaded))
            case ReadFeatures(camera_id):
                self._tell_features(camera_id, _loaded(loaded))
            case WriteFeature():
                self._write_feature(command, _loaded(loaded))

    def _watch(self, camera_id: str, loaded: LoadedRecipe | None) -> None:
        if not camera_id:
            if loaded is not None:
                loaded.onlooker.end()
            return
        rig = _loaded(loaded).rig
        rig.looks(camera_id)
        _loaded(loaded).onlooker.watch(camera_id, self._preview, rig.frame_bytes_of(camera_id))

    def _take_test_shot(self, camera_id: str, operator: str, loaded: LoadedRecipe) -> None:
        told = take_test_shot(loaded.rig, loaded.onlooker, camera_id)
        said = " ".join(filter(None, (told.verdict, told.reason, told.detail)))
        self._books.audit.note(operator, "test_shot", f"camera {camera_id}", said)
        self._books.publish(told)

    def _tell_features(self, camera_id: str, loaded: LoadedRecipe) -> None:
        features = loaded.rig.looks(camera_id).ask(read_features, FEATURES_S)
        self._books.publish(FeaturesRead(camera_id, features))

    def _write_feature(self, command: WriteFeature, loaded: LoadedRecipe) -> None:
        where = f"camera {command.camera_id}"
        looks = loaded.rig.looks(command.camera_id)

        def write(camera: Camera) -> Written:
            return write_feature(camera, command.name, command.value, where)

        try:
            written = looks.ask(write, FEATURES_S)
            self._note_written(command, where, written)
        finally:
            self._tell_features(command.camera_id, loaded)

    def _note_written(self, command: WriteFeature, where: str, written: Written) -> None:
        subject = f"{where}, {command.name}"
        if written == Written("", ""):
            self._books.audit.note(command.operator, "camera_command", subject)
        else:
            self._books.audit.note(command.operator, "feature_written", subject, f"{written.before} -> {written.after}")


def _loaded(loaded: LoadedRecipe | None) -> LoadedRecipe:
    if loaded is None:
        raise ConfigError("no recipe is loaded", remedy="choose a recipe first")
    return loaded
