"""The model card: what a person needs to know before a package decides about parts. Markdown, from figures alone."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from station_app.retrain.gate import Outcome, Rule

_MARKS = {Outcome.PASSED: "held", Outcome.REFUSED: "REFUSED", Outcome.NOT_ASKED: "not asked"}


def model_card(evaluation: Mapping[str, Any], rules: Sequence[Rule], origin: Mapping[str, Any]) -> str:
    """`evaluation` is evaluation.json without its single answers; `origin` is what the manifest says of where the
    package comes from."""
    return "\n".join(_lines(evaluation, rules, origin)) + "\n"


def _lines(evaluation: Mapping[str, Any], rules: Sequence[Rule], origin: Mapping[str, Any]) -> Iterator[str]:
    candidate, champion = evaluation["candidate"], evaluation["champion"]
    yield f"# {candidate['name']} {candidate['version']}"
    yield ""
    yield f"Compared with {champion['name']} {champion['version']} ({champion['sha256'][:12]}), the champion."
    yield ""
    yield from _table("Where it comes from", ("", ""), [(key, str(value)) for key, value in origin.items() if value])
    thresholds = [(label, f"{at['review']:.3f}", f"{at['fail']:.3f}") for label, at in candidate["thresholds"].items()]
    yield from _table("Thresholds, fixed before the comparison", ("label", "review", "fail"), thresholds)
    golden = evaluation["figures"]["golden"]
    head = ("golden set", "this package", "champion")
    rows = [
        (what, _share(golden["candidate"][key]), _share(golden["champion"][key]))
        for what, key in (("escapes", "escapes"), ("overkill", "overkill"))
    ]
    rows += [
        (f"escapes of {kind}", _share(share), _share(golden["champion"]["escapes_of"][kind]))
        for kind, share in golden["candidate"]["escapes_of"].items()
    ]
    counted = f"{golden['good']} good and {golden['defective']} defective parts of {golden['groups']} groups"
    yield from _table(f"Figures on {counted}, 95 % intervals", head, rows)
    outcomes = [(rule.name, _MARKS[rule.outcome], rule.figures, rule.caveat) for rule in rules]
    yield from _table("The gate", ("rule", "", "figures", "what may not be claimed"), outcomes)
    yield "## Limits"
    yield ""
    yield "Every figure holds for parts that look like these, with this camera and light. Measure again after a change."


def _table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"## {title}"
    yield ""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"
    yield ""


def _share(share: Mapping[str, Any]) -> str:
    if not share["total"]:
        return "none to judge by"
    return f"{share['count']} of {share['total']} = {share['share']:.1%} ({share['low']:.1%} to {share['high']:.1%})"
