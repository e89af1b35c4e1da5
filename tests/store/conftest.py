"""Examples may take as long as a busy machine needs: what they take is measured in `bench/` and asserted nowhere."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
