#!/usr/bin/env python3
"""Makes charmap/src/glyph_calibration.inc from what glyph_accuracy --use calibration --evidence wrote. Needs numpy.

    glyph_calibration.py EVIDENCE.csv

The mix, of the runs marked "calibration": half of it asks for the exact MJ name (HanaMinA), half for the code point
(the other fonts); of each half, each run has the same weight (BIZ UD Mincho, nearly always right, a quarter of it).
SHARES says how many searches have the right glyph in the index, lack it, and lack every glyph of its code point.

Confidence is a product: how likely the right glyph is in the index (a logistic model of how well rank 1 fits) times
how likely rank 1 is it then (a logistic model of how far rank 2 is behind, of the searches that have it). Neither makes
up for the other: a perfect fit beside an equal rival is no sure answer, nor is a poor fit without one. A rising line
(isotonic, pooled) leads from the sum of the logarithms to the share that is right. Presence (a character of this code
point is in the index) is one such model with its own line. A share is never said above what its points can bear:
(right + 0.5) / (answers + 1) of the mix; and SURE or more is said nowhere where, in any of the runs, more than
FALSE_PASSES of the searches without an answer would say it too (the others are twins of a glyph that was left out).
"""
import csv
import sys
from pathlib import Path

import numpy as np

SHARES = {"Right": {"present": 0.5, "glyph_absent": 0.3, "code_point_absent": 0.2},
          "Present": {"present": 0.5, "glyph_absent": 0.25, "code_point_absent": 0.25}}
NO_RIVAL = 1.0
EASY = {"BIZ UD Mincho": 0.25}  # nearly always right: it may not outweigh the others
SURE, FALSE_PASSES = 0.95, 0.005
LEAST = {"Right": 0.003, "Present": 0.003}  # of the weight in one point of a line


def columns(rows):
    keys = ("cosine", "leftover", "largest", "detail", "largest_detail", "gap")
    values = np.array([[float(r[k]) for k in keys] for r in rows]).T
    values[5] = np.minimum(values[5], NO_RIVAL)
    return values


def fit_terms(rows):
    """As glyph::fit_terms() in charmap/src/glyph_evidence.cc."""
    cosine, left, largest, detail, worst, gap = columns(rows)
    return np.stack([np.ones_like(cosine), cosine, cosine * cosine, left / 10, largest / 100, detail / 10,
                     detail * detail / 100, worst / 100, detail * worst / 1000, gap, gap * detail / 10, gap * cosine,
                     np.log(worst + 0.5), np.log(detail + 0.1), worst / (detail + 0.3) / 30], 1)


def rival_terms(rows):
    """As glyph::rival_terms()."""
    cosine, _, _, detail, worst, gap = columns(rows)
    return np.stack([np.ones_like(cosine), cosine, detail / 10, worst / 100, gap, np.minimum(gap, 0.4),
                     np.minimum(gap, 0.15), gap * detail / 10, np.log(detail + 0.1)], 1)


def logistic(x, y, weight, ridge=1.0):
    """Weights of a logistic regression on scaled terms: Newton's method, each step halved until it helps."""
    mean, scale = x.mean(0), x.std(0)
    mean[0], scale[0] = 0, 1
    z = (x - mean) / scale

    def loss(w):
        s = np.clip(z @ w, -35, 35)
        return (weight * (np.log1p(np.exp(s)) - y * s)).sum() + ridge / 2 * (w * w).sum()

    w = np.zeros(x.shape[1])
    for _ in range(100):
        p = likelihood(z, w)
        gradient = z.T @ (weight * (p - y)) + ridge * w
        hessian = (z * (weight * p * (1 - p))[:, None]).T @ z + ridge * np.eye(len(w))
        step, length, before = np.linalg.solve(hessian, gradient), 1.0, loss(w)
        while length > 1e-6 and loss(w - length * step) >= before:
            length /= 2
        if length <= 1e-6:
            break
        w -= length * step
        if before - loss(w) < 1e-7 * before:
            break
    unscaled = w / scale
    unscaled[0] = w[0] - (w * mean / scale)[1:].sum()
    return unscaled


def likelihood(x, w):
    return 1 / (1 + np.exp(-np.clip(x @ w, -35, 35)))


def isotonic(z, y, weight, least):
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
    return points if len(points) > 1 else [(points[0][0] - 1, points[0][1])] + points


def held_back(points, sums, absent, run):
    """The line, below SURE up to where few enough searches without an answer come."""
    bar = max(np.quantile(sums[absent & (run == r)], 1 - FALSE_PASSES) for r in set(run))
    below = [(z, min(share, SURE - 1e-4)) for z, share in points if z < bar]
    above = [(z, share) for z, share in points if z > bar]
    return below + [(bar, min(SURE - 1e-4, np.interp(bar, *zip(*points))))] + above


def exact_names(rows):
    return np.array(["HanaMinA" in r["run"] for r in rows])


def weights_of(rows, shares):
    count = {}
    for r in rows:
        key = (r["run"], r["case"])
        count[key] = count.get(key, 0) + 1
    weight = np.array([shares[r["case"]] * EASY.get(r["run"][:13], 1) / count[(r["run"], r["case"])] for r in rows])
    for half in (exact_names(rows), ~exact_names(rows)):
        weight[half] /= weight[half].sum()
    return weight * len(rows) / weight.sum()


def cpp_weights(name, w):
    return f"constexpr std::array<double, {len(w)}> k{name}Weights = {{{', '.join(f'{v:.6g}' for v in w)}}};"


def cpp_points(name, points):
    lines = [f"constexpr std::array<Point, {len(points)}> k{name}Points = {{{{"]
    return "\n".join(lines + [f"    {{{z:.5f}, {share:.5f}}}," for z, share in points] + ["}};", ""])


def main(path):
    rows = [r for r in csv.DictReader(open(path)) if r["use"] == "calibration"]
    exact = exact_names(rows)
    first = np.array([int(r["first"]) for r in rows])
    case = np.array([r["case"] for r in rows])
    # Where any glyph of the code point counts as right, leaving out one glyph does not make the answer absent.
    right = np.where(case == "present", first, np.where((case == "glyph_absent") & ~exact, first, 0)).astype(float)
    absent = np.where(exact, case != "present", case == "code_point_absent")
    fits, rivals = fit_terms(rows), rival_terms(rows)
    has = case == "present"

    weight = weights_of(rows, SHARES["Right"])
    fitting = logistic(fits, (~absent).astype(float), weight)
    ahead = logistic(rivals[has], first[has].astype(float), weight[has])
    sums = np.log(likelihood(fits, fitting)) + np.log(likelihood(rivals, ahead))
    line = isotonic(sums, right, weight, LEAST["Right"])
    line = held_back(line, sums, absent, np.array([r["run"] for r in rows]))
    out = ["// Made by bench/glyph_calibration.py; do not edit.", cpp_weights("Fit", fitting),
           cpp_weights("Rival", ahead), cpp_points("Right", line)]

    weight = weights_of(rows, SHARES["Present"])
    present = (case != "code_point_absent").astype(float)
    w = logistic(fits, present, weight)
    out += [cpp_weights("Present", w), cpp_points("Present", isotonic(fits @ w, present, weight, LEAST["Present"]))]
    (Path(__file__).parent.parent / "charmap/src/glyph_calibration.inc").write_text("\n".join(out))


main(sys.argv[1])
