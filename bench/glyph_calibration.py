#!/usr/bin/env python3
"""Makes charmap/src/glyph_calibration.inc from what glyph_accuracy --evidence wrote. Needs numpy.

    glyph_calibration.py EVIDENCE.csv

The mix, of the runs marked "calibration", each run with the same weight (BIZ UD Mincho, nearly always right, a
quarter of it): SHARES says how many searches have the right glyph in the index, lack it, and lack every glyph of its
code point. Two logistic models (rank 1 is right; the right character is in the index, that is, not every glyph of its
code point was left out), then a rising line (isotonic, pooled) from the sum to the share that is right. A share is never said above what its points can bear:
(right + 0.5) / (answers + 1) of the mix.
"""
import csv
import sys
from pathlib import Path

import numpy as np

SHARES = {"Right": {"present": 0.5, "glyph_absent": 0.3, "code_point_absent": 0.2},
          "Present": {"present": 0.5, "glyph_absent": 0.25, "code_point_absent": 0.25}}
NO_RIVAL = 1.0
EASY = {"BIZ UD Mincho": 0.25}  # nearly always right: it may not outweigh the others


def terms(r):
    """As glyph::terms() in charmap/src/glyph_evidence.cc."""
    cosine, left, largest, gap = (float(r[k]) for k in ("cosine", "leftover", "largest", "gap"))
    gap = min(gap, NO_RIVAL)
    return [1, cosine, left / 10, largest / 100, gap, gap * gap, cosine * cosine, left * left / 100,
            largest * left / 1000, gap * left / 10]


def fit(x, y, weight):
    """Logistic regression by Newton's method, with a small ridge."""
    w = np.zeros(x.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (weight * (y - p)) - 1e-3 * w
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + 1e-3 * np.eye(len(w))
        step = np.linalg.solve(hessian, gradient)
        w += np.clip(step, -20, 20)
    return w


def isotonic(z, y, weight, least=0.003):
    """Pools neighbours until shares rise and every point holds `least` of the weight."""
    order = np.argsort(z, kind="stable")
    blocks = []  # weight, weighted right, weighted sum of z
    for i in order:
        blocks.append([weight[i], weight[i] * y[i], weight[i] * z[i]])
        while len(blocks) > 1 and (blocks[-2][0] < least * weight.sum()
                                   or blocks[-2][1] / blocks[-2][0] >= blocks[-1][1] / blocks[-1][0]):
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last)]
    if len(blocks) > 1 and blocks[-1][0] < least * weight.sum():
        last = blocks.pop()
        blocks[-1] = [a + b for a, b in zip(blocks[-1], last)]
    per_answer = weight.mean()
    points, before = [], 0.0
    for total, right, sums in blocks:
        share = max(before, (right / per_answer + 0.5) / (total / per_answer + 1))
        points.append((sums / total, share))
        before = share
    return points


def cpp(name, w, points):
    lines = [f"constexpr std::array<double, kTerms> k{name}Weights = {{{', '.join(f'{v:.6g}' for v in w)}}};",
             f"constexpr std::array<Point, {len(points)}> k{name}Points = {{{{"]
    lines += [f"    {{{z:.5f}, {share:.5f}}}," for z, share in points]
    return "\n".join(lines + ["}};", ""])


def main(path):
    rows = [r for r in csv.DictReader(open(path)) if r["use"] == "calibration"]
    x = np.array([terms(r) for r in rows])
    count = {}
    for r in rows:
        key = (r["run"], r["case"])
        count[key] = count.get(key, 0) + 1
    exact = np.array(["HanaMinA" in r["run"] for r in rows])
    first = np.array([int(r["first"]) for r in rows])
    case = np.array([r["case"] for r in rows])
    # Where any glyph of the code point counts as right, leaving out one glyph does not make the answer absent.
    right = np.where(case == "present", first, np.where((case == "glyph_absent") & ~exact, first, 0))
    present = (case != "code_point_absent").astype(float)
    out = ["// Made by bench/glyph_calibration.py; do not edit."]
    for name, y in (("Right", right.astype(float)), ("Present", present)):
        weight = np.array([SHARES[name][r["case"]] * EASY.get(r["run"][:13], 1) / count[(r["run"], r["case"])]
                           for r in rows])
        weight *= len(rows) / weight.sum()
        w = fit(x, y, weight)
        points = isotonic(x @ w, y, weight)
        points = points if len(points) > 1 else [(points[0][0] - 1, points[0][1])] + points
        out.append(cpp(name, w, points))
    (Path(__file__).parent.parent / "charmap/src/glyph_calibration.inc").write_text("\n".join(out))


main(sys.argv[1])
