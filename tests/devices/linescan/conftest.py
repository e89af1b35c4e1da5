"""The engine's own line, for the tests that inspect parts of a web with it."""

from tests.engine.conftest import open_faked  # noqa: F401 - a fixture
