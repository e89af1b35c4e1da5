"""How long a question about other thresholds takes over a million recorded scores: goal well under 100 ms.

python bench/what_if.py [--parts 1000000] [--known 20000] [--rounds 20]
"""

import argparse
import statistics
import time

import numpy as np

from station_app.quality.thresholds import KnownTruth, RecordedScores, ThresholdPair, WhatIf, flipped, what_if

OLD = ThresholdPair(0.5, 0.8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", type=int, default=1_000_000)
    parser.add_argument("--known", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    generator = np.random.default_rng(1)
    scores = generator.beta(0.5, 6, options.parts)
    recorded = RecordedScores(scores, no_result=100)
    stratum = np.searchsorted([0.2, 0.5], scores, "right")
    known = generator.choice(options.parts, options.known, replace=False)
    is_bad = generator.random(options.known) < scores[known] ** 2
    sizes = tuple(np.bincount(stratum, minlength=3).tolist())
    truth = KnownTruth(RecordedScores(scores[known]), is_bad, stratum[known], sizes)
    for name, review in (("near", 0.49), ("far", 0.15)):
        new = ThresholdPair(review, 0.75)
        took = [_milliseconds(recorded, truth, new) for _ in range(options.rounds)]
        print(f"{name} thresholds: {statistics.median(took):.1f} ms median, {max(took):.1f} ms worst")


def _milliseconds(recorded: RecordedScores, truth: KnownTruth, new: ThresholdPair) -> float:
    start = time.perf_counter()
    answer = what_if(recorded, truth, OLD, new, seconds_per_review=12)
    flipped(recorded, OLD, new)
    took = (time.perf_counter() - start) * 1000
    assert isinstance(answer, WhatIf)
    return took


if __name__ == "__main__":
    main()
