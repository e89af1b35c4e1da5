"""What went wrong at an object store, out of what obstore says: does it pass by itself, or must a person act?

obstore has one exception for many faults, and the same one for 409 (somebody writes this object now: try again) and 412
(it is there); the answer's status stands in its text.
"""

import re

from station_app.core.errors import RemoteError, RemoteRefusedError
from station_app.sync.remote import ObjectRefusedError

_STATUS = re.compile(r"status code: (\d{3})")
_CODE = re.compile(r"<Code>([A-Za-z0-9]{1,60})</Code>")
_CERTIFICATE = re.compile(r"InvalidCertificate\(\s*([A-Za-z]+?)(?:Context)?\b")
_PASSING = frozenset((408, 409, 425, 429))
_TOO_LARGE = 413
_NOT_THERE = 404
_NO_PROXY = 407
_EXISTS = 412
_CONFLICT = 409
_IS_THERE = "BlobAlreadyExists"
"""How Azure says with a 409 what others say with a 412."""
_CAN_NOT = 501
_SERVER = 500

_REMEDIES = {
    "RequestTimeTooSkewed": "set this computer's clock",
    "InvalidAccessKeyId": "give the station a key that the store knows",
    "SignatureDoesNotMatch": "check the station's secret key",
    "ExpiredToken": "give the station a new key",
    "NoSuchBucket": "make the bucket, or correct its name",
}
_RIGHTS = "give the station's key the right to write below its prefix"
_NO_KEY = "name the file with the key as settings (docs/it.md), and give the key its rights"


def already_exists(error: Exception) -> bool:
    """Whether the store says that there is an object of this name."""
    text, status = str(error), _status(str(error))
    if status == _CONFLICT:
        return _IS_THERE in text
    return status == _EXISTS or type(error).__name__ in ("AlreadyExistsError", "PreconditionError")


def fault_of(error: Exception, where: str) -> RemoteError:
    """What is told of a call that failed."""
    text = str(error)
    status = _status(text)
    if status is None:
        return _unanswered(text, where)
    code = found[1] if (found := _CODE.search(text)) is not None else ""
    said = f"{status} {code}".strip()
    if status in _PASSING or (status >= _SERVER and status != _CAN_NOT):
        what = f"the store is in trouble ({said})"
        return RemoteError(what, where=where, remedy="nothing: it is tried again by itself")
    return _refused(status, code, said, where)


def _unanswered(text: str, where: str) -> RemoteError:
    if (certificate := _CERTIFICATE.search(text)) is not None:
        what = f"the store's certificate is not trusted ({certificate[1]})"
        remedy = "name the CA that signed it as ca in [sync], and check this computer's clock"
        return RemoteRefusedError(what, where=where, remedy=remedy)
    if "BadScheme" in text:
        remedy = "give an https endpoint; allow_http is for a store on this computer alone"
        return RemoteRefusedError("the store is not reached by TLS", where=where, remedy=remedy)
    what = f"the store does not answer ({_kind(text)})"
    return RemoteError(what, where=where, remedy="check the network; it is tried again by itself")


def _refused(status: int, code: str, said: str, where: str) -> RemoteRefusedError:
    if status == _TOO_LARGE:
        remedy = "let the store, or the proxy before it, take larger objects; then: station-app sync now"
        return ObjectRefusedError(f"the store does not take so large an object ({said})", where=where, remedy=remedy)
    if status == _NOT_THERE:
        remedy = _REMEDIES["NoSuchBucket"]
        return RemoteRefusedError(f"there is no such bucket ({said})", where=where, remedy=remedy)
    if status == _NO_PROXY:
        remedy = "write user and password into [sync] proxy"
        return RemoteRefusedError(f"the proxy refuses this station ({said})", where=where, remedy=remedy)
    remedy = _REMEDIES.get(code, _RIGHTS if code else _NO_KEY)
    return RemoteRefusedError(f"the store refuses this station ({said})", where=where, remedy=remedy)


def _status(text: str) -> int | None:
    found = _STATUS.search(text)
    return int(found[1]) if found is not None else None


def _kind(text: str) -> str:
    """In the words of the network."""
    for sign, word in (("dns error", "its name is not known"), ("TimedOut", "it took too long")):
        if sign in text:
            return word
    return "nobody is there" if "tcp connect error" in text or "Refused" in text else "the connection broke"
