"""Frame buffers are lent, shared and given back, and never to two at a time."""

import threading

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from station_app.engine.frame_pool import FramePool, Lease
from tests.engine.fakes import PATIENCE_S


def lend(pool: FramePool) -> Lease:
    lease = pool.lease(0)
    assert lease is not None
    return lease


def test_a_pool_gives_what_it_has_and_then_nothing() -> None:
    pool = FramePool(2, (4, 6))
    leases = [lend(pool), lend(pool)]
    assert pool.lease(0.01) is None
    assert pool.lent == 2
    assert leases[0].buffer is not leases[1].buffer
    assert leases[0].buffer.shape == (4, 6)


def test_a_buffer_goes_back_with_its_last_holder() -> None:
    pool = FramePool(1, (4, 6))
    lease = lend(pool)
    assert lease.retain() is lease
    lease.release()
    assert pool.lent == 1
    lease.release()
    assert pool.lent == 0
    assert lend(pool).buffer is lease.buffer


def test_giving_back_twice_is_a_bug_that_is_told() -> None:
    lease = lend(FramePool(1, (4, 6)))
    lease.release()
    with pytest.raises(RuntimeError, match="twice"):
        lease.release()
    with pytest.raises(RuntimeError, match="retained after"):
        lease.retain()


def test_who_waits_for_a_buffer_gets_the_one_that_comes_back() -> None:
    pool = FramePool(1, (4, 6))
    lease = lend(pool)
    got: list[Lease | None] = []
    waiting = threading.Thread(target=lambda: got.append(pool.lease(PATIENCE_S)))
    waiting.start()
    lease.release()
    waiting.join()
    (second,) = got
    assert second is not None and second.buffer is lease.buffer


class Lending(RuleBasedStateMachine):
    """Any order of lending, sharing and giving back."""

    COUNT = 3

    def __init__(self) -> None:
        super().__init__()
        self.pool = FramePool(self.COUNT, (2, 2))
        self.holders: dict[Lease, int] = {}

    leases = Bundle("leases")

    @rule(target=leases)
    def borrow(self) -> Lease | None:
        lease = self.pool.lease(0)
        assert (lease is None) == (len(self.holders) == self.COUNT)
        if lease is not None:
            self.holders[lease] = 1
        return lease

    @rule(target=leases, lease=leases)
    def share(self, lease: Lease | None) -> Lease | None:
        if lease not in self.holders:
            return None
        assert lease is not None
        lease.retain()
        self.holders[lease] += 1
        return lease

    @rule(lease=consumes(leases), is_real=st.just(True))
    def give_back(self, lease: Lease | None, is_real: bool) -> None:
        if lease in self.holders:
            assert lease is not None
            lease.release()
            self.holders[lease] -= 1
            if self.holders[lease] == 0:
                del self.holders[lease]

    @invariant()
    def no_buffer_is_lent_twice(self) -> None:
        assert self.pool.lent == len(self.holders)
        assert len({id(lease.buffer) for lease in self.holders}) == len(self.holders)


TestLending = Lending.TestCase
TestLending.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
