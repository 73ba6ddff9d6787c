"""The picture of the dossier in the README: three pages of the example's PDF, side by side.

    python packaging/dossier_picture.py .github/pictures/dossier.png

Needs pdftoppm, of poppler's tools.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageOps

from sif_desktop.app.demo import example
from sif_desktop.app.payload import pdf
from sif_desktop.app.sources import call_of
from sif_desktop.rules.check import check

PAGES = (1, 15, 21)
DOTS_PER_INCH = 55


def main(out: Path) -> None:
    """Makes the picture."""
    proposal = example()
    call = call_of(proposal)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "dossier.pdf"
        file.write_bytes(pdf(proposal, call, check(proposal, call), draft=False))
        images = [page_image(file, page) for page in PAGES]
        width = sum(image.width for image in images) + 12 * (len(images) - 1)
        whole = Image.new("RGB", (width, images[0].height), "white")
        left = 0
        for image in images:
            whole.paste(image, (left, 0))
            left += image.width + 12
        whole.quantize(64).save(out, optimize=True)


def page_image(file: Path, page: int) -> Image.Image:
    """One page of a PDF, with a thin frame."""
    stem = file.with_name(f"page{page}")
    words = ["-r", str(DOTS_PER_INCH), "-f", str(page), "-l", str(page), "-png", "-singlefile"]
    subprocess.run(["pdftoppm", *words, str(file), str(stem)], check=True)
    with Image.open(stem.with_suffix(".png")) as image:
        return ImageOps.expand(image.convert("RGB"), border=1, fill="#b8c4cc")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
