"""What the recipes' screen asks of the records. Runs on a reader's thread, never on the GUI thread."""

import logging
from functools import partial

from station_app.core.errors import StorageError
from station_app.core.inspection import ImageQuality, Pixels
from station_app.core.recipe_history import RecipeHistory
from station_app.core.recipe_states import Revision
from station_app.gui.link import PartArchive
from station_app.store.good_parts import good_image_quality, newest_picture
from station_app.store.revisions import all_revisions, recipe_history

_log = logging.getLogger(__name__)


def ask_list(archive: PartArchive) -> tuple[Revision, ...]:
    """Every revision of every recipe."""
    return archive.read(all_revisions)


def ask_history(recipe: str, archive: PartArchive) -> RecipeHistory:
    """All that is recorded of one recipe."""
    return archive.read(partial(recipe_history, recipe=recipe))


def ask_picture(recipe: str, camera_id: str, archive: PartArchive) -> Pixels | None:
    """The reference image of a camera, else the newest stored image of a good part; None where there is neither."""
    try:
        reference = archive.reference_picture(recipe, camera_id)
    except StorageError as error:
        _log.warning("no reference image: %s", error)
        reference = None
    return reference if reference is not None else _stored(recipe, camera_id, archive)


def ask_quality(recipe: str, camera_id: str, archive: PartArchive) -> tuple[ImageQuality, ...]:
    """Image quality of a camera in the recipe's newest good parts."""
    return archive.read(partial(good_image_quality, recipe=recipe, camera_id=camera_id))


def _stored(recipe: str, camera_id: str, archive: PartArchive) -> Pixels | None:
    part_id = archive.read(partial(newest_picture, recipe=recipe, camera_id=camera_id))
    images = archive.images(part_id) if part_id is not None else ()
    return next((pixels for name, pixels in images if name == camera_id), None)
