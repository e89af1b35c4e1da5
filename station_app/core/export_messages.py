"""What is said about files that leave the records: nothing leaves before the audit chain holds what it was."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoteExport:
    """A file has been written and waits under another name: `format` is csv, xlsx, pdf or evidence pack,
    `subject` what it is about ("part 4711" or "history"), `where` the filter in words, `rows` the parts in it, `sha256`
    that of the whole file in hexadecimal."""

    format: str
    subject: str
    where: str
    rows: int
    sha256: str


ExportCommand = NoteExport


@dataclass(frozen=True, slots=True)
class ExportNoted:
    """The audit chain holds it: the file of this hash may be given its name."""

    sha256: str


ExportEvent = ExportNoted
