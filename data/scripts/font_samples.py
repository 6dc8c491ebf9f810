#!/usr/bin/env python3
"""Makes the two fonts of data/samples again: made-up characters of straight strokes (tests/e2e/stroke_font.py).

    python3 data/scripts/font_samples.py            replaces them
    python3 data/scripts/font_samples.py --check    compares instead; exit 1 and a list on any difference
"""
import csv
import pathlib
import sys

DATA = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(DATA.parent / "tests" / "e2e"))

import stroke_font  # noqa: E402

REFERENCES = 60


def make():
    """The file contents by name: a reference font, and four gaiji: three drawn like reference glyphs, one like none."""
    with open(DATA / "mj.tsv", encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        names = [row["name"].lower() for row in rows if row["implemented"]][200:200 + REFERENCES]
    shapes = [stroke_font.moved(stroke_font.strokes(i), 5, 4) for i in (3, 14, 41)] + [stroke_font.strokes(777)]
    return {"reference.ttf": stroke_font.font([(0, name, stroke_font.strokes(i)) for i, name in enumerate(names)], "Made-up Reference"),
            "gaiji.ttf": stroke_font.font([(0xE000 + i, f"g{i}", shape) for i, shape in enumerate(shapes)], "Made-up Gaiji")}


def main(arguments):
    made = make()
    if arguments == ["--check"]:
        differing = [name for name, content in made.items() if (DATA / "samples" / name).read_bytes() != content]
        for name in differing:
            print(f"differs: data/samples/{name}", file=sys.stderr)
        return 1 if differing else 0
    if arguments:
        print("usage: font_samples.py [--check]", file=sys.stderr)
        return 2
    for name, content in made.items():
        (DATA / "samples" / name).write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
