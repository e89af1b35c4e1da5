"""What the world can do to a station. Anything that is not a `StationError` is a bug and is never swallowed."""


class StationError(Exception):
    """The world failed: `what` went wrong `where`, and what to do about it.

    The three parts make one sentence for the person at the station; each must stand on its own.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(what, where, remedy)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        remedy = f": {self.remedy}" if self.remedy else ""
        return f"{self.what}{place}{remedy}"


class CameraError(StationError):
    """A camera is missing, was lost, or refused a setting."""


class ScannerError(StationError):
    """A code scanner is missing or was lost."""


class ModelPackageError(StationError):
    """A model package cannot be trusted or cannot run here."""


class ModelOutputError(StationError):
    """A model answered with something that is no evidence: NaN, wrong shape, out of range."""


class StorageError(StationError):
    """The database or the image folder cannot take or give back a record."""


class ConfigError(StationError):
    """A station file or recipe says something that cannot be obeyed."""


class PlcError(StationError):
    """The PLC's wire cannot be opened, or was lost."""


class LinkError(StationError):
    """Another program or machine (engine, PLC, server) cannot be reached or answers wrongly."""


class EngineFailedError(LinkError):
    """The engine cannot run here, and said why: trying again does not help, a person must act."""


class NotAllowedError(StationError):
    """Who stands at the station, or who signed, may not do this."""


class RemoteError(StationError):
    """The store that a plant collects records in cannot be used now: trying again later may help."""


class RemoteRefusedError(RemoteError):
    """The store refuses this object, or this station: trying the same again does not help, a person must act."""


class ArrivedError(StationError):
    """What stations have sent is not as docs/sync.md says: changed, torn, of a copied station, or no batch at all."""


class LakeError(StationError):
    """The gathered history cannot be written, or what should go into it is damaged."""


class DatasetError(StationError):
    """Records that stations have sent cannot be trusted, or cannot become a dataset."""


class GateError(StationError):
    """A candidate model did not pass the gate: it is neither signed, registered nor published."""
