"""What is asked of one dataset."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from station_app.core.errors import ConfigError

CAP_SHARE = 0.3


class Profile(StrEnum):
    """SUPERVISED: defects in all splits. ANOMALY: only good images to learn from; all defects are for the test."""

    SUPERVISED = "supervised"
    ANOMALY = "anomaly"


@dataclass(frozen=True, slots=True)
class DatasetOptions:
    """`out` is the folder to write. An empty `recipe` or `camera` takes all. `golden` lists groups that stay out.
    `registry` holds the numbers of the labels, `cache` the images that were made already; both lie beside `out` where
    they are not named. `without` are stations to leave out, as PLANT/STATION. ConfigError where something is no value.
    """

    out: Path
    profile: Profile = Profile.SUPERVISED
    recipe: str = ""
    camera: str = ""
    golden: Path | None = None
    registry: Path | None = None
    cache: Path | None = None
    cap_share: float = CAP_SHARE
    trust_operators: bool = False
    allow_gaps: bool = False
    without: frozenset[str] = field(default_factory=frozenset)
    threads: int = 2

    def __post_init__(self) -> None:
        if not 0 < self.cap_share <= 1:
            remedy = "0.3 lets one person give three in ten labels of a kind, 1 as many as they like"
            raise ConfigError("the share of one person lies above 0, up to 1", where="--cap-share", remedy=remedy)
        for name in sorted(self.without):
            if name.count("/") != 1 or not all(name.split("/")):
                raise ConfigError(f"{name!r} is no station", where="--without", remedy="write PLANT/STATION")
        if not 1 <= self.threads <= 256:
            raise ConfigError("at least one thread is needed", where="--threads", remedy="give 1 to 256")

    @property
    def registry_file(self) -> Path:
        return self.registry or self.out.parent / "labels.json"

    @property
    def cache_folder(self) -> Path:
        return self.cache or self.out.parent / ".dataset-images"
