"""GigE Vision without a vendor's SDK. The scenarios run in a network of their own, each file once; here is what came
of them, one by one."""

from pathlib import Path

import pytest

from tests.devices.netns.space import SIMULATOR, missing, run_inside, scenarios

pytest.importorskip("viva_genicam", reason="needs viva_genicam, the extra [gige]: ./test --cameras")

HERE = Path(__file__).resolve().parent / "netns"
FILES = {
    "aravis": (HERE / "aravis_scenarios.py", (SIMULATOR,)),
    "losses": (HERE / "aravis_losses.py", (SIMULATOR,)),
    "viva": (HERE / "viva_scenarios.py", ()),
}
CASES = [(peer, name) for peer, (path, _) in FILES.items() for name in scenarios(path)]

Outcome = tuple[dict[str, str], str]


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Outcome]:
    """Filled as the peers' files are run."""
    return {}


@pytest.mark.parametrize(("peer", "name"), CASES, ids=[f"{peer}-{name.removeprefix('test_')}" for peer, name in CASES])
def test_in_a_network_of_its_own(
    peer: str, name: str, outcomes: dict[str, Outcome], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path, tools = FILES[peer]
    if peer not in outcomes:
        lacking = missing(*tools)
        if lacking:
            pytest.skip(lacking)
        outcomes[peer] = run_inside(path, tmp_path_factory.mktemp(peer) / "report.xml")
    told, printed = outcomes[peer]
    assert name in told, printed
    assert not told[name], told[name]
