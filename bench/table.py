#!/usr/bin/env python3
"""Prints the tables of one benchmark run: medians, spread, and ratios to ICU's converter, memcpy and iconv.

usage: table.py RUN.json

Exit 1 where memcpy or ICU's converter spread by 5 % or more: no claim may rest on such a run.
"""
import json
import platform
import statistics
import sys

ICU = "icu_ucnv_to_utf16"
ICONV = {"utf-8": "iconv_to_utf16le/utf-8", "cp932": "iconv_to_utf8/cp932",
         "shift-jis-2004": "iconv_to_utf8/shift-jis-2004", "euc-jis-2004": "iconv_to_utf8/euc-jis-2004"}
MEMCPY = "memcpy/utf-8"
LIMIT = 5.0

# By the longest beginning of a row's name.
WHAT = {
    "identify_": "identify, the whole contract: fields, outcomes, records, tally with first positions",
    "scan_": "validation, class of every character, events; no fields, no tally",
    "convert_": "identify and convert to UTF-8 in one pass, tally of replacements; utf-8: base form, shrunk to JIS X 0213",
    "convert_to_": "identify and convert to another encoding than UTF-8 in one pass, tally of replacements; base form, 〓 for what it lacks",
    "memcpy": "copies to memory of the same size",
    "icu_ucnv_to_utf16": "only converts to UTF-16 (ucnv_toUnicode)",
    "icu_ucnv_to_": "only converts (ucnv_convertEx), to UTF-8 or from it",
    "icu_u_strFromUTF8": "only converts to UTF-16 (u_strFromUTF8)",
    "icu_ucptrie_fast_histogram": "only counts the class of each character (UCPTRIE_FAST)",
    "icu_nfc": "only normalises UTF-16 to NFC (unorm2_normalize)",
    "iconv_to_utf8": "only converts to UTF-8 (the C library's iconv)",
    "iconv_to_utf16le": "only converts to UTF-16LE (the C library's iconv)",
    "simdutf_validate": "only validates (simdutf)",
    "simdutf_to_utf16le": "only converts to UTF-16LE (simdutf)",
    "simdutf_to_utf8": "only converts to UTF-8 (simdutf)",
}
CORPORA = {
    "": "residents as they are (2 % of the kanji of names rare)",
    "rare20": "ten times the rare characters",
    "only_rare": "nothing but sequences, gaiji and supplementary characters",
    "quoted": "every field in quotes",
}
BY_TABLE = ("euc-jp-ms", "ibm-33722", "ibm-954", "iso-2022-jp", "shift-jis-2004", "euc-jis-2004", "ibm-930", "ibm-939", "ibm-1390", "ibm-1399")
ENCODINGS = ("utf-8", "cp932", "utf-16le", *BY_TABLE)


class Row:
    def __init__(self, name):
        parts = name.split("/")
        self.name, self.what, self.encoding = name, parts[0], parts[1]
        self.corpus = parts[2] if len(parts) > 2 else ""
        self.samples = []  # (bytes/s, characters/s)

    def median(self, column):
        return statistics.median(sample[column] for sample in self.samples)

    @property
    def characters(self):
        return self.median(1)

    @property
    def target(self):
        """What is written, where that is neither UTF-8 nor, by ICU, UTF-16."""
        for beginning in ("convert_to_", "icu_ucnv_to_"):
            name = self.what.removeprefix(beginning).split("_")[0]
            if self.what.startswith(beginning) and self.what != ICU and name != "utf-8":
                return name
        return None

    @property
    def ours(self):
        return self.what.startswith(("identify_", "scan_", "convert_"))

    @property
    def spread(self):
        """Inter-quartile range in percent of the median."""
        if len(self.samples) < 4:
            return float("nan")
        quartiles = statistics.quantiles([sample[0] for sample in self.samples], n=4, method="inclusive")
        return 100 * (quartiles[2] - quartiles[0]) / quartiles[1]

    def explanation(self):
        return WHAT[max((key for key in WHAT if self.what.startswith(key)), key=len)]


def read_rows(run):
    """{name: Row} of the single repetitions, in the order of their first appearance."""
    rows = {}
    for entry in run["benchmarks"]:
        if entry["run_type"] == "iteration":
            name = entry["name"].split("/iterations:")[0]
            rows.setdefault(name, Row(name)).samples.append((entry["bytes_per_second"], entry["items_per_second"]))
    return rows


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            return next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), "unknown")
    except OSError:
        return platform.processor() or "unknown"


