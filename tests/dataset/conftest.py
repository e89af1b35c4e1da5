"""The real S3 server of the courier's tests."""

from tests.sync.conftest import server

__all__ = ["server"]
