"""Databases of older versions: read as they are, brought up to date by the first write, after a copy."""
import contextlib
import gzip
import hashlib
import os
import sqlite3

import sheets
from e2e import Case, main

STORES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "stores")


class FirstSchema(Case):
    """stores/schema1.db.gz: made by version 0.1.0 with the first schema from sample sheets (stores/mic_rates.csv, a list
    of late systems, go-lives, a note), the go-lives then withdrawn. Never made again: it stands for what people have."""

    def setUp(self):
        super().setUp()
        with gzip.open(os.path.join(STORES, "schema1.db.gz")) as file:
            self.stored = file.read()
        self.write("hyojun.db", self.stored)

    def rows(self, name, sql):
        with contextlib.closing(sqlite3.connect(self.path(name))) as connection:
            return connection.execute(sql).fetchall()

    def status(self):
        return self.hyojun("status", "--as-of", "2026-01-31", "--json", code=0).json()

    def test_reading_leaves_the_file_as_it_is(self):
        self.assertEqual(self.status()["mean_rate"], 66.04)
        self.assertEqual(len(self.hyojun("history", "--json", code=0).json()["imports"]), 5)
        self.hyojun("db", "check", code=0)
        self.assertEqual(self.read("hyojun.db"), self.stored)
        self.assertEqual(self.names(), ["hyojun.db"])

    def test_the_first_write_migrates_after_a_copy(self):
        before = self.status()
        self.write("late.csv", sheets.csv(sheets.late()))
        run = self.hyojun("import", "late.csv", code=0)
        self.assertRegex(run.err, r"(?m)^hyojun: .*hyojun\.db\.v1\.bak$")
        self.assertEqual(self.rows("hyojun.db", "PRAGMA user_version"), [(3,)])
        self.assertEqual(self.rows("hyojun.db.v1.bak", "PRAGMA user_version"), [(1,)])
        self.assertEqual(os.stat(self.path("hyojun.db.v1.bak")).st_mode & 0o777, 0o600)
        kept = "SELECT id, uid, recorded_at, as_of, form, source, file, sha256, actor, tool, schema FROM import WHERE id <= 5 ORDER BY id"
        self.assertEqual(self.rows("hyojun.db", kept), self.rows("hyojun.db.v1.bak", kept))
        for table in ("survey_line", "fact", "note", "withdrawal", "coverage"):
            sql = f"SELECT * FROM {table} WHERE import_id <= 5"
            self.assertEqual(self.rows("hyojun.db", sql), self.rows("hyojun.db.v1.bak", sql), table)
        self.assertEqual(self.status()["rows"], before["rows"])
        self.hyojun("db", "check", code=0)
        self.assertNotIn(".bak", self.hyojun("import", "late.csv", code=0).err)

    def test_a_file_it_knows_is_recognised(self):
        run = self.hyojun("import", os.path.join(STORES, "mic_rates.csv"), "--json", code=0).json()
        self.assertEqual((run["files"][0]["imports"][0]["already"], run["files"][0]["imports"][0]["id"]), (True, 1))

    def test_the_copy_is_the_old_file(self):
        self.hyojun("undo", "2", code=0)
        self.write("hyojun.db", self.read("hyojun.db.v1.bak"))
        self.assertEqual(self.rows("hyojun.db", "SELECT max(id) FROM import"), [(5,)])
        self.assertEqual(self.status()["mean_rate"], 66.04)

    def test_the_stored_file_is_the_stored_file(self):
        self.assertEqual(hashlib.sha256(self.stored).hexdigest(),
                         "39cb40b010347958602abeff2e37a7b5c5761bbf62a6249d0fab874852c655f8")


if __name__ == "__main__":
    main()
