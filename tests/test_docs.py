"""The documents: what they link to is there, and what they show to copy is taken by the program."""

import re
from pathlib import Path

import pytest

from station_app.retrain.plan_toml import read_plan

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted((*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")))
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FENCE = re.compile(r"```.*?```", re.DOTALL)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    targets = _LINK.findall(_FENCE.sub("", document.read_text(encoding="utf-8")))
    inside = [target for target in targets if "://" not in target]
    assert [target for target in inside if not _is_there(document, target)] == []


def test_the_plan_in_the_document_is_one(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "ml.md").read_text(encoding="utf-8")
    (shown,) = [block for block in re.findall(r"```toml\n(.*?)```", text, re.DOTALL) if "[champion]" in block]
    (tmp_path / "retrain.toml").write_text(shown, encoding="utf-8")
    assert read_plan(tmp_path / "retrain.toml").champion.camera == "top"


def _is_there(document: Path, target: str) -> bool:
    name, _, heading = target.partition("#")
    path = document.parent / name if name else document
    return path.exists() and (not heading or heading in _headings(path))


def _headings(path: Path) -> set[str]:
    """As links name them: small letters, dashes for blanks, nothing else."""
    titles = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}
