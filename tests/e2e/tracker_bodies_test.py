"""Bodies in time: a code is valid from and to; what was said of an abolished body stays; names that two bodies had."""
import contextlib
import sqlite3

import sheets
from e2e import Case, main

GONE = "283657"  # 多可町
NEW = "282308"   # made up: the check digit of 28230


class Bodies(Case):
    def setUp(self):
        super().setUp()
        self.hyojun("init", "--prefecture", "28", code=0)
        self.write("rates.csv", sheets.csv(sheets.rates()))
        self.hyojun("import", "rates.csv", code=0)

    def change(self, sql, *values):
        """What a newer catalog would do to the list of bodies."""
        with contextlib.closing(sqlite3.connect(self.path("hyojun.db"), isolation_level=None)) as connection:
            connection.execute(sql, values)

    def merge_bodies(self, new_name):
        self.change("UPDATE body SET valid_to = '2026-01-31' WHERE code = ?", GONE)
        self.change("INSERT INTO body VALUES (?, ?, 'かな', '280003', '市', '2026-02-01', NULL)", NEW, new_name)

    def codes(self, day):
        return {row["key"] for row in self.hyojun("status", "--as-of", day, "--json", code=0).json()["rows"]}

    def test_an_abolished_body_is_counted_until_its_last_day(self):
        self.merge_bodies("新多可市")
        self.assertTrue(GONE in self.codes("2026-01-31") and NEW not in self.codes("2026-01-31"))
        self.assertTrue(GONE not in self.codes("2026-02-01") and NEW in self.codes("2026-02-01"))
        self.assertTrue(self.hyojun("history", GONE, "--as-of", "2026-06-30", "--json", code=0).json()["rows"])
        self.hyojun("db", "check", code=0)

    def test_nothing_is_said_of_a_body_after_its_end(self):
        self.merge_bodies("新多可市")
        self.write("next.csv", sheets.csv(sheets.rates(2, "令和8年2月末時点 進捗状況")))
        run = self.hyojun("import", "next.csv", code=3)
        self.assertRegex(run.err, r"兵庫県多可町 does not exist on 2026-02-28 \(valid –2026-01-31\)")
        self.assertRegex(run.err, r"where: next\.csv:\d+:2")
        own = sheets.csv([["団体コード", "業務", "運用開始の計画日"], [GONE, "住民記録", "2026-03-01"]])
        self.write("own.csv", own)
        self.assertRegex(self.hyojun("import", "own.csv", "--as-of", "2026-02-01", code=3).err, "own.csv:2:1")
        self.hyojun("import", "own.csv", "--as-of", "2026-01-31", code=0)

    def test_of_two_bodies_of_one_name_the_one_of_the_day_is_meant(self):
        self.merge_bodies("多可町")
        self.write("next.csv", sheets.csv(sheets.rates(2, "令和8年2月末時点 進捗状況")))
        self.hyojun("import", "next.csv", code=0)
        rows = {row["key"]: row for row in self.hyojun("status", "--as-of", "2026-02-28", "--json", code=0).json()["rows"]}
        self.assertIsNotNone(rows[NEW]["finished"])

    def test_a_name_that_two_bodies_have_is_refused(self):
        self.change("INSERT INTO body VALUES (?, '多可町', 'かな', '280003', '町', NULL, NULL)", NEW)
        self.write("next.csv", sheets.csv(sheets.rates(2, "令和8年2月末時点 進捗状況")))
        run = self.hyojun("import", "next.csv", code=3)
        self.assertRegex(run.err, '2 bodies are named "多可町"')
        self.assertRegex(run.err, r"where: next\.csv:\d+:2")
        self.assertRegex(run.err, "団体コード")
        self.hyojun("history", "多可町", code=2)


if __name__ == "__main__":
    main()
