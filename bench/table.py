#!/usr/bin/env python3
"""Prints the table of one benchmark run: medians, spread, and ratios to ICU's converter and to memcpy.

usage: table.py RUN.json

Exit 1 where memcpy or ICU's converter spread by 5 % or more: no claim may rest on such a run.
"""
import json
import platform
import statistics
import sys

TO_ICU = "icu_ucnv_to_utf16/utf-8"
TO_MEMCPY = "memcpy/utf-8"
LIMIT = 5.0


def samples(run):
    """{name: [(bytes/s, characters/s)]} of the single repetitions, in the order of their first appearance."""
    found = {}
    for row in run["benchmarks"]:
        if row["run_type"] == "iteration":
            name = "/".join(row["name"].split("/")[:2])
            found.setdefault(name, []).append((row["bytes_per_second"], row["items_per_second"]))
    return found


def spread(values):
    """Inter-quartile range in percent of the median."""
    if len(values) < 4:
        return float("nan")
    quartiles = statistics.quantiles(values, n=4, method="inclusive")
    return 100 * (quartiles[2] - quartiles[0]) / quartiles[1]


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            return next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), "unknown")
    except OSError:
        return platform.processor() or "unknown"


def print_table(found):
    medians = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in found.items()}
    icu, memcpy = medians[TO_ICU], medians[TO_MEMCPY]
    print(f"{'what':34} {'GB/s':>7} {'Mchar/s':>8} {'spread':>7} {'x ICU':>7} {'x memcpy':>9}")
    for name in sorted(medians, key=lambda n: (not n.startswith("identify_"), -medians[n][1])):
        size, characters = medians[name]
        iqr = spread([row[0] for row in found[name]])
        print(f"{name:34} {size / 1e9:7.3f} {characters / 1e6:8.0f} {iqr:6.1f}% {characters / icu[1]:7.2f} "
              f"{characters / memcpy[1]:9.3f}")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        run = json.load(file)
    context = run["context"]
    found = samples(run)
    print(f"CPU {processor()}, {context['num_cpus']} processors; {platform.system()} {platform.release()}")
    print(f"best kernel {context['kernel']}; {context['compiler']}; ICU {context['icu']}; {context['c_library']}")
    print(f"corpus: {context['corpus']}")
    print(f"medians of {min(len(rows) for rows in found.values())}; ratios are of characters/s, to {TO_ICU} and {TO_MEMCPY}\n")
    print_table(found)
    spreads = {name: spread([row[0] for row in found[name]]) for name in (TO_ICU, TO_MEMCPY)}
    noisy = [name for name, value in spreads.items() if not value < LIMIT]
    if noisy:
        print(f"\nnot good enough for a claim: {', '.join(noisy)} spread by {LIMIT:g} % or more (or too few repetitions)")
    return 1 if noisy else 0


if __name__ == "__main__":
    sys.exit(main())
