"""The test server as the station's code takes it."""

from station_app.sync.object_remote import ObjectAccess, ObjectRemote
from tests.sync.seaweed import Seaweed


def access_of(server: Seaweed, url: str, tries: int = 3) -> ObjectRemote:
    return ObjectRemote(ObjectAccess(url, server.settings, allow_http=True, tries=tries))
