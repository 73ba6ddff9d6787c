"""Makes `resources/fonts/`: Noto Sans cut down to the scripts that names in Europe use.

    python packaging/fonts.py FOLDER_WITH_NOTO_FONTS

Needs fonttools, and the files of Debian's `fonts-noto-core`. Signs that people paste into texts
and that Noto Sans itself lacks (arrows, comparisons, ticks, boxes) are taken over from its sister
fonts, which have the same design size and the same licence (OFL 1.1, no reserved names).
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

OUT = Path(__file__).parent.parent / "resources" / "fonts"
STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
RANGES = (
    (0x20, 0x7E),  # Basic Latin
    (0xA0, 0x24F),  # Latin-1, Extended-A, Extended-B
    (0x2B0, 0x36F),  # modifiers and combining marks
    (0x370, 0x3FF),  # Greek
    (0x400, 0x52F),  # Cyrillic with its supplement
    (0x1E00, 0x1EFF),  # Latin Extended Additional
    (0x2000, 0x206F),  # punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20CF),  # currency
    (0x2100, 0x218F),  # letterlike signs and fractions
    (0xFFFD, 0xFFFD),
)
BORROWED = {
    "NotoSansMath-Regular.ttf": "←→↑↓↔⇐⇒⇔−≤≥≠≈≡√∑∏∞∂∆∈∩∪",
    "NotoSansSymbols2-Regular.ttf": "✓✔✗✘□▯■▪▫●○◆◇☐☑☒★☆",
}


def main(source: Path) -> None:
    """Writes the four styles."""
    OUT.mkdir(parents=True, exist_ok=True)
    for style in STYLES:
        font = TTFont(source / f"NotoSans-{style}.ttf")
        wanted = [code for first, last in RANGES for code in range(first, last + 1)]
        _cut(font, wanted)
        for name, signs in BORROWED.items():
            _borrow(font, TTFont(source / name), signs)
        target = OUT / f"NotoSans-{style}.ttf"
        font.save(target)
        print(target.name, target.stat().st_size, len(font.getBestCmap()))


def _cut(font: TTFont, wanted: list[int]) -> None:
    """Keeps the wanted characters; shaping tables and hints are of no use to the PDF writer."""
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.glyph_names = True
    options.notdef_outline = True
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "STAT", "meta"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14]
    options.recalc_timestamp = False
    cutter = Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    font.recalcTimestamp = False


def _borrow(font: TTFont, other: TTFont, signs: str) -> None:
    """Copies the outlines of `signs` that `font` lacks."""
    theirs, glyphs = other.getBestCmap(), other.getGlyphSet()
    for sign in signs:
        if ord(sign) in font.getBestCmap() or ord(sign) not in theirs:
            continue
        name = f"uni{ord(sign):04X}"
        recording = DecomposingRecordingPen(glyphs)
        glyphs[theirs[ord(sign)]].draw(recording)
        pen = TTGlyphPen(None)
        recording.replay(pen)
        font["glyf"][name] = pen.glyph()
        width, bearing = other["hmtx"][theirs[ord(sign)]]
        font["hmtx"][name] = (width, bearing)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[ord(sign)] = name


if __name__ == "__main__":
    main(Path(sys.argv[1]))
