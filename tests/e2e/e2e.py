"""What every end-to-end test needs: a folder of its own, and a way to run the real binary."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

BINARY = os.environ["HYOJUN_E2E_BINARY"]
IMAGE = os.environ["HYOJUN_E2E_IMAGE"]
DATA = os.environ["HYOJUN_E2E_DATA"]
SANITIZED = os.environ.get("HYOJUN_E2E_SANITIZED") == "1"

OUTCOMES = ["standard", "default_glyph", "gaiji_mapped", "gaiji_unmapped", "unregistered_sequence", "not_in_standard",
            "control", "malformed"]
EXCEPTIONS = OUTCOMES[3:]


class Run:
    """One finished run: exit code, standard output and error as bytes and as text."""

    def __init__(self, done):
        self.code = done.returncode
        self.out_bytes = done.stdout
        self.err_bytes = done.stderr
        self.out = done.stdout.decode("utf-8", "surrogateescape")
        self.err = done.stderr.decode("utf-8", "surrogateescape")

    def json(self):
        return json.loads(self.out)

    def __repr__(self):
        return f"exit {self.code}\n--- stdout\n{self.out[:4000]}\n--- stderr\n{self.err[:4000]}"


def environment(**changes):
    """A clean environment: no language, no table, no colour of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS")}
    kept.update({name: value for name, value in changes.items() if value is not None})
    return kept


class Case(unittest.TestCase):
    """A test in an empty folder that is removed afterwards."""

    maxDiff = None

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="hyojun e2e ")  # the space is intended
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(os.fsencode(self.folder), name) if isinstance(name, bytes) else os.path.join(self.folder, name)

    def write(self, name, content, encoding="utf-8"):
        data = content if isinstance(content, bytes) else content.encode(encoding)
        with open(self.path(name), "wb") as file:
            file.write(data)
        return name

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def names(self):
        return sorted(os.listdir(self.folder))

    def hyojun(self, *arguments, stdin=b"", code=None, env=None, **options):
        command = [BINARY, *arguments]
        done = subprocess.run(command, input=stdin, cwd=self.folder, env=environment(**(env or {})), timeout=300,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        run = Run(done)
        if code is not None:
            self.assertEqual(run.code, code, f"{arguments}: {run}")
        return run

    def wait_for_handler(self, process, number):
        """Until the process catches the signal: before that it dies like any other."""
        for _ in range(600):
            with open(f"/proc/{process.pid}/status", encoding="ascii", errors="replace") as file:
                caught = re.search(r"^SigCgt:\s*([0-9a-f]+)$", file.read(), re.M)
            if caught and int(caught[1], 16) >> (number - 1) & 1:
                return
            time.sleep(0.01)
        self.fail("the process never caught the signal")

    def identify(self, *arguments, code=None, **options):
        """Runs identify --json and checks what holds for any input."""
        run = self.hyojun("identify", *arguments, "--json", code=code, **options)
        self.assertIn(run.code, (0, 1), run)
        report = run.json()
        self.check_sums(report)
        self.assertEqual(run.code, int(any(report["outcomes"][o] for o in EXCEPTIONS) or bool(report["suspicions"])
                                           or any(f["warnings"] for f in report["files"])), run)
        return report

    def check_sums(self, report):
        outcomes = report["outcomes"]
        self.assertEqual(list(outcomes), OUTCOMES)
        self.assertEqual(sum(outcomes.values()), report["characters"])
        self.assertEqual(sum(f["bytes"] for f in report["files"]), report["bytes"])
        self.assertEqual(sum(f["records"] for f in report["files"]), report["records"])
        listed = dict.fromkeys(OUTCOMES, 0)
        for entry in report["exceptions"]:
            listed[entry["outcome"]] += entry["count"]
        for outcome in EXCEPTIONS:
            self.assertEqual(listed[outcome], outcomes[outcome], outcome)

    def counts(self, report):
        """The outcomes that occurred."""
        return {outcome: n for outcome, n in report["outcomes"].items() if n}

    def check_message(self, run, code, what, where=None, next_=True):
        """An error: nothing on stdout; what, where and what to do next on stderr, each behind the program's name."""
        self.assertEqual(run.code, code, run)
        self.assertEqual(run.out_bytes, b"", run)
        lines = run.err.splitlines()
        self.assertTrue(lines and all(line.startswith("hyojun: ") for line in lines), run)
        self.assertRegex(run.err, what)
        if where is not None:
            self.assertRegex(run.err, r"(?m)^hyojun:   (where|場所): .*" + where)
        if next_:
            self.assertRegex(run.err, r"(?m)^hyojun:   (next|次に): .")


def thinned(items, step=7):
    """All of them in the release build; every `step`-th where the program is built with sanitizers: each start costs ten times as much."""
    items = list(items)
    return items[::step] if SANITIZED else items


def data_rows(name):
    """The rows of a table of data/ as dictionaries."""
    with open(os.path.join(DATA, name), encoding="utf-8") as file:
        heading = file.readline().rstrip("\n").split("\t")
        for line in file:
            yield dict(zip(heading, line.rstrip("\n").split("\t")))


def text_of(code_points):
    """"U+9089 U+E010F" as text."""
    return "".join(chr(int(part[2:], 16)) for part in code_points.split())


def main():
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]], verbosity=1)


__all__ = ["BINARY", "Case", "DATA", "EXCEPTIONS", "IMAGE", "OUTCOMES", "Run", "SANITIZED", "data_rows", "environment", "json",
           "main", "os", "re", "subprocess", "sys", "text_of", "thinned", "unittest"]
