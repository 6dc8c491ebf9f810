"""The file explains itself, and refuses what breaks a promise: seen by another program, Python's sqlite3."""
import contextlib
import sqlite3

import sheets
from e2e import Case, main

FACTS = ("import", "coverage", "survey_line", "fact", "note", "withdrawal", "decision")


class Schema(Case):
    def setUp(self):
        super().setUp()
        self.hyojun("init", "--prefecture", "28", "--decisions", code=0)
        self.write("rates.csv", sheets.csv(sheets.rates()))
        self.write("late.csv", sheets.csv(sheets.late()))
        self.write("steps.csv", sheets.csv(sheets.steps()))
        self.write("own.csv", sheets.csv([["団体コード", "業務", "運用開始の計画日", "主題", "内容"], ["282014", "住民記録", "2026-03-01", "連携", "覚え"]]))
        self.hyojun("import", "rates.csv", "late.csv", code=0)
        self.hyojun("import", "steps.csv", "own.csv", "--as-of", "2026-01-31", code=0)
        self.hyojun("undo", "4", code=0)
        self.write("gaiji.csv", "code,target,category,decided_by\n0xF040,MJ026190,identical,山田\n")
        self.hyojun("gaiji", "decide", "gaiji.csv", "--system", "juki", "--encoding", "cp932", code=0)
        self.connection = sqlite3.connect(self.path("hyojun.db"), isolation_level=None)
        self.connection.execute("PRAGMA foreign_keys = ON")
        self.addCleanup(self.connection.close)

    def rows(self, sql):
        with contextlib.closing(self.connection.execute(sql)) as found:
            return found.fetchall()

    def tables(self):
        return [name for name, in self.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]

    def test_every_table_and_column_is_explained(self):
        about = {(table, column): name for table, column, name in self.rows('SELECT "表", "列", "名称" FROM about')}
        for table in self.tables():
            self.assertTrue(about.get((table, "")), table)
            for column in self.rows(f'PRAGMA table_info("{table}")'):
                self.assertTrue(about.get((table, column[1])), (table, column[1]))
        self.assertEqual({table for table, _ in about}, set(self.tables()))

    def test_every_table_is_strict(self):
        self.assertEqual([row[1] for row in self.rows("PRAGMA table_list") if row[2] == "table" and not row[1].startswith("sqlite_") and not row[5]], [])

    def test_the_views_have_rows_and_japanese_columns(self):
        views = [name for name, in self.rows("SELECT name FROM sqlite_schema WHERE type = 'view'")]
        self.assertGreaterEqual(len(views), 7)
        for view in views:
            self.assertTrue(self.rows(f'SELECT * FROM "{view}" LIMIT 1'), view)
        self.assertEqual(self.rows('SELECT count(*) FROM "作業状況の記録"'), [(32800,)])
        self.assertEqual(self.rows('SELECT count(*) FROM "完了手順数の記録"'), [(820,)])
        flagged = sum(row[3:].count("●") for row in sheets.late()[3:])
        self.assertEqual(self.rows("SELECT count(*) FROM \"特定移行支援システムの記録\" WHERE \"該当\" = '該当見込み'"), [(flagged,)])

    def test_facts_are_never_changed(self):
        for table in FACTS:
            self.assertTrue(self.rows(f"SELECT 1 FROM {table} LIMIT 1"), table)
            column = self.rows(f"PRAGMA table_info({table})")[0][1]
            for sql in (f"DELETE FROM {table}", f"UPDATE {table} SET {column} = {column}"):
                with self.assertRaisesRegex(sqlite3.DatabaseError, "append-only"):
                    self.connection.execute(sql)

    def test_what_is_no_value_is_refused(self):
        line = "INSERT INTO survey_line VALUES (1, ?, '282014', ?)"
        decision = ("INSERT INTO decision (import_id, system, encoding, code, category, target, state, checked_by, decided_by, decided_on, checked_on, "
                    "table_version, added_searched) VALUES (1, 'x', 'cp932', '0xF041', ?, ?, ?, ?, '山田', '2026-01-31', '2026-01-31', 't', 0)")
        fact = "INSERT INTO fact (import_id, body, business, kind, value) VALUES (?, ?, ?, ?, ?)"
        for sql, values in [(line, ("steps", "3" * 799)), (line, ("steps", "4" * 800)), (line, ("late", "2" * 21)),
                            (line, ("rates", "0" * 40)), (fact, (1, "282014", 1, "golive_actual", "近日")),
                            (fact, (1, "999999", 1, "vendor", "x")), (fact, (1, "282014", 22, "vendor", "x")),
                            (fact, (99, "282014", 1, "vendor", "x")), (fact, (1, "282014", 1, "no_such_kind", "x")),
                            (fact, (1, "282014", 1, "late_reason", "5")), (decision, ("same", "MJ1", 2, None)),
                            (decision, ("identical", None, 2, None)), (decision, ("no_match", "MJ1", 2, None)),
                            (decision, ("identical", "MJ1", 3, None)), (decision, ("identical", "MJ1", 3, "山田"))]:
            with self.assertRaises(sqlite3.DatabaseError, msg=(sql, values)):
                self.connection.execute(sql, values)

    def test_the_time_of_recording_never_goes_back(self):
        with self.assertRaisesRegex(sqlite3.DatabaseError, "never decreases"):
            self.connection.execute("INSERT INTO import (uid, recorded_at, as_of, form, source, actor, tool, schema) VALUES "
                                    "(lower(hex(randomblob(16))), '2001-01-01T00:00:00.000+09:00', '2026-01-31', 'x', '', 'x', 'x', 1)")

    def test_check_finds_broken_invariants(self):
        self.connection.execute("DROP TRIGGER line_is_kept_1")
        self.connection.execute("UPDATE survey_line SET cells = '77' || substr(cells, 3) WHERE indicator = 'finished' AND body = '282014'")
        run = self.hyojun("db", "check", code=5)
        self.assertIn("more than 40 finished steps", run.out)
        self.assertIn("40 を超える", self.hyojun("db", "check", "--lang", "ja", code=5).out)


if __name__ == "__main__":
    main()
