"""Whatever people decide and take back, in any order: what stands is what a simple list of decisions says."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlite_utils import Database as Tables

from station_app.core.errors import StorageError
from station_app.core.inspection import Box, Disposition, Override, VerdictKind
from station_app.store.inspections import record_inspection
from station_app.store.migrations import migrations
from station_app.store.overrides import record_override, standing_disposition
from tests.store.records import inspection

PARTS = (1, 2, 3)
DECISIONS = st.sampled_from([d for d in Disposition if d is not Disposition.UNDO])
WHO = st.sampled_from(["wang", "li"])


class DecidingPeople(RuleBasedStateMachine):
    """Two people and three parts. The model is one list of decisions for each part; an undo takes the last one off."""

    def __init__(self) -> None:
        super().__init__()
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        migrations.apply(Tables(self.connection))
        for part_id in PARTS:
            record_inspection(self.connection, inspection(part_id, VerdictKind.FAIL))
        self.standing: dict[int, list[Disposition]] = {part_id: [] for part_id in PARTS}
        self.records = 0

    def decide(self, override: Override) -> None:
        override_id, standing = record_override(self.connection, override)
        self.records += 1
        assert override_id == self.records
        assert standing == self.expected(override.part_id)

    def expected(self, part_id: int) -> Disposition | None:
        return self.standing[part_id][-1] if self.standing[part_id] else None

    @rule(part_id=st.sampled_from(PARTS), decision=DECISIONS, who=WHO, undoes=st.none() | st.integers(1, 5))
    def somebody_decides(self, part_id: int, decision: Disposition, who: str, undoes: int | None) -> None:
        self.standing[part_id].append(decision)
        self.decide(Override(part_id, decision, who, 5, marks=(Box(1, 2, 3, 4),), undoes=undoes))

    @rule(part_id=st.sampled_from(PARTS), who=WHO)
    def somebody_takes_back(self, part_id: int, who: str) -> None:
        undo = Override(part_id, Disposition.UNDO, who, 6)
        if not self.standing[part_id]:
            with pytest.raises(StorageError, match="no decision to take back"):
                record_override(self.connection, undo)
            return
        self.standing[part_id].pop()
        self.decide(undo)

    @invariant()
    def what_stands_is_what_the_list_says(self) -> None:
        for part_id in PARTS:
            assert standing_disposition(self.connection, part_id) == self.expected(part_id)

    @invariant()
    def nothing_was_erased(self) -> None:
        assert self.connection.execute("SELECT count(*) FROM overrides").fetchone() == (self.records,)

    def teardown(self) -> None:
        self.connection.close()


TestDecidingPeople = DecidingPeople.TestCase
TestDecidingPeople.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


def test_what_people_say_is_kept_whole() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrations.apply(Tables(connection))
        record_inspection(connection, inspection(1))
        marks = (Box(1, 2, 3, 4),)
        said = Override(1, Disposition.MISSED_DEFECT, "wang", 7, "by hand", "dent", marks, None, 800, "左侧")
        record_override(connection, said)
        columns = "part_id, disposition, operator, decided_at_ms, reason, label, marks, undoes, viewed_ms, camera_id"
        row = connection.execute(f"SELECT {columns} FROM overrides").fetchone()
        assert row == (1, "missed_defect", "wang", 7, "by hand", "dent", "[[1, 2, 3, 4]]", None, 800, "左侧")


@pytest.mark.parametrize(("age_ms", "is_refused"), [(0, False), (600_000, False), (600_001, True), (-600_001, True)])
def test_what_is_too_old_is_taken_back_by_those_alone_who_may(age_ms: int, is_refused: bool) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrations.apply(Tables(connection))
        record_inspection(connection, inspection(1, VerdictKind.FAIL))
        record_override(connection, Override(1, Disposition.AGREE, "li", 1_000_000))
        undo = Override(1, Disposition.UNDO, "wang", 1_000_000 + age_ms)
        if is_refused:
            with pytest.raises(StorageError, match="too old for you"):
                record_override(connection, undo, 600_000)
            assert standing_disposition(connection, 1) is Disposition.AGREE
        assert record_override(connection, undo, None if is_refused else 600_000)[1] is None
