"""What a person may ask of the cameras of the loaded recipe, and how it is answered. One command after the other."""

import contextlib
from pathlib import Path

from station_app.core.audit_view import Change
from station_app.core.errors import CameraError, ConfigError
from station_app.core.setup_messages import (
    AcceptSetup,
    FeaturesRead,
    ReadFeatures,
    SaveReference,
    SetupCommand,
    TakeTestShot,
    WatchCamera,
    WriteFeature,
)
from station_app.devices.camera import Camera
from station_app.engine.books import Books
from station_app.engine.feature_desk import (
    FEATURES_S,
    SETTINGS_S,
    Written,
    read_features,
    read_settings,
    settings_in,
    write_feature,
)
from station_app.engine.loaded_recipe import LoadedRecipe
from station_app.engine.reference_shot import save_reference
from station_app.engine.setup_checks import SetupChecks
from station_app.engine.trial_shot import take_test_shot

_WATCHED = "-watched"
"""Ends the name: what a killed engine leaves of it goes with what it leaves of the line's previews."""


class SettingUp:
    """Carries out the commands of the set-up screen. StationError where one cannot be, and why."""

    def __init__(self, books: Books, checks: SetupChecks, preview: Path) -> None:
        """`preview` is where the line's preview files begin; those of a watched camera lie beside them."""
        self._books = books
        self._checks = checks
        self._preview = preview.with_name(preview.name + _WATCHED)

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
            case SaveReference(camera_id, operator):
                self._save_reference(camera_id, operator, _loaded(loaded))
            case AcceptSetup(operator, reason):
                self._checks.accept(_loaded(loaded), operator, reason)

    def _watch(self, camera_id: str, loaded: LoadedRecipe | None) -> None:
        if not camera_id:
            if loaded is not None:
                loaded.onlooker.end()
            return
        found = _loaded(loaded)
        looks = found.rig.looks(camera_id)
        found.onlooker.watch(found.rig.fittings.live_camera(camera_id), self._preview)
        saved = found.references.saved(camera_id)
        if saved is not None:
            self._books.publish(saved)
        with contextlib.suppress(CameraError, ConfigError):  # lost, or the line runs: what was read last is compared
            found.references.note_settings(camera_id, looks.ask(read_settings, SETTINGS_S))

    def _take_test_shot(self, camera_id: str, operator: str, loaded: LoadedRecipe) -> None:
        told = take_test_shot(loaded.rig, loaded.onlooker, camera_id)
        said = " ".join(filter(None, (told.verdict, told.reason, told.detail)))
        self._books.audit.note(operator, "test_shot", f"camera {camera_id}", said)
        self._books.publish(told)

    def _tell_features(self, camera_id: str, loaded: LoadedRecipe) -> None:
        features = loaded.rig.looks(camera_id).ask(read_features, FEATURES_S)
        loaded.references.note_settings(camera_id, settings_in(features))
        self._books.publish(FeaturesRead(camera_id, features))

    def _write_feature(self, command: WriteFeature, loaded: LoadedRecipe) -> None:
        where = f"camera {command.camera_id}"
        looks = loaded.rig.looks(command.camera_id)

        def write(camera: Camera) -> Written:
            return write_feature(camera, command.name, command.value, where)

        self._note_written(command, where, looks.ask(write, FEATURES_S))
        self._tell_features(command.camera_id, loaded)

    def _save_reference(self, camera_id: str, operator: str, loaded: LoadedRecipe) -> None:
        if not operator.strip():
            raise ConfigError("nobody is signed in", remedy="sign in with your badge or name first")
        before = loaded.references.saved(camera_id)
        saved = save_reference(loaded.rig, loaded.references, camera_id, operator.strip())
        self._checks.renew(loaded.recipe, camera_id)
        change = Change("" if before is None else before.picture, saved.picture)
        self._books.audit.note(operator, "reference_saved", f"camera {camera_id}", change=change)
        self._books.publish(saved)

    def _note_written(self, command: WriteFeature, where: str, written: Written) -> None:
        subject = f"{where}, {command.name}"
        if written == Written("", ""):
            self._books.audit.note(command.operator, "camera_command", subject)
        else:
            change = Change(written.before, written.after)
            self._books.audit.note(command.operator, "feature_written", subject, change=change)


def _loaded(loaded: LoadedRecipe | None) -> LoadedRecipe:
    if loaded is None:
        raise ConfigError("no recipe is loaded", remedy="choose a recipe first")
    return loaded