def ratio(rows, row, name):
    """Characters/s of the row over those of another, as text."""
    other = rows.get(name)
    return f"{row.characters / other.characters:.2f}" if other else "-"


def cells(rows, row):
    """Each is compared with ICU and iconv on the same bytes; UTF-16, which nobody converts to UTF-16, with UTF-8."""
    icu = "utf-8" if row.encoding == "utf-16le" else row.encoding
    corpus = f"/{row.corpus}" if row.corpus else ""
    base = f"{ICU}/{icu}{corpus}"
    if row.target:  # with ICU's way to the same target
        base = f"icu_ucnv_to_{row.target}/{row.encoding}"
    same = f"{row.what}/{row.encoding}"
    return [row.name, f"{row.median(0) / 1e9:.3f}", f"{row.characters / 1e6:.0f}", "-" if row.spread != row.spread else f"{row.spread:.1f} %",
            ratio(rows, row, base), ratio(rows, row, MEMCPY),
            ratio(rows, row, ICONV.get(row.encoding, "") + corpus), ratio(rows, row, same) if row.corpus else ""]


def print_group(title, group, rows):
    if not group:
        return
    print(f"\n{title}")
    table = [["", "GB/s", "Mchar/s", "spread", "x ICU", "x memcpy", "x iconv", "x standard" if group[0].corpus else ""]]
    table += [cells(rows, row) for row in group]
    widths = [max(len(line[i]) for line in table) for i in range(len(table[0]))]
    for line in table:
        print("  " + "  ".join([line[0].ljust(widths[0])] + [c.rjust(w) for c, w in zip(line[1:], widths[1:])]).rstrip())


def print_tables(rows):
    for encoding in ENCODINGS:
        here = [row for row in rows.values() if row.encoding == encoding and not row.corpus]
        here.sort(key=lambda row: (not row.ours, row.what.split("_")[0] if row.ours else "", -row.characters))
        print_group(f"{encoding}: {CORPORA['']}", here, rows)
    for corpus in list(CORPORA)[1:]:
        here = [row for row in rows.values() if row.corpus == corpus]
        here.sort(key=lambda row: (ENCODINGS.index(row.encoding), not row.ours, row.what.split("_")[0], -row.characters))
        print_group(f"{corpus}: {CORPORA[corpus]}", here, rows)
    print("\nrows")
    for key, text in WHAT.items():
        if any(row.explanation() == text for row in rows.values()):
            print(f"  {key + (('<target>' if key.startswith('icu') else '<kernel>') if key.endswith('_') else ''):28}{text}")


def print_head(context, rows):
    print(f"CPU {processor()}, {context['num_cpus']} processors; {platform.system()} {platform.release()}")
    print(f"kernels {context['kernels']}; {context['compiler']}; ICU {context['icu']}; {context['c_library']}"
          + (f"; simdutf {context['simdutf']}" if "simdutf" in context else ""))
    for key, mix in context.items():
        if key.startswith("corpus_"):
            print(f"corpus {key[len('corpus_'):]}: {mix}")
    print(f"medians of {min(len(row.samples) for row in rows.values())}; spread = inter-quartile range in % of the median")
    print("ratios are of characters/s: x ICU to icu_ucnv_to_utf16 of the same corpus (cp932 to cp932, utf-8 and utf-16le to utf-8), "
          f"x memcpy to {MEMCPY}, x iconv to iconv of the same encoding and corpus, x standard to the same row on the standard corpus")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        run = json.load(file)
    rows = read_rows(run)
    if not rows:
        sys.exit(f"table.py: no row in {sys.argv[1]}")
    print_head(run["context"], rows)
    print_tables(rows)
    controls = [row for row in rows.values() if row.name == MEMCPY or row.what == ICU and not row.corpus]
    noisy = [row.name for row in controls if not row.spread < LIMIT]
    if noisy:
        print(f"\nnot good enough for a claim: {', '.join(noisy)} spread by {LIMIT:g} % or more (or too few repetitions)")
    return 1 if noisy else 0


if __name__ == "__main__":
    sys.exit(main())
