"""Offers: what is signed is what is read, and nothing else is believed."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.errors import ModelPackageError
from station_app.core.recipe import Thresholds
from station_app.rollout.offer import Offer, app_version, offer_text, parse_offer, read_offer, sign_offer, utc_ms_of
from station_app.rollout.sealed import seal
from station_app.store.model_keys import key_id
from tests.rollout.publishing import KEY, OFFER, OTHER_KEY

TRUSTED = {key_id(KEY.public_bytes): KEY.public_bytes}
BOTH = {**TRUSTED, key_id(OTHER_KEY.public_bytes): OTHER_KEY.public_bytes}

thresholds = st.tuples(st.floats(0.001, 1), st.floats(0.001, 1)).map(lambda pair: Thresholds(min(pair), max(pair)))
offers = st.builds(
    replace,
    st.just(OFFER),
    number=st.integers(1, 99_999_999),
    created_ms=st.integers(0, 4_000_000_000_000),
    thresholds=st.dictionaries(st.sampled_from(["bent", "dent", "scratch"]), thresholds, min_size=1).map(
        lambda table: tuple(sorted(table.items()))
    ),
    stations=st.lists(st.from_regex(r"\A[a-z0-9][a-z0-9-]{0,10}\Z"), max_size=3).map(tuple),
    golden=st.integers(1, 256),
)


def refusal(body: bytes, trusted: dict[str, bytes] = TRUSTED) -> str:
    with pytest.raises(ModelPackageError) as refused:
        read_offer(body, trusted, "here")
    return refused.value.what


@given(offer=offers)
def test_what_was_signed_is_what_is_read(offer: Offer) -> None:
    read = read_offer(sign_offer(offer, [KEY]), TRUSTED, "here")
    assert read.offer == offer
    assert read.signed_by == (key_id(KEY.public_bytes),)


@given(data=st.data())
def test_any_changed_byte_is_refused_or_changes_nothing(data: st.DataObject) -> None:
    body = sign_offer(OFFER, [KEY])
    at = data.draw(st.integers(0, len(body) - 1))
    changed = body[:at] + bytes([body[at] ^ data.draw(st.integers(1, 255))]) + body[at + 1 :]
    try:
        assert read_offer(changed, TRUSTED, "here").offer == OFFER
    except ModelPackageError:
        return


@given(body=st.binary(max_size=200))
def test_garbage_is_a_sentence(body: bytes) -> None:
    assert refusal(body)


def test_a_changed_text_names_its_signature() -> None:
    body = sign_offer(OFFER, [KEY]).replace(b'\\"number\\":7', b'\\"number\\":9')
    assert "the signature does not hold" in refusal(body)


def test_an_unknown_key_is_refused_and_named() -> None:
    assert key_id(OTHER_KEY.public_bytes) in refusal(sign_offer(OFFER, [OTHER_KEY]))


def test_a_station_without_keys_takes_nothing() -> None:
    assert "trusts no key" in refusal(sign_offer(OFFER, [KEY]), {})


def test_an_offer_without_signatures_is_refused() -> None:
    assert "signed by nobody" in refusal(sign_offer(OFFER, []))


def test_one_trusted_signature_of_several_is_enough() -> None:
    body = sign_offer(OFFER, [OTHER_KEY, KEY])
    assert read_offer(body, TRUSTED, "here").signed_by == (key_id(KEY.public_bytes),)
    assert len(read_offer(body, BOTH, "here").signed_by) == 2


def test_a_signature_under_anothers_id_is_none() -> None:
    table = json.loads(sign_offer(OFFER, [OTHER_KEY]))
    table["signatures"][0]["key_id"] = key_id(KEY.public_bytes)
    assert "does not hold" in refusal(json.dumps(table).encode())


@pytest.mark.parametrize(
    "changed",
    [
        {"schema": 2},
        {"channel": "../stable"},
        {"number": 0},
        {"number": True},
        {"number": 100_000_000},
        {"created_at": "2026-11-24T07:20:15"},
        {"created_at": 5},
        {"recipe": ""},
        {"recipe": "a\nb"},
        {"replaces": "abc"},
        {"thresholds": {}},
        {"thresholds": {"scratch": {"review": 0.7, "fail": 0.5}}},
        {"thresholds": {"scratch": {"review": 0, "fail": 0.5}}},
        {"thresholds": []},
        {"min_app": "new"},
        {"evaluation": []},
        {"golden": 0},
        {"stations": [""]},
        {"stations": 5},
        {"unheard": 1},
    ],
    ids=str,
)
def test_a_signed_offer_that_is_wrong_is_refused(changed: dict[str, object]) -> None:
    table = {**json.loads(offer_text(OFFER)), **changed}
    text = json.dumps(table, sort_keys=True, separators=(",", ":"))
    with pytest.raises(ModelPackageError):
        read_offer(seal("offer", text, [KEY]), TRUSTED, "here")


@pytest.mark.parametrize(
    "members",
    [
        {"manifest.json": "a" * 64},
        {"manifest.json": "f" * 64, "model.onnx": "b" * 64},
        {"manifest.json": "a" * 64, "model.onnx": "b" * 64, "../model.py": "c" * 64},
        {"manifest.json": "a" * 64, "model.onnx": "b"},
    ],
    ids=["no model", "another manifest", "another name", "no hash"],
)
def test_members_are_those_of_a_package(members: dict[str, str]) -> None:
    package = replace(OFFER.package, members=tuple(members.items()))
    with pytest.raises(ModelPackageError):
        sign_offer(replace(OFFER, package=package), [KEY])


def test_only_the_canonical_text_is_an_offer() -> None:
    text = offer_text(OFFER)
    assert parse_offer(text, "here") == OFFER
    for other in (text.replace(",", ", "), text[:-1] + ',"number":8}'):
        with pytest.raises(ModelPackageError):
            parse_offer(other, "here")


def test_versions_are_compared_as_numbers() -> None:
    assert app_version("0.10.0") > app_version("0.9.9")
    with pytest.raises(ValueError, match="no version"):
        app_version("1.0-beta")


def test_a_time_without_its_zone_is_none() -> None:
    with pytest.raises(ValueError, match="zone"):
        utc_ms_of("2026-11-24T07:20:15.123")
