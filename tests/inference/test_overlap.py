"""One detection for each defect: whatever tiles cut it, it is put together, and no other is lost with it."""

from itertools import pairwise, product

from hypothesis import assume, given
from hypothesis import strategies as st

from station_app.inference.overlap import MAX_DETECTIONS, MAX_PIECES, Detection, Rect, merge
from station_app.inference.region_plan import tile_starts

NUMBERS = st.integers(0, 50)
SCORES = st.floats(0.01, 1)
TILES = [Rect(0, 0, 30, 30), Rect(20, 0, 50, 30), Rect(0, 20, 30, 50)]


def inside(tile: Rect, corners: tuple[int, int, int, int]) -> Rect:
    x0, y0, x1, y1 = corners
    return Rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)).shared(tile)


@given(st.lists(st.tuples(st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS), SCORES, st.sampled_from(TILES)), max_size=20))
def test_merging_keeps_the_highest_score_and_covers_every_box(
    entries: list[tuple[tuple[int, int, int, int], float, Rect]],
) -> None:
    detections = [Detection(score, 0, inside(tile, corners), tile) for corners, score, tile in entries]
    merged = merge(detections)
    assert len(merged) <= len(detections)
    assert [d.score for d in merged] == sorted((d.score for d in merged), reverse=True)
    assert bool(merged) == bool(detections)
    if detections:
        assert merged[0].score == max(d.score for d in detections)
    for detection in detections:
        assert detection.box.area == 0 or any(d.box.shared(detection.box).area > 0 for d in merged)


def test_in_one_tile_the_strongest_stands_for_those_it_overlaps() -> None:
    tile = TILES[0]
    strong, weak, lonely = Rect(0, 0, 10, 10), Rect(1, 1, 11, 11), Rect(20, 20, 25, 25)
    merged = merge([Detection(0.5, 0, weak, tile), Detection(0.9, 0, strong, tile), Detection(0.4, 0, lonely, tile)])
    assert [(d.score, d.box) for d in merged] == [(0.9, strong), (0.4, lonely)]


def test_no_more_are_given_than_anybody_can_look_at() -> None:
    many = [Detection(0.5, 0, Rect(2 * n, 0, 2 * n + 1, 1), Rect(0, 0, 10_000, 10)) for n in range(2000)]
    assert len(merge(many)) == MAX_DETECTIONS


@st.composite
def defects(draw: st.DrawFn, width: int, height: int) -> list[Rect]:
    """Defects of any length, never nearer to each other than two pixels."""
    chosen: list[Rect] = []
    for _ in range(draw(st.integers(1, 4))):
        left, top = draw(st.integers(0, width - 2)), draw(st.integers(0, height - 2))
        wide, tall = draw(st.integers(1, width - left)), draw(st.integers(1, height - top))
        grown = Rect(left - 2, top - 2, left + wide + 2, top + tall + 2)
        if all(grown.shared(other).area == 0 for other in chosen):
            chosen.append(Rect(left, top, left + wide, top + tall))
    return chosen


@given(st.data(), st.integers(8, 40), st.integers(20, 150), st.integers(20, 150))
def test_defects_over_any_seams_are_found_once_each_and_whole(
    data: st.DataObject, tile: int, width: int, height: int
) -> None:
    overlap = data.draw(st.integers(2, tile // 2))
    columns, rows = (tile_starts(length, tile, overlap, 1) for length in (width, height))
    assume(all(after - before < tile for before, after in [*pairwise(columns), *pairwise(rows)]))
    truth = data.draw(defects(width, height))
    seen = [Rect(x, y, x + tile, y + tile) for y, x in product(rows, columns)]
    cut = [(defect.shared(view), view) for view in seen for defect in truth]
    detections = [Detection(0.9, 0, box, view) for box, view in cut if box.area > 0]
    assume(len(detections) <= MAX_PIECES)  # beyond that the rest is not looked at: the part has failed long since
    assert sorted(d.box for d in merge(data.draw(st.permutations(detections)))) == sorted(truth)
