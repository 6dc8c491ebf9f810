"""What may be imported, and what becomes of it: dates, repetitions, many files, corrections, encodings."""
import csv
import io
import zipfile

import sheets
from e2e import main, os
from tracker_case import DAY, Tracker


class Import(Tracker):
    def test_csv_and_xlsx_say_the_same(self):
        self.take("a.csv", sheets.csv(sheets.rates()))
        first = self.report("status", "--as-of", DAY)
        self.hyojun("undo", "1", code=0)
        self.take("a.xlsx", sheets.xlsx(sheets.rates(), name="令和8年1月_進捗状況"))
        second = self.report("status", "--as-of", DAY)
        self.assertEqual(first["rows"], second["rows"])
        self.assertEqual(first["overall"]["of"], 32800)

    def test_the_same_file_twice(self):
        self.take("a.csv", sheets.csv(sheets.rates()))
        again = self.take("a.csv", sheets.csv(sheets.rates()))
        self.assertTrue(again["files"][0]["imports"][0]["already"])
        self.assertEqual(len(self.report("history")["imports"]), 1)

    def test_a_sheet_without_a_date_needs_one(self):
        self.write("steps.csv", sheets.csv(sheets.steps()))
        run = self.hyojun("import", "steps.csv", code=2)
        self.assertIn("--as-of", run.err)
        self.hyojun("import", "steps.csv", "--as-of", "令和8年1月31日", code=0)

    def test_a_date_that_contradicts_is_refused(self):
        self.write("a.csv", sheets.csv(sheets.rates()))
        self.hyojun("import", "a.csv", "--as-of", "2026-02-28", code=3)
        self.assertEqual(self.report("history")["imports"], [])

    def test_dry_run_says_what_the_run_says(self):
        self.write("a.csv", sheets.csv(sheets.rates()))
        dry = self.hyojun("import", "a.csv", "--dry-run", "--json", code=0).json()["files"][0]["imports"][0]
        self.assertEqual(self.report("history")["imports"], [])
        real = self.hyojun("import", "a.csv", "--json", code=0).json()["files"][0]["imports"][0]
        self.assertEqual({k: v for k, v in dry.items() if k != "id"}, {k: v for k, v in real.items() if k != "id"})
        self.assertEqual(real["first"], 820)

    def test_sound_files_go_in_beside_a_bad_one(self):
        rows = sheets.rates()
        rows[2][1] = "ない市"
        self.write("bad.csv", sheets.csv(rows))
        self.write("good.csv", sheets.csv(sheets.rates()))
        run = self.hyojun("import", "bad.csv", "good.csv", code=3)
        self.assertEqual(len(run.out.splitlines()), 2, run)
        self.assertEqual(len(self.report("history")["imports"]), 1)

    def test_many_files_end_with_one_line_each(self):
        self.write("bad.csv", sheets.csv([["氏名"], ["a"]]))
        self.write("steps.csv", sheets.csv(sheets.steps()))
        names = ["rates.csv", "missing.csv", "bad.csv", "late.csv", "steps.csv"]
        self.write("rates.csv", sheets.csv(sheets.rates()))
        self.write("late.csv", sheets.csv(sheets.late()))
        run = self.hyojun("import", *names, code=4)
        self.assertEqual([line.split(":")[0] for line in run.out.splitlines()], names)
        self.assertEqual([("not imported" in line) for line in run.out.splitlines()], [False, True, True, False, True])
        self.assertEqual([i["file"] for i in self.report("history")["imports"]], ["rates.csv", "late.csv"])

    def test_two_sheets_of_one_form_in_one_file(self):
        golive = [["団体コード", "業務", "運用開始の計画日"], ["282014", "住民記録", "2026-03-01"]]
        vendor = [["団体コード", "業務", "事業者"], ["282014", "住民記録", "甲社"]]
        self.write("two.xlsx", sheets.workbook({"運用開始": golive, "属性": vendor}))
        for already in (False, True):
            done = self.hyojun("import", "two.xlsx", "--as-of", DAY, "--json", code=0).json()["files"][0]["imports"]
            self.assertEqual([(i["already"], i["cells"]) for i in done], [(already, 1)] * 2)
        self.assertEqual([(i["sheet"], i["file"]) for i in self.report("history")["imports"]], [("運用開始", "two.xlsx"), ("属性", "two.xlsx")])
        self.assertEqual(len(self.report("history", "282014", "--as-of", "2026-12-31")["rows"]), 2)
        self.hyojun("undo", "1", code=0)
        done = self.hyojun("import", "two.xlsx", "--as-of", DAY, "--json", code=0).json()["files"][0]["imports"]
        self.assertEqual([i["already"] for i in done], [False, True])

    def test_a_population_and_its_day(self):
        """The layout of a prefecture's own list: the heading names the day; other columns are named as not read."""
        rows = [["code6", "name", "region", "population_2023_12_01", "class"], ["282014", "姫路市", "中播磨", "522041", "中核市"]]
        self.write("bodies.csv", sheets.csv(rows))
        run = self.hyojun("import", "bodies.csv", "--as-of", "2023-12-01", code=0)
        self.assertIn('column "class" is not read', run.err)
        found = {r["subject"]: r["value"] for r in self.report("history", "282014")["rows"]}
        self.assertEqual(found, {"地域": "中播磨", "人口": "522041、population_2023_12_01"})

    def test_what_excel_in_japan_writes(self):
        rows = sheets.rates()
        self.write("rates.csv", sheets.csv(rows).replace("\n", "\r\n").encode("cp932"))
        self.assertIn("--encoding cp932", self.hyojun("import", "rates.csv", code=3).err)
        done = self.hyojun("import", "rates.csv", "--encoding", "cp932", "--json", code=0).json()["files"][0]["imports"][0]
        self.assertEqual((done["bodies"], done["cells"], done["as_of"]), (41, 820, DAY))
        for name, mark, encoding in (("utf8.csv", b"\xEF\xBB\xBF", "utf-8"), ("utf16.csv", b"\xFF\xFE", "utf-16-le")):
            self.write(name, mark + sheets.csv(rows).encode(encoding))
            done = self.hyojun("import", name, "--encoding", "cp932", "--json", code=0).json()["files"][0]["imports"][0]
            self.assertEqual((done["cells"], done["unchanged"]), (820, 820), name)

    def test_corrections_of_several_files(self):
        rows = sheets.rates()
        rows[3][1] = "ひめじ"
        for name in ("a.csv", "b.csv"):
            self.write(name, sheets.csv(rows))
            rows[3][1] += "?"
        os.mkdir(self.path("mend"))
        self.hyojun("import", "a.csv", "b.csv", "--corrections", "mend", code=3)
        self.assertEqual(sorted(os.listdir(self.path("mend"))), ["a_修正.xlsx", "b_修正.xlsx"])
        self.hyojun("import", "a.csv", "b.csv", "--corrections", "one.csv", "--force", code=3)
        self.assertIn("ひめじ」", self.read("one.csv").decode())  # of the first file, not of the last

    def test_a_correction_sheet_in_excel_can_be_mended_and_imported(self):
        rows = sheets.rates()
        rows[3][1] = "ひめじ"
        self.write("bad.xlsx", sheets.xlsx(rows, "令和8年1月_進捗状況"))
        self.hyojun("import", "bad.xlsx", "--corrections", "mend.xlsx", code=3)
        with zipfile.ZipFile(self.path("mend.xlsx")) as sheet:
            parts = {name: sheet.read(name).decode() for name in sheet.namelist()}
        mended = io.BytesIO()
        with zipfile.ZipFile(mended, "w") as archive:
            for name, text in parts.items():
                archive.writestr(name, text.replace(">ひめじ<", ">姫路市<"))
        self.write("mended.xlsx", mended.getvalue())
        done = self.hyojun("import", "mended.xlsx", "--json", code=0).json()["files"][0]["imports"][0]
        self.assertEqual((done["bodies"], done["cells"], done["as_of"]), (41, 820, DAY))

    def test_corrections_can_be_mended_and_imported(self):
        rows = sheets.rates()
        rows[3][1] = "ひめじ"
        rows[4][5] = 0.33
        self.write("bad.csv", sheets.csv(rows))
        self.hyojun("import", "bad.csv", "--corrections", "mend.csv", code=3)
        table = list(csv.reader(io.StringIO(self.read("mend.csv").decode("utf-8-sig"))))
        self.assertIn("エラー", table[0])
        self.assertIn("ひめじ", table[3][-2])
        self.assertTrue(table[4][-2].startswith("F列"), table[4])
        original = sheets.rates()
        for y in (3, 4):
            table[y][:len(original[y])] = [str(v) for v in original[y]]
        self.take("mend.csv", sheets.csv(table))

    def test_codes_as_excel_leaves_them(self):
        rows = [["団体コード", "業務", "運用開始の計画日"], ["２８２０１４", "住民記録", "令和8年3月1日"], ["28202", "国保", "2026/4/1"]]
        self.take("own.csv", sheets.csv(rows), "--as-of", DAY)
        rows = self.report("history", "282022")["rows"]
        self.assertEqual([(r["subject"], r["business"], r["value"]) for r in rows], [("運用開始の計画日", "kokuho", "2026-04-01")])

    def test_other_prefectures_are_left_out(self):
        rows = sheets.rates() + [["東京都", "府中市", 1.0] + [1.0] * 20]
        self.write("a.csv", sheets.csv(rows))
        self.assertRegex(self.hyojun("import", "a.csv", code=0).err, "1 rows of bodies outside")


    def test_a_sheet_of_others_only_is_refused(self):
        self.write("a.csv", sheets.csv(sheets.rates()[:2] + [["東京都", "府中市", 1.0] + [1.0] * 20]))
        self.check_nothing_recorded("a.csv", "nothing is said")

    def check_nothing_recorded(self, name, what):
        self.assertRegex(self.hyojun("import", name, code=3).err, what)
        self.assertEqual(self.report("history")["imports"], [])


if __name__ == "__main__":
    main()
