"""Every queue has a bound, a policy and a counter."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.engine.bounded_queue import BoundedQueue, Policy
from tests.engine.fakes import PATIENCE_S


def full(policy: Policy, capacity: int = 2) -> BoundedQueue[int]:
    queue: BoundedQueue[int] = BoundedQueue("parts", capacity, policy)
    for number in range(capacity):
        assert queue.put(number)
    return queue


def drain(queue: BoundedQueue[int]) -> list[int]:
    taken: list[int] = []
    while (item := queue.get(0)) is not None:
        taken.append(item)
    return taken


def test_a_queue_without_room_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="room"):
        BoundedQueue("parts", 0, Policy.BLOCK)


def test_fault_refuses_and_counts() -> None:
    queue = full(Policy.FAULT)
    assert not queue.put(9)
    assert queue.level().dropped == 1
    assert drain(queue) == [0, 1]


def test_drop_oldest_forgets_and_counts() -> None:
    queue = full(Policy.DROP_OLDEST)
    assert queue.put(2) and queue.put(3)
    assert queue.level().dropped == 2
    assert drain(queue) == [2, 3]


def test_block_gives_up_at_its_time_out_and_counts() -> None:
    queue = full(Policy.BLOCK)
    assert not queue.put(9, timeout_s=0.01)
    assert queue.level().dropped == 1
    assert drain(queue) == [0, 1]


def test_block_waits_until_somebody_takes() -> None:
    queue = full(Policy.BLOCK)
    with ThreadPoolExecutor(1) as pool:
        giving = pool.submit(queue.put, 2)
        assert queue.get(0) == 0
        assert giving.result(PATIENCE_S)
    assert drain(queue) == [1, 2]
    assert queue.level().dropped == 0


@pytest.mark.parametrize("policy", Policy)
def test_a_closed_queue_takes_nothing_and_gives_what_it_holds(policy: Policy) -> None:
    queue = full(policy)
    queue.close()
    assert not queue.put(9)
    assert drain(queue) == [0, 1]
    assert queue.get() is None
    assert queue.is_closed


def test_closing_wakes_who_waits_to_give_and_to_take() -> None:
    filled, empty = full(Policy.BLOCK), BoundedQueue[int]("empty", 1, Policy.BLOCK)
    with ThreadPoolExecutor(2) as pool:
        giving, taking = pool.submit(filled.put, 9), pool.submit(empty.get)
        filled.close()
        empty.close()
        assert not giving.result(PATIENCE_S)
        assert taking.result(PATIENCE_S) is None


def test_waiting_for_empty_ends_with_the_last_one_taken() -> None:
    queue = full(Policy.FAULT)
    assert not queue.wait_empty(0.01)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(queue.wait_empty, PATIENCE_S)
        drain(queue)
        assert waiting.result(PATIENCE_S)


@given(st.lists(st.one_of(st.integers(0, 99), st.none()), max_size=40), st.integers(1, 5))
def test_nothing_is_lost_but_what_is_counted(steps: list[int | None], capacity: int) -> None:
    """A number is given, None takes one."""
    queue: BoundedQueue[int] = BoundedQueue("parts", capacity, Policy.DROP_OLDEST)
    taken: list[int] = []
    for step in steps:
        if step is not None:
            queue.put(step)
        elif (item := queue.get(0)) is not None:
            taken.append(item)
        assert queue.level().length <= capacity
    given_ones = [step for step in steps if step is not None]
    held = queue.level().length
    assert len(given_ones) == len(taken) + held + queue.level().dropped
    assert drain(queue) == given_ones[len(given_ones) - held :]


def test_many_threads_take_each_item_once() -> None:
    queue: BoundedQueue[int] = BoundedQueue("parts", 3, Policy.BLOCK)
    seen: list[int] = []
    lock = threading.Lock()

    def take() -> None:
        while (item := queue.get()) is not None:
            with lock:
                seen.append(item)

    def give(first: int) -> None:
        for number in range(first, 300, 3):
            queue.put(number)

    takers = [threading.Thread(target=take) for _ in range(3)]
    givers = [threading.Thread(target=give, args=(first,)) for first in range(3)]
    for thread in (*takers, *givers):
        thread.start()
    for thread in givers:
        thread.join()
    queue.close()
    for thread in takers:
        thread.join()
    assert sorted(seen) == list(range(300))
