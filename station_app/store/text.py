"""Text for SQLite, and SQLite's for people."""


def storable(text: str) -> str:
    """The text without lone surrogates, which a faulty scanner can send: a record must not be lost to one of them."""
    return text.encode("utf-8", "replace").decode("utf-8")


def one_line(answer: str) -> str:
    """What an integrity check says, as part of a sentence."""
    return " ".join(answer.replace("*** in database main ***", "").split())
