"""Text as SQLite can hold it."""


def storable(text: str) -> str:
    """The text without lone surrogates, which a faulty scanner can send: a record must not be lost to one of them."""
    return text.encode("utf-8", "replace").decode("utf-8")
