"""Which kinds of defect a reviewer may choose for a part. Pure."""


def labels_shown(own: tuple[str, ...], usual: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the recipe revision that judged the part, `own`; those of the line, `usual`, where it is not on record.
    What the line knows stands where it always stands; what it does not know any more comes after it."""
    if not own:
        return usual
    known = tuple(label for label in usual if label in own)
    return (*known, *(label for label in own if label not in known))
