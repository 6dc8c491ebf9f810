#!/usr/bin/env python3
"""Learns charmap/weights/glyph_projection.bin: which differences of shape are a designer's, and which a character's.

    glyph_projection.py GLYPH_FEATURES MJ.TSV FOLDER

GLYPH_FEATURES: the program of that name. Needs numpy and the fonts below (Debian 12 packages fonts-ipamj-mincho,
fonts-morisawa-bizud-mincho, fonts-morisawa-bizud-gothic, fonts-horai-umefont, fonts-klee, fonts-motoya-l-cedar,
fonts-vlgothic, fonts-sawarabi-mincho, fonts-dejima-mincho, fonts-babelstone-han, fonts-wqy-microhei). None of them is
among the fonts that the accuracy run holds out. Only code points with a single MJ glyph are used of them.

The differences of a font from the reference font make the covariance "within a character". The differences between the
reference glyphs of one code point are added with a smaller weight: they teach which components stand for each other
(示 and 礻, 眞 and 真), so that the right character stays near where a font has the one form and the standard only the
other. Which of two such glyphs it is, the fine comparison says. Whitening with the sum and keeping the 256 directions
in which characters differ most (linear discriminant analysis) makes the projection.
Format: 512 means (float32), 256 × 512 weights (int16), 256 scales (float32), all little-endian.
"""
import csv
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import numpy as np

ROOT = "/usr/share/fonts/truetype/"
REFERENCE = ROOT + "ipamj/ipamjm.ttf"
GREY = ["bizud-mincho/BIZUDMincho-Regular.ttf", "bizud-gothic/BIZUDGothic-Regular.ttf", "horai-umefont/ume-pmo3.ttf",
        "klee/KleeOne-Regular.ttf", "motoya-l-cedar/MTLc3m.ttf", "vlgothic/VL-Gothic-Regular.ttf",
        "sawarabi-mincho/sawarabi-mincho-medium.ttf", "dejima-mincho/dejima-mincho-r227.ttf",
        "babelstone/BabelStoneHan.ttf", "wqy/wqy-microhei.ttc"]
DOTS = ["bizud-mincho/BIZUDMincho-Regular.ttf", "horai-umefont/ume-pmo3.ttf", "vlgothic/VL-Gothic-Regular.ttf",
        "babelstone/BabelStoneHan.ttf"]
RUNS = [(f, 64, "grey") for f in GREY] + [(f, s, "bilevel") for s in (24, 32) for f in DOTS]
RAW, KEPT, PER_FONT, RIDGE = 512, 256, 5000, 0.03
TWINS, MOST_TWINS = 0.3, 12  # weight beside the fonts; glyphs of a code point that has more say little


def single_labels(rows, path):
    count = {}
    for row in rows:
        count[row["ucs"]] = count.get(row["ucs"], 0) + 1
    path.write_text("".join(f"{r['name']} {r['implemented'][2:]}\n" for r in rows
                            if r["implemented"] and count[r["ucs"]] == 1))


def measure(program, font, pixels, mode, labels, out):
    if not Path(f"{out}.names").exists():
        subprocess.run([program, font, "0", str(pixels), mode, str(labels), str(out)], check=True)
    return np.fromfile(f"{out}.f32", np.float32).reshape(-1, RAW), Path(f"{out}.names").read_text().split()


def twins_covariance(rows, reference, row_of):
    """Of the differences between every two reference glyphs of one code point."""
    glyphs = {}
    for row in rows:
        if row["ucs"] and row["name"] in row_of:
            glyphs.setdefault(row["ucs"], []).append(row_of[row["name"]])
    pairs = [pair for group in glyphs.values() if len(group) <= MOST_TWINS for pair in combinations(group, 2)]
    first, second = np.array(pairs).T
    difference = (reference[first] - reference[second]).astype(np.float64)
    return difference.T @ difference / len(difference)


def main(program, mj_tsv, folder):
    folder = Path(folder)
    labels = folder / "labels.txt"
    mj = list(csv.DictReader(open(mj_tsv, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE))
    single_labels(mj, labels)
    reference, names = measure(program, REFERENCE, 64, "grey", "-", folder / "reference")
    row_of = {name: i for i, name in enumerate(names)}
    random = np.random.default_rng(1)
    within = np.zeros((RAW, RAW))
    for i, (font, pixels, mode) in enumerate(RUNS):
        features, found = measure(program, ROOT + font, pixels, mode, labels, folder / f"run{i}")
        known = [k for k, name in enumerate(found) if name in row_of]
        features, rows = features[known], np.array([row_of[found[k]] for k in known])
        likeness = (features * reference[rows]).sum(1)
        keep = likeness > np.quantile(likeness, 0.02)  # placeholders and quite other shapes
        difference = (features - reference[rows])[keep]
        difference = difference[random.permutation(len(difference))[:PER_FONT]].astype(np.float64)
        within += difference.T @ difference / len(difference) / len(RUNS)
    twins = twins_covariance(mj, reference, row_of)
    within += TWINS * np.trace(within) / np.trace(twins) * twins
    ridged = within + RIDGE * np.trace(within) / RAW * np.eye(RAW)
    values, vectors = np.linalg.eigh(ridged)
    whiten = vectors @ np.diag(values ** -0.5)
    total = np.cov(reference[random.permutation(len(reference))[:20000]].T)
    _, directions = np.linalg.eigh(whiten.T @ total @ whiten)
    projection = (whiten @ directions[:, ::-1][:, :KEPT]).T  # KEPT × RAW
    scales = np.abs(projection).max(1) / 32767
    weights = np.round(projection / scales[:, None])
    with open(Path(__file__).parent.parent / "charmap/weights/glyph_projection.bin", "wb") as out:
        out.write(reference.mean(0).astype("<f4").tobytes())
        out.write(weights.astype("<i2").tobytes())
        out.write(scales.astype("<f4").tobytes())


main(*sys.argv[1:])
