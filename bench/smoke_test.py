"""Runs the measuring scripts on tiny data: every row is there, every ratio can be read. The figures mean nothing.

usage: smoke_test.py CHARMAP_BENCH CORPUS_GENERATE HYOJUN
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
BENCH, GENERATE, HYOJUN = sys.argv[1:4]


class Smoke(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="hyojun bench ")
        self.addCleanup(self.folder.cleanup)
        self.out = os.path.join(self.folder.name, "out.json")

    def run_script(self, script, codes=(0, 1), **environment):
        changed = {**os.environ, **environment, "HYOJUN_BENCH_PROGRAM": BENCH, "HYOJUN_BENCH_GENERATE": GENERATE,
                   "HYOJUN_BENCH_HYOJUN": HYOJUN, "HYOJUN_BENCH_CACHE": self.folder.name}
        done = subprocess.run(["bash", os.path.join(HERE, script), self.out], env=changed, check=False, encoding="utf-8",
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertIn(done.returncode, codes, done.stdout + done.stderr)
        return done.stdout

    def kernels(self):
        version = subprocess.run([HYOJUN, "--version"], check=True, encoding="utf-8", stdout=subprocess.PIPE).stdout
        return re.search(r"(?m)^kernels (.*) \(", version).group(1).split()

    def test_benchmarks(self):
        text = self.run_script("run.sh", HYOJUN_BENCH_MB="1", HYOJUN_BENCH_REPETITIONS="1")
        for encoding in ("utf-8", "cp932", "utf-16le"):
            for corpus in ("", "/rare20", "/only_rare", "/quoted"):
                for kernel in self.kernels():
                    for what in ("identify", "scan", "convert") if encoding != "utf-16le" else ("identify", "scan"):
                        self.assertRegex(text, rf"(?m)^  {what}_{kernel}/{encoding}{corpus}  +\d+\.\d+ +\d+ ")
        for encoding in ("euc-jp-ms", "ibm-33722", "ibm-954", "iso-2022-jp", "ibm-930", "ibm-939", "ibm-1390", "ibm-1399"):
            for row in ("identify_portable", "scan_portable", "convert_portable", "icu_ucnv_to_utf16"):
                self.assertRegex(text, rf"(?m)^  {row}/{encoding}  +\d+\.\d+ +\d+ ")
        for row in ("memcpy/utf-8", "icu_ucnv_to_utf16/utf-8", "icu_u_strFromUTF8/utf-8", "icu_ucptrie_fast_histogram/utf-8",
                    "iconv_to_utf16le/utf-8", "icu_ucnv_to_utf16/cp932", "iconv_to_utf8/cp932", "icu_nfc/utf-16le",
                    "convert_to_cp932_portable/utf-8", "icu_ucnv_to_cp932/utf-8", "convert_portable/ibm-930", "icu_ucnv_to_utf-8/ibm-930"):
            self.assertRegex(text, rf"(?m)^  {row}  ")
        self.assertRegex(text, r"(?m)^  icu_ucnv_to_utf16/utf-8 .* 1\.00 ")
        self.assertRegex(text, r"(?m)^  iconv_to_utf8/cp932 .* 1\.00$")
        self.assertIn("not good enough for a claim", text)  # one repetition has no spread
        with open(self.out, encoding="utf-8") as file:
            self.assertGreater(len(json.load(file)["benchmarks"]), 40)

    def test_wrong_settings(self):
        self.run_script("run.sh", codes=(4,), HYOJUN_BENCH_MB="0")
        self.run_script("run.sh", codes=(4,), HYOJUN_BENCH_CORPORA="all")

    def test_end_to_end(self):
        text = self.run_script("end_to_end.sh", HYOJUN_BENCH_RECORDS="2000", HYOJUN_BENCH_REPETITIONS="2")
        for row in ("cat utf-8", "cat cp932", "cp utf-8", "iconv to UTF-8 cp932", r"hyojun identify, 1 thread\(s\) utf-8",
                    r"hyojun identify, 2 thread\(s\) cp932", r"hyojun convert -o -, 1 thread\(s\) utf-8",
                    r"hyojun convert to a file, 2 thread\(s\) cp932", "hyojun identify, ten lines utf-8"):
            self.assertRegex(text, rf"(?m)^{row}  +\d+\.\d+ ")
        with open(self.out, encoding="utf-8") as file:
            run = json.load(file)
        self.assertTrue(all(job["seconds"] and job["peak_bytes"] for job in run["jobs"]))
        self.assertEqual(sorted(os.listdir(self.folder.name)),
                         ["out.json", "residents-2000-cp932.csv", "residents-2000-utf-8.csv"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
