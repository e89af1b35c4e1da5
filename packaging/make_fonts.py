"""Makes the fonts of assets/fonts from Debian's packages fonts-noto-cjk and fonts-noto-core. Needs fonttools.

    apt-get download fonts-noto-cjk fonts-noto-core
    for package in *.deb; do dpkg-deb -x "$package" unpacked; done
    python -m venv venv && venv/bin/pip install fonttools
    venv/bin/python packaging/make_fonts.py unpacked assets/fonts

The same packages give the same bytes. The families get a name of their own: they are not what their makers published,
and a font of the same name on the machine must not take their place.
"""

import argparse
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

HAN, LATIN = "Station Sans SC", "Station Sans Latin"
WEIGHTS = ("Regular", "Bold")
_SIMPLIFIED = "Noto Sans CJK SC"
_RANGES = ((0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x205E), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x25A0, 0x27BF))
_WIDE = {0xB7, 0x2026}
"""Middle dot and ellipsis are as wide as a hanzi there, and our texts use them between Latin words too."""
_WESTERN = (
    (0xB7, 0xB7),
    (0x2026, 0x2026),
    (0x100, 0x24F),
    (0x370, 0x3FF),
    (0x400, 0x4FF),
    (0x1E00, 0x1EFF),
    (0x20A0, 0x20BF),
)
_HALF_AND_FULL_WIDTH = (0xFF00, 0xFFEF)
# Hanzi of personal names that GB 2312 lacks and registry offices accept.
_NAMES = (
    "伃伋伝佇佺侁俍倓倞偲僡儁冏冮勍厐厷叡吔喆喦嘒嚞垚堃堉壎奭妘妧姈姞姮姳娍娫婳婻媖媞媱嫄嫕嫚嫮嬅嬿宬寔寯屾峣崚崟帡弢弨彣彧忞悰惇愔慜扆旻旼旿昇昉昞昫昰昳昺晅晊晛晞晢"
    "晧晳暐暕暠暲曈曌朤杺栐栻桲梽棐楒楙榞橦沄沨洢洺浐浛浥浬涢淏淯渟湉湜湝湲溍溦滪滺潽澂澔濛濬瀞炆炘炟炣烔烜烺焄焌焜煇煐熇燊燏燚燨爔爟犇玙玚玥珅珖珘珝珣珹珺珽琄琇琋琎"
    "琟琤琭瑀瑄瑆瑔瑢瑧瑨瑮璆璒璘璟璠璥璪璲璿瓅瓛畯皛皜皞盉睎砡祎祏祐祾禔禕禛禤稑穜竑竩筼籥絜綝縡羭翀翃翙翚翛翯芃荙莀葰蓂藠虓裬訔訚詝諲諴谞贇贠赟赪軏辀郃郕釭鈊鋆鋐鍠"
    "钘锜锳锽镈镕镠阇雱霂霙靘韡頔頠頫顒颋颙飏飗骉骍骎骕骦鳦鸑鹍鹓鹔鹮鼒龑龢"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("unpacked", type=Path, help="the folder that holds both packages, unpacked")
    parser.add_argument("out", type=Path)
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    for weight in WEIGHTS:
        collection = TTCollection(str(_found(chosen.unpacked, f"NotoSansCJK-{weight}.ttc")))
        han = next(font for font in collection.fonts if font["name"].getDebugName(1) == _SIMPLIFIED)
        held = _subset(han, HAN, weight, _wanted())
        _compact(han)
        _save(han, chosen.out / f"StationSansSC-{weight}.otf")
        latin = TTFont(str(_found(chosen.unpacked, f"NotoSans-{weight}.ttf")))
        _subset(latin, LATIN, weight, _within(_WESTERN) - held)
        _save(latin, chosen.out / f"StationSansLatin-{weight}.ttf")


def _found(folder: Path, name: str) -> Path:
    return next(folder.rglob(name))


def _wanted() -> set[int]:
    """Signs, full-width forms, the whole of GB 2312 (its hanzi, kana, Greek and Cyrillic) and hanzi of names."""
    wanted = _within((*_RANGES, _HALF_AND_FULL_WIDTH)) | _gb2312() | {ord(hanzi) for hanzi in _NAMES}
    return wanted - _WIDE


def _within(ranges: tuple[tuple[int, int], ...]) -> set[int]:
    return {code for first, last in ranges for code in range(first, last + 1)}


def _gb2312() -> set[int]:
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xFF) for cell in range(0xA1, 0xFF))
    return {ord(letter) for pair in pairs for letter in pair.decode("gb2312", "ignore")}


def _subset(font: TTFont, family: str, weight: str, codes: set[int]) -> set[int]:
    """Cut `font` down to `codes`, as far as it has them, and name it; the codes that it holds."""
    options = subset.Options(
        layout_features=["kern", "ccmp", "mark", "mkmk"],
        drop_tables=["vhea", "vmtx", "VORG", "DSIG", "BASE"],
        glyph_names=False,
        name_IDs=[0, 7, 8, 9, 10, 13, 14],
        name_languages=[0x409],
        notdef_outline=True,
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    _name(font, family, weight)
    return set(font.getBestCmap())


def _name(font: TTFont, family: str, weight: str) -> None:
    postscript = f"{family.replace(' ', '')}-{weight}"
    version = font["head"].fontRevision
    names = {1: family, 2: weight, 3: f"{version:.3f};{postscript}", 4: f"{family} {weight}"}
    for number, text in {**names, 5: f"Version {version:.3f}; subset", 6: postscript}.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [postscript]
        cff[0].FamilyName, cff[0].FullName = family, f"{family} {weight}"


def _compact(font: TTFont) -> None:
    """The line box of a pan-CJK font leaves room for scripts that are not here: 1.45 em, of which 1.26 are enough."""
    ascent, descent = 1000, 260
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = ascent, -descent, 0
    os2 = font["OS/2"]
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = ascent, -descent, 0
    os2.usWinAscent, os2.usWinDescent = ascent, descent


def _save(font: TTFont, path: Path) -> None:
    font.recalcTimestamp = False
    font.save(str(path))


if __name__ == "__main__":
    main()
