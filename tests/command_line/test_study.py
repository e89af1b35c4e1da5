"""Studies are listed and printed without the screen."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pypdf
import pytest

from station_app.command_line.main import main
from station_app.core.inspection import VerdictKind
from station_app.core.study import Appraiser, ShowingAnswer, StudyDraft
from station_app.core.study_messages import StudyPart
from station_app.store.archive import StationArchive
from station_app.store.ledger import StationLedger
from station_app.store.studies import next_showing
from tests.gui.fake_engine import housing
from tests.store.records import RECIPE, ROOMY, inspection

Say = Callable[..., tuple[int, str, str]]
ANNA = Appraiser("anna")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four parts, two of them bad, that anna has judged as the standard says."""
    with closing(StationLedger(tmp_path, ROOMY)) as ledger:
        ledger.register(RECIPE).result()
        for part_id in range(1, 5):
            part = inspection(part_id, VerdictKind.FAIL if part_id > 2 else VerdictKind.PASS)
            ledger.record(part).result()
            ledger.keep_image(part, "top", housing(part_id, (48, 64)))
        parts = tuple(StudyPart(part_id, part_id > 2) for part_id in range(1, 5))
        draft = StudyDraft("Scratches 划痕", parts, (ANNA, Appraiser("ben", sees_model=True)), 1, True, "li", 1_000)
        ledger.start_study(draft).result()
        archive = StationArchive(tmp_path)
        while (shown := archive.read(lambda reader: next_showing(reader, 1, "anna"))) is not None:
            answer = ShowingAnswer(1, shown.showing, "anna", shown.part_id > 2, 900, False, 2_000)
            ledger.answer_showing(answer).result()
    return tmp_path


@pytest.fixture
def say(folder: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Runs the command; status, what was said, what was refused."""

    def run(*words: str) -> tuple[int, str, str]:
        status = main(["study", *words, "--data-dir", str(folder)])
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


def test_the_list_tells_each_study_with_its_progress(say: Say) -> None:
    status, told, _ = say("list")
    assert status == 0
    progress = "4 parts, 2 bad, 1 trials; 4/8 answered (anna 4/4, ben + model 0/4)"
    assert told == f"   1  open    Scratches 划痕: {progress}\n"


@pytest.mark.parametrize(("language", "words"), [("en", "Against the standard"), ("zh_CN", "与标准比较")])
def test_a_report_is_printed_where_there_is_no_window(folder: Path, language: str, words: str) -> None:
    """In a process of its own, as from a terminal."""
    out = folder / "study.pdf"
    asked = ["study", "report", "1", str(out), "--language", language, "--data-dir", str(folder)]
    done = subprocess.run([sys.executable, "-m", "station_app", *asked], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    text = " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(out).pages)
    assert words in text and "划痕" in text and "ben" in text


def test_a_study_that_is_not_there_is_one_sentence(say: Say, tmp_path: Path) -> None:
    status, told, refused = say("report", "7", str(tmp_path / "study.pdf"))
    assert (status, told) == (1, "")
    assert "there is no such study" in refused and not (tmp_path / "study.pdf").exists()
