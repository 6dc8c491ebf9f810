#!/usr/bin/env python3
"""Keeps the rules of the house (design.md): who may include what, how long a file may be, what no file may name.

    layering.py TREE    prints one line for each break, "file:line: rule: what"; exit 1 if there is one
"""
import os
import re
import sys

MAX_LINES = 400
MAX_BYTES = 4 << 20  # the largest table has 3.8 MB
SOURCE = (".cc", ".h")
SCRIPT = (".sh", ".py", ".txt", ".cmake", ".json", ".in", ".md", ".S")
SKIPPED = {"build", ".git", ".cache", "__pycache__"}
INCLUDE = re.compile(r'\s*#\s*include\s*[<"]([^>"]+)[>"]')

# Each part, and the parts whose headers it may include. Parts are told by folder; the longest match counts.
PARTS = {
    "core/base": {"base"},
    "core": {"base", "core"},
    "charmap": {"base", "charmap"},
    "cli/app": {"base", "core", "charmap", "app"},
    "cli/command": {"base", "core", "charmap", "app", "command"},
}
PART_NAMES = {"core/base": "base", "core": "core", "charmap": "charmap", "cli/app": "app", "cli/command": "command"}

# A header, and the places that may include it: files, or folders that end with "/".
THIRD_PARTY = [
    (re.compile(r"boost/"), "boost only in cli/command/parse.cc", ("cli/command/parse.cc",)),
    (re.compile(r"unicode/"), "ICU only in charmap, base's text, tests and bench",
     ("charmap/", "core/base/src/text.cc", "tests/", "bench/")),
    (re.compile(r"sqlite3\.h$"), "SQLite only inside core", ("core/src/",)),
    (re.compile(r"(unistd|fcntl|dirent|signal|pthread|dlfcn|poll|termios|pwd|grp|glob|fnmatch|spawn|strings|libgen|syslog|ftw|"
                r"aio|semaphore|sched|langinfo|iconv|netdb)\.h$|(sys|arpa|netinet|net|linux)/"),
     "POSIX only in core/base/src/platform.cc and leased_file.cc",
     ("core/base/src/platform.cc", "core/base/src/leased_file.cc", "tests/", "bench/")),
]
# "/root/" + "…": written so that this file does not break its own rule.
MACHINE_PATH = re.compile(r"(?<![\w.~$}/-])/(?:" + "|".join(("home", "Users", "root", "work", "mnt", "workspace")) + r")/\w")


def part_of(path):
    for folder in sorted(PARTS, key=len, reverse=True):
        if path.startswith(folder + "/"):
            return folder
    return None


def included_part(tree, path, header):
    """The part that `header`, as included by `path`, belongs to; None outside the house."""
    match = re.match(r"hyojun/(base|core|charmap)/", header)
    if match:
        return match.group(1)
    here = os.path.normpath(os.path.join(os.path.dirname(path), header))
    if os.path.exists(os.path.join(tree, here)):
        folder = part_of(here)
        return PART_NAMES[folder] if folder else None
    for folder in ("cli/app", "cli/command", "charmap/src", "core/src", "core/base/src"):
        if os.path.exists(os.path.join(tree, folder, header)):
            return PART_NAMES[part_of(folder + "/")]
    return None


def is_public(path):
    return re.match(r"(core/base|core|charmap)/include/", path) is not None


def check_include(tree, path, header):
    part = part_of(path)
    if part:
        included = included_part(tree, path, header)
        if included and included not in PARTS[part]:
            yield f"direction: {PART_NAMES[part]} includes {header} of {included}"
    for pattern, rule, places in THIRD_PARTY:
        if pattern.match(header) and not any(path == p or p.endswith("/") and path.startswith(p) for p in places):
            yield f"third party: {header}: {rule}"
    if is_public(path) and not header.startswith("hyojun/") and header != "tl/expected.hpp" and ("/" in header or header.endswith((".h", ".hpp"))):
        yield f"public header: {header}: only the standard library, hyojun/ and tl/expected.hpp"


def check_file(tree, path):
    with open(os.path.join(tree, path), encoding="utf-8", errors="replace") as file:
        lines = file.read().splitlines()
    if path.endswith(SOURCE):
        for number, line in enumerate(lines, 1):
            match = INCLUDE.match(line)
            if match:
                for broken in check_include(tree, path, match.group(1)):
                    yield f"{path}:{number}: {broken}"
    if path.endswith(SOURCE + (".sh", ".py")) and len(lines) > MAX_LINES and not any("GENERATED" in line for line in lines[:3]):
        yield f"{path}:{len(lines)}: length: more than {MAX_LINES} lines"
    for number, line in enumerate(lines, 1):
        match = MACHINE_PATH.search(line)
        if match:
            yield f"{path}:{number}: machine: {line[match.start():match.start() + 30]} is a path of one machine"


def files(tree):
    for folder, folders, names in os.walk(tree):
        folders[:] = sorted(name for name in folders if name not in SKIPPED)
        for name in sorted(names):
            if name.endswith(SOURCE + SCRIPT) or os.path.basename(folder) == ".ci":
                yield os.path.relpath(os.path.join(folder, name), tree)


def large_files(tree):
    """What was made, not written: an index or a corpus that got among the sources stays in every clone for ever."""
    for folder, folders, names in os.walk(tree):
        folders[:] = sorted(name for name in folders if name not in SKIPPED)
        for name in sorted(names):
            path = os.path.join(folder, name)
            if os.path.getsize(path) > MAX_BYTES:
                yield f"{os.path.relpath(path, tree)}: size: more than {MAX_BYTES} bytes"


def check(tree):
    return [broken for path in files(tree) for broken in check_file(tree, path)] + list(large_files(tree))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: layering.py TREE")
    found = check(sys.argv[1])
    if found:
        print("\n".join(found))
        sys.exit(1)
    print(f"{sum(1 for _ in files(sys.argv[1]))} files keep the rules")
