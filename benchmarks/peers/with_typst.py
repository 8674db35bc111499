"""The cards of a folder, set with Typst in one process a core: `python with_typst.py FOLDER CORES`."""

from __future__ import annotations

import json
import sys
import time
from functools import lru_cache
from multiprocessing import Pool
from pathlib import Path

import typst

HERE = Path(__file__).parent
STANDARDS = (["ua-1", "a-3a"], ["a-3a"])
MOMENT = 1_704_067_200


@lru_cache
def _compiler(fonts: str) -> typst.Compiler:
    own = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])
    return typst.Compiler(str(HERE / "card.typ"), root=str(HERE), font_paths=own)


def set_card(path: Path) -> tuple[int, int, str]:
    """Size of the PDF, which of the standards it holds, and what the better one was refused for."""
    inputs, refused = {"card": path.read_text(encoding="utf-8")}, ""
    compiler = _compiler(str(path.parent.parent / "fonts"))
    for number, standards in enumerate(STANDARDS):
        try:
            pdf = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=standards, timestamp=MOMENT)
        except typst.TypstError as error:
            refused = refused or str(error)
        else:
            path.with_suffix(".typst.pdf").write_bytes(pdf)
            return len(pdf), number, refused
    raise RuntimeError(f"{path.name}: {refused}")


def main() -> None:
    folder, cores = Path(sys.argv[1]), int(sys.argv[2])
    paths = sorted((folder / "cards").glob("*.json"))
    began = time.perf_counter()
    with Pool(cores) as pool:
        made = pool.map(set_card, paths, chunksize=4)
    seconds = time.perf_counter() - began
    weaker = [refused for _, standard, refused in made if standard]
    told = {"cards": len(made), "without_ua": len(weaker), "refused": weaker[0][:300] if weaker else ""}
    print(json.dumps({"seconds": seconds, **told, "mean_kb": sum(size for size, _, _ in made) / len(made) / 1000}))


if __name__ == "__main__":
    main()
