"""Reports are pages of A4 on which nothing is lost: what does not fit goes on the next one."""

from pathlib import Path

import numpy as np
import pypdf
import pytest
from PySide6.QtWidgets import QApplication

from station_app.core.errors import StorageError
from station_app.gui.paper.charts import Bar, Run, bars, bars_height_mm, run
from station_app.gui.paper.sheet import HEIGHT_MM, WIDTH_MM, Letterhead, Sheet
from station_app.gui.paper.table import Heading, draw_table
from station_app.gui.scaling import to_image

HEAD = Letterhead("Shift report", "L3-ST07 后盖", "chain head ab12")
COLUMNS = (Heading("part", 1, is_number=True), Heading("what", 3))


def text_of(path: Path) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages]


def test_a_page_is_a4_with_head_and_foot(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    with Sheet(path, HEAD) as sheet:
        sheet.title("Night shift 夜班")
        sheet.heading("Yield")
        sheet.text("Of 4 851 parts 4 812 were told OK.")
    page = pypdf.PdfReader(path).pages[0]
    assert float(page.mediabox.width) == pytest.approx(WIDTH_MM / 25.4 * 72, abs=1)
    assert float(page.mediabox.height) == pytest.approx(HEIGHT_MM / 25.4 * 72, abs=1)
    (text,) = text_of(path)
    for words in ("Shift report", "后盖", "chain head ab12", "夜班", "Yield", "Of 4 851 parts", "1"):
        assert words in text


def test_a_long_table_repeats_its_head_and_loses_no_row(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    with Sheet(path, HEAD) as sheet:
        draw_table(sheet, COLUMNS, [(str(n), f"row-{n}.") for n in range(150)])
    pages = text_of(path)
    assert len(pages) == 3 and all("what" in page for page in pages)
    assert all(sum(f"row-{n}." in page for page in pages) == 1 for n in range(150))


def test_charts_and_pictures_are_never_torn(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    shown = (Bar("Scratch 划痕", 30, "30"), Bar("Dent", 0, "0"))
    points = Run(
        (1.0, float("nan"), 5.0), 2.0, (0.0, 0.0, 0.0), (4.0, 4.0, 4.0), (False, False, True), "06:00", "14:00"
    )
    picture = to_image(np.full((40, 60), 120, np.uint8))
    with Sheet(path, HEAD) as sheet:
        sheet.paint(bars_height_mm(shown), bars(shown))
        sheet.paint(60, run(points))
        sheet.pictures([(picture, f"picture-{n}.") for n in range(10)])
    pages = text_of(path)
    assert len(pages) == 2 and "划痕" in pages[0] and "14:00" in pages[0]
    assert all(sum(f"picture-{n}." in page for page in pages) == 1 for n in range(10))


def test_nothing_to_draw_is_no_fault(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    with Sheet(path, HEAD) as sheet:
        draw_table(sheet, COLUMNS, [])
        sheet.paint(20, bars(()))
        sheet.paint(20, run(Run((), 0.0, (), (), (), "", "")))
        sheet.pictures([])
    assert len(text_of(path)) == 1


def test_a_folder_that_is_not_there_is_told(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="the report cannot be written"), Sheet(tmp_path / "no" / "r.pdf", HEAD):
        pass
