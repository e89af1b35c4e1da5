"""The whole way of an estimate: a line of known truth through the real ledger, its blind queue answered without a
mistake, and an interval that holds the truth, whatever operators overrode."""

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from station_app.core.inspection import Disposition, Override, VerdictKind
from station_app.core.review import Answer, Queue, QueuedPart, Review
from station_app.quality.escapes import escape_rate, overkill_rate, pooled_rate
from station_app.quality.estimate import Estimate
from station_app.quality.review_plan import ReviewPlan
from station_app.store.connection import open_reader
from station_app.store.ledger import DATABASE, StationLedger
from station_app.store.review_queues import queue_page
from station_app.store.reviews import session_agreement
from station_app.store.samples import strata
from station_app.store.sampling_secret import SECRET
from station_app.store.verification import verify
from tests.store.records import RECIPE, ROOMY, inspection
from tests.store.reviewed_line import verdict_of

PARTS = 1500
PLAN = ReviewPlan((0.1, 0.15, 0.4), (0.5, 0.5, 0.5), second_share=0.1, seeded_share=0.1)


@dataclass
class KnownLine:
    """Bad parts score higher, and one in twenty of them hides far below the threshold."""

    ledger: StationLedger
    folder: Path
    truth: dict[int, bool]
    told: dict[int, VerdictKind]

    def run(self, parts: int) -> None:
        chance = random.Random(7)
        futures = []
        for part_id in range(1, parts + 1):
            is_bad = chance.random() < 0.08
            score = chance.betavariate(6, 3) if is_bad and chance.random() > 0.1 else chance.betavariate(1.2, 9)
            made = replace(inspection(part_id), verdict=verdict_of(score), scores=(("scratch", score),))
            futures.append(self.ledger.record(made))
            if self.ledger.wants_images(made):
                futures.pop().result()
                self.ledger.keep_image(made, "top", np.full((2, 2), part_id % 256, np.uint8))
            self.truth[part_id], self.told[part_id] = is_bad, made.verdict
        for future in futures:
            future.result()

    def true_rate(self, *, is_rejected: bool) -> float:
        """Of the parts told so, the share that should not have been."""
        told = [n for n, verdict in self.told.items() if (verdict is not VerdictKind.PASS) is is_rejected]
        return sum(self.truth[n] is not is_rejected for n in told) / len(told)

    def review_all(self, reviewer: str) -> None:
        while page := self._page(reviewer):
            for queued in page:
                answer = Answer.BAD if self.truth[queued.part_id] else Answer.GOOD
                said = Review(0 if queued.seed else queued.part_id, Queue.BLIND, answer, reviewer, 1, is_blind=True)
                self.ledger.review(replace(said, seed=queued.seed)).result()

    def _page(self, reviewer: str) -> tuple[QueuedPart, ...]:
        with closing(open_reader(self.folder / DATABASE)) as reader:
            return queue_page(reader, Queue.BLIND, reviewer, size=20)

    def rate(self, *, is_rejected: bool) -> Estimate:
        with closing(open_reader(self.folder / DATABASE)) as reader:
            counts = strata(reader, 0, 2**60, RECIPE.name, is_rejected=is_rejected)
        assert len(counts) == 3 and all(stratum.reviewed == stratum.drawn for stratum in counts)
        rate = overkill_rate(counts) if is_rejected else escape_rate(counts)
        assert isinstance(rate, Estimate) and rate != pooled_rate(counts)
        return rate


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnownLine]:
    folder = tmp_path_factory.mktemp("line")
    (folder / SECRET).write_text("7" * 64)
    ledger = StationLedger(folder, ROOMY, plan=PLAN)
    ledger.register(RECIPE).result()
    made = KnownLine(ledger, folder, {}, {})
    made.run(PARTS)
    yield made
    ledger.close()


def test_the_intervals_hold_the_truth_and_overrides_change_nothing(line: KnownLine) -> None:
    overridden = [n for n, is_bad in line.truth.items() if is_bad and line.told[n] is VerdictKind.PASS][::2]
    for part_id in overridden:
        line.ledger.override(Override(part_id, Disposition.MISSED_DEFECT, "wang", 1)).result()
    line.review_all("li")
    line.review_all("wu")  # those that two people judge
    rates = {is_rejected: line.rate(is_rejected=is_rejected) for is_rejected in (False, True)}
    for is_rejected, rate in rates.items():
        assert rate.low <= line.true_rate(is_rejected=is_rejected) <= rate.high
    assert rates[False].count > 0 and rates[False].high < 0.1
    for part_id in list(line.truth)[:200]:
        line.ledger.override(Override(part_id, Disposition.FALSE_REJECT, "wang", 1)).result()
    assert rates == {is_rejected: line.rate(is_rejected=is_rejected) for is_rejected in (False, True)}
    with closing(open_reader(line.folder / DATABASE)) as reader:
        agreement = session_agreement(reader, "wu", 0)
    assert agreement.pairs and all(own is other for own, other in agreement.pairs)
    assert agreement.seeds == agreement.seeds_caught > 0
    line.ledger.close()
    assert verify(line.folder) == ()
