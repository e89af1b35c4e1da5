"""The same package gives the same verdicts to the last bit; another recipe flips what it must."""

from dataclasses import replace
from pathlib import Path

import pytest

from station_app.core.errors import StorageError
from station_app.core.inspection import NoResultReason, VerdictKind
from station_app.core.recipe import QualityLimits, Recipe, Thresholds
from station_app.replay.journal import Journal, Subject
from station_app.replay.judge import Judge
from station_app.replay.outcome import Outcome, Skipped
from station_app.replay.running import Progress, replay
from tests.replay.conftest import PARTS, Recorded

SUBJECT = Subject("housing", 0, 10, "ab", ("cd",), "cpu")


def go_on(_: Progress) -> bool:
    return True


def replayed(recorded: Recorded, recipe: Recipe, path: Path) -> tuple[Outcome, ...]:
    judge = Judge(recipe, {"top": recorded.inspector})
    return replay(recorded.parts, PARTS, recorded.images, judge, Journal(path, SUBJECT), go_on)


def test_the_same_package_says_the_same_to_the_last_bit(recorded: Recorded, tmp_path: Path) -> None:
    outcomes = replayed(recorded, recorded.recipe, tmp_path / "r.jsonl")
    assert len(outcomes) == PARTS and all(outcome.is_identical for outcome in outcomes)
    assert {outcome.recorded for outcome in outcomes} >= {VerdictKind.PASS, VerdictKind.FAIL}
    assert not any(outcome.is_flipped for outcome in outcomes)


def test_other_thresholds_flip_parts(recorded: Recorded, tmp_path: Path) -> None:
    lax = replace(recorded.recipe, thresholds=tuple((n, Thresholds(1.0, 1.0)) for n, _ in recorded.recipe.thresholds))
    outcomes = replayed(recorded, lax, tmp_path / "r.jsonl")
    rejected = [outcome for outcome in outcomes if outcome.recorded is VerdictKind.FAIL]
    assert rejected and all(o.replayed is VerdictKind.PASS for o in rejected if (o.score or 0) < 1.0)


def test_an_image_that_the_recipe_refuses_has_no_result(recorded: Recorded, tmp_path: Path) -> None:
    camera = replace(recorded.recipe.cameras[0], quality=QualityLimits(mean_min=249.0))
    outcomes = replayed(recorded, replace(recorded.recipe, cameras=(camera,)), tmp_path / "r.jsonl")
    assert {outcome.reason for outcome in outcomes} == {NoResultReason.QUALITY}
    assert {outcome.replayed for outcome in outcomes} == {VerdictKind.NO_RESULT}


def test_what_cannot_be_judged_again_says_why(recorded: Recorded) -> None:
    judge, part = Judge(recorded.recipe, {"top": recorded.inspector}), recorded.parts[0]
    late = replace(part, verdict=VerdictKind.NO_RESULT, reason=NoResultReason.LATE)
    assert judge.judge(part, {}).skipped is Skipped.NO_IMAGE
    assert judge.judge(late, recorded.images(1)).skipped is Skipped.NOT_OF_THE_IMAGE
    lengths = replace(recorded.recipe, thresholds=(*recorded.recipe.thresholds, ("wrong_length", Thresholds(1, 1))))
    scanned = Judge(lengths, {"top": recorded.inspector}).judge(part, recorded.images(1))
    assert scanned.skipped is Skipped.LINES and scanned.replayed is None and not scanned.is_flipped


def test_a_cancelled_replay_goes_on_where_it_stopped(recorded: Recorded, tmp_path: Path) -> None:
    path, seen = tmp_path / "r.jsonl", []
    judge = Judge(recorded.recipe, {"top": recorded.inspector})

    def stop_at_three(progress: Progress) -> bool:
        seen.append(progress)
        return progress.done < 3

    first = replay(recorded.parts, PARTS, recorded.images, judge, Journal(path, SUBJECT), stop_at_three)
    assert len(first) == 3 and seen[-1] == Progress(3, PARTS, 0)
    with path.open("ab") as torn:
        torn.write(b'{"part_id": 4, "rec')
    whole = replay(recorded.parts, PARTS, recorded.images, judge, Journal(path, SUBJECT), go_on)
    assert [outcome.part_id for outcome in whole] == [part.part_id for part in recorded.parts]
    assert Journal(path, SUBJECT).done == whole


def test_a_journal_of_another_replay_is_not_touched(recorded: Recorded, tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    replayed(recorded, recorded.recipe, path)
    before = path.read_bytes()
    with pytest.raises(StorageError, match="about something else"):
        Journal(path, replace(SUBJECT, recipe_sha256="ff"))
    assert path.read_bytes() == before


def test_a_damaged_journal_is_told(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes(b"nonsense\n")
    with pytest.raises(StorageError, match="damaged"):
        Journal(path, SUBJECT)


def test_an_unwritable_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot be written"), Journal(tmp_path / "file" / "r.jsonl", SUBJECT):
        pass


def test_a_damaged_image_is_told_and_the_others_are_judged(recorded: Recorded, tmp_path: Path) -> None:
    def images(part_id: int) -> dict[str, object]:
        if part_id == 2:
            raise StorageError("the image is damaged (hash)", where="somewhere")
        return dict(recorded.images(part_id))

    judge = Judge(recorded.recipe, {"top": recorded.inspector})
    journal = Journal(tmp_path / "r.jsonl", SUBJECT)
    outcomes = replay(recorded.parts[:3], 3, images, judge, journal, go_on)  # type: ignore[arg-type]
    assert [outcome.skipped for outcome in outcomes] == [None, Skipped.DAMAGED, None]
