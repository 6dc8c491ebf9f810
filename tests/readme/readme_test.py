"""Runs what README.md shows.

A ```console block holds commands ("$ ...") with their output, run in order in one copy of the sample folder. A line
"..." in the output stands for any number of lines. A command's exit code is not shown and not judged: the output is.
The C++ block must be the program that the package test builds and runs.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(sys.argv.pop(1))
BINARY = pathlib.Path(sys.argv.pop(1))
README = (ROOT / "README.md").read_text(encoding="utf-8")


def console_blocks():
    return re.findall(r"^```console\n(.*?)^```$", README, re.M | re.S)


def commands(block):
    """Splits a block into (command, expected lines)."""
    result = []
    for line in block.splitlines():
        if line.startswith("$ "):
            result.append((line[2:], []))
        elif result:
            result[-1][1].append(line)
    return result


def matches(expected, actual):
    """Are the lines equal, where "..." stands for any lines?"""
    if not expected:
        return not actual
    if expected[0] == "...":
        return any(matches(expected[1:], actual[i:]) for i in range(len(actual) + 1))
    return bool(actual) and expected[0] == actual[0] and matches(expected[1:], actual[1:])


class Readme(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        work = pathlib.Path(self.folder.name)
        shutil.copytree(ROOT / "data" / "samples", work / "data" / "samples")
        self.environment = {
            "PATH": f"{BINARY.parent}:{os.environ['PATH']}",
            "HOME": str(work),
            "LANG": "C.UTF-8",
        }
        self.work = work

    def tearDown(self):
        self.folder.cleanup()

    def test_console_blocks(self):
        blocks = console_blocks()
        self.assertTrue(blocks, "README.md has no console block")
        for command, expected in (entry for block in blocks for entry in commands(block)):
            with self.subTest(command=command):
                done = subprocess.run(
                    ["bash", "-c", command],
                    cwd=self.work,
                    env=self.environment,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    encoding="utf-8",
                    timeout=60,
                )
                actual = [line.rstrip() for line in done.stdout.splitlines()]
                self.assertTrue(matches([line.rstrip() for line in expected], actual), f"\n{done.stdout}")

    def test_example_is_the_tested_program(self):
        example = (ROOT / "tests" / "package" / "example" / "main.cc").read_text(encoding="utf-8")
        blocks = re.findall(r"^```cpp\n(.*?)^```$", README, re.M | re.S)
        self.assertIn(example, blocks)

    def test_the_two_commands_stand_in_the_readme(self):
        for command in ("bash cli/quickstart.sh", "bash tests/run.sh"):
            self.assertIn(command, README)
            self.assertTrue((ROOT / command.split()[1]).exists())


if __name__ == "__main__":
    unittest.main()
