"""The rules of rolling back, as the line and the records call for them."""

from dataclasses import dataclass, field, replace

from station_app.core.errors import StorageError
from station_app.core.inspection import Inspection, NoResultReason, StageTimes, VerdictKind
from station_app.core.model_messages import ModelStage
from station_app.core.trial_record import JudgedParts, TrialAsked, TrialRecord
from station_app.engine.candidate import Candidate
from station_app.engine.trial_watch import TrialWatch, WatchSetup
from tests.engine.fakes import FakeLedger
from tests.engine.line import make_recipe

CHAMPION = make_recipe("a" * 64, deadline_ms=1000.0)
TRIAL = replace(CHAMPION, revision=2)
NOW_MS = 10_000_000


@dataclass
class Watched:
    """A watch over a canary, and what it told."""

    stage: ModelStage = ModelStage.CANARY
    bad: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    ledger: FakeLedger = field(default_factory=FakeLedger)

    def __post_init__(self) -> None:
        candidate = Candidate(TRIAL, "top", "b" * 64, self.stage, 0.5, since_ms=7)
        setup = WatchSetup(look_every_s=0.0, settling_s=100.0, now_ms=lambda: NOW_MS)
        shadow = self.ledger.shadow
        self.watch = TrialWatch(candidate, CHAMPION.sha256, shadow, setup, self.bad.append, self.passed.append)

    def decide(self, parts: int, recipe_hash: str = TRIAL.sha256, took_ms: float = 20.0) -> None:
        told = inspection(recipe_hash, took_ms)
        for _ in range(parts):
            self.watch.decided(told)

    def ask(self, record: TrialRecord) -> None:
        self.ledger.shadow.record = record
        self.watch.step()


def inspection(recipe_hash: str, took_ms: float = 20.0, reason: NoResultReason | None = None) -> Inspection:
    verdict = VerdictKind.NO_RESULT if reason else VerdictKind.PASS
    return Inspection(1, 5, "A17", 1, recipe_hash, verdict, reason, times=StageTimes(inspect_ms=took_ms))


def test_a_slow_one_is_taken_out_and_the_champions_own_pace_is_the_measure() -> None:
    watched = Watched()
    watched.decide(50, CHAMPION.sha256, 100.0)
    watched.decide(49, took_ms=250.0)
    assert watched.bad == []
    watched.decide(3, took_ms=250.0)
    assert watched.bad == ["it needs 250 ms for 95 of 100 parts, the champion 100 ms"]


def test_one_that_eats_up_the_deadline_is_taken_out_whatever_the_champion_needs() -> None:
    watched = Watched()
    watched.decide(50, took_ms=850.0)
    assert watched.bad == ["it needs 850 ms for 95 of 100 parts, of a deadline of 1000 ms"]


def test_only_its_own_faults_count_and_not_those_of_a_camera() -> None:
    watched = Watched()
    for _ in range(10):
        watched.watch.decided(inspection(TRIAL.sha256, reason=NoResultReason.FRAME_TORN))
        watched.watch.decided(inspection(CHAMPION.sha256, reason=NoResultReason.MODEL_OUTPUT))
    assert watched.bad == []
    for _ in range(3):
        watched.watch.decided(inspection(TRIAL.sha256, reason=NoResultReason.MODEL_OUTPUT))
    assert len(watched.bad) == 1


def test_people_who_overturn_it_more_than_the_champion_end_it() -> None:
    watched = Watched(ModelStage.ACTIVE)
    judged = TrialRecord(2000, 30, 2000, JudgedParts(30, 200), JudgedParts(10, 200))
    watched.ask(judged)
    assert watched.bad == ["people overturned 30 of 200 judged parts, with the champion 10 of 200"]
    watched.ask(judged)
    assert len(watched.bad) == 1, "it is told once"


def test_other_scores_than_in_shadow_end_it() -> None:
    watched = Watched()
    spread = tuple(number / 1000 for number in range(300))
    watched.ask(TrialRecord(300, 0, 10, reference=spread, scores=spread))
    assert watched.bad == []
    watched.ask(TrialRecord(300, 0, 10, reference=spread, scores=tuple(score + 0.3 for score in spread)))
    assert watched.bad[0].startswith("its scores are spread otherwise than in shadow")


def test_the_stop_rule_stops_a_canary_and_says_when_it_has_passed() -> None:
    stopped, passed, active = Watched(), Watched(), Watched(ModelStage.ACTIVE)
    stopped.ask(TrialRecord(parts=10, bad=3, settled=3))
    assert stopped.bad == ["3 of 10 parts were overturned or lost: the stop rule says it is bad"]
    passed.ask(TrialRecord(parts=400, bad=1, settled=199))
    assert passed.passed == []
    for _ in range(2):
        passed.ask(TrialRecord(parts=400, bad=1, settled=250))
        active.ask(TrialRecord(parts=400, bad=1, settled=250))
    assert passed.passed == ["1 of 250 settled parts were overturned or lost"]
    assert (passed.bad, active.passed, active.bad) == ([], [], [])


def test_what_is_asked_of_the_records_is_this_trial_alone() -> None:
    watched = Watched()
    watched.watch.step()
    settled_before = NOW_MS - 100_000
    asked = TrialAsked(TRIAL.sha256, CHAMPION.sha256, "b" * 64, "top", 7, settled_before)
    assert watched.ledger.shadow.asked == [asked]


def test_in_shadow_nobody_is_asked_and_records_that_do_not_answer_are_asked_again() -> None:
    shadow = Watched(ModelStage.SHADOW)
    shadow.watch.step()
    assert shadow.ledger.shadow.asked == []
    shadow.watch.shown(is_fault=True)
    shadow.watch.shown(is_fault=True)
    shadow.watch.shown(is_fault=True)
    assert len(shadow.bad) == 1

    silent = Watched()

    def refuse(asked: TrialAsked) -> TrialRecord:
        raise StorageError("the disk does not answer", remedy="wait")

    silent.ledger.shadow.trial_record = refuse  # type: ignore[method-assign]
    silent.watch.step()
    assert (silent.bad, silent.passed) == ([], [])
