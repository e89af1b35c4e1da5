"""What a replay comes to, in sentences for a terminal."""

from collections.abc import Iterator

from station_app.quality.estimate import CannotSay, Estimate
from station_app.quality.mcnemar import McNemar
from station_app.replay.summary import Summary


def summary_lines(summary: Summary) -> Iterator[str]:
    """One line for each thing that is known."""
    yield f"{summary.judged} parts judged again, {summary.identical} of them equal to the last bit"
    for reason, count in summary.skipped:
        yield f"{count} not judged: {reason.value.replace('_', ' ')}"
    for old, new, count in summary.flips:
        yield f"{count} {old.value} -> {new.value}"
    yield f"escapes, share of all parts: {_rate(summary.escapes_before)} -> {_rate(summary.escapes_after)}"
    yield f"overkill, share of all parts: {_rate(summary.overkill_before)} -> {_rate(summary.overkill_after)}"
    yield _test(summary)


def _rate(rate: Estimate | CannotSay) -> str:
    if isinstance(rate, CannotSay):
        return f"cannot say ({rate.needed} more {rate.lack.value.replace('_', ' ')} needed)"
    return f"{rate.value:.2%} ({rate.low:.2%} to {rate.high:.2%})"


def _test(summary: Summary) -> str:
    if not isinstance(summary.test, McNemar):
        return f"of {summary.labelled} parts with a known truth none was told right by one and wrong by the other"
    old, differing = summary.test.first.count, summary.test.first.total
    return (
        f"of {summary.labelled} parts with a known truth {old} were right only before, {differing - old} only now"
        f" (McNemar mid-p {summary.test.mid_p:.3g})"
    )
