#!/usr/bin/env python3
"""Learns charmap/weights/glyph_projection.bin: which differences of shape are a designer's, and which a character's.

    glyph_projection.py GLYPH_FEATURES MJ.TSV FOLDER

GLYPH_FEATURES: the program of that name. Needs numpy and the fonts below (Debian 12 packages fonts-ipamj-mincho,
fonts-morisawa-bizud-mincho, fonts-morisawa-bizud-gothic, fonts-horai-umefont, fonts-klee, fonts-motoya-l-cedar,
fonts-vlgothic, fonts-sawarabi-mincho, fonts-dejima-mincho, fonts-babelstone-han, fonts-wqy-microhei). None of them is
among the fonts that the accuracy run measures. Only code points with a single MJ glyph are used.

The differences of a font from the reference font make the covariance "within a character"; whitening with it and
keeping the 256 directions in which characters differ most (linear discriminant analysis) makes the projection.
Format: 512 means (float32), 256 × 512 weights (int16), 256 scales (float32), all little-endian.
"""
import csv
import subprocess
import sys
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
RAW, KEPT, PER_FONT, RIDGE = 512, 256, 5000, 0.1


def single_labels(mj_tsv, path):
    rows = list(csv.DictReader(open(mj_tsv, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE))
    count = {}
    for row in rows:
        count[row["ucs"]] = count.get(row["ucs"], 0) + 1
    path.write_text("".join(f"{r['name']} {r['implemented'][2:]}\n" for r in rows
                            if r["implemented"] and count[r["ucs"]] == 1))


def measure(program, font, pixels, mode, labels, out):
    if not Path(f"{out}.names").exists():
        subprocess.run([program, font, "0", str(pixels), mode, str(labels), str(out)], check=True)
    return np.fromfile(f"{out}.f32", np.float32).reshape(-1, RAW), Path(f"{out}.names").read_text().split()


def main(program, mj_tsv, folder):
    folder = Path(folder)
    labels = folder / "labels.txt"
    single_labels(mj_tsv, labels)
    reference, names = measure(program, REFERENCE, 64, "grey", "-", folder / "reference")
    row_of = {name: i for i, name in enumerate(names)}
    random = np.random.default_rng(1)
    within = np.zeros((RAW, RAW))
    for i, (font, pixels, mode) in enumerate(RUNS):
        features, found = measure(program, ROOT + font, pixels, mode, labels, folder / f"run{i}")
        known = [k for k, name in enumerate(found) if name in row_of]
        features, rows = features[known], np.array([row_of[found[k]] for k in known])
        likeness = (features * reference[rows]).sum(1)
        keep = likeness > np.quantile(likeness, 0.05)  # regional shapes and placeholders
        difference = (features - reference[rows])[keep]
        difference = difference[random.permutation(len(difference))[:PER_FONT]].astype(np.float64)
        within += difference.T @ difference / len(difference) / len(RUNS)
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
