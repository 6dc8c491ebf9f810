"""Every malformed sheet gets its error with sheet, row and column, and nothing is recorded."""
import io
import zipfile

import sheets
from e2e import Case, main

SHEET = "令和8年1月_進捗状況"


class Hostile(Case):
    def setUp(self):
        super().setUp()
        self.hyojun("init", "--all", code=0)

    def refuse(self, content, what, where=None, name="bad.xlsx", code=3, arguments=()):
        self.write(name, content)
        run = self.hyojun("import", name, *arguments)
        self.assertEqual(run.code, code, run)
        self.assertRegex(run.err, what)
        if where:
            self.assertRegex(run.err, r"(?m)^hyojun:   where: .*" + where)
        self.assertRegex(run.err, r"(?m)^hyojun:   next: .")
        self.assertNotIn("bug in hyojun", run.err)
        self.assertEqual(self.hyojun("history", "--json").json()["imports"], [])
        return run

    def rates(self, **places):
        """The sheet of rates with some cells changed: r4c5=… is row 4, column 5."""
        rows = [list(row) for row in sheets.rates()]
        for place, value in places.items():
            row, column = map(int, place[1:].split("c"))
            rows[row - 1][column - 1] = value
        return rows

    def test_missing_column(self):
        rows = [row[:-1] if len(row) > 3 else row for row in self.rates()]
        self.refuse(sheets.xlsx(rows, SHEET), "no column for \"印鑑登録\"", f"{SHEET}.*2")

    def test_unknown_business(self):
        self.refuse(sheets.xlsx(self.rates(r2c7="水道"), SHEET), "no business \"水道\"", f"{SHEET}.*G2|2:7")
        rows = sheets.steps()
        rows[5][2] = "水道"
        self.refuse(sheets.csv(rows), "no business \"水道\"", "6:3", name="bad.csv", arguments=("--as-of", "2026-01-31"))

    def test_unknown_and_ambiguous_names(self):
        self.refuse(sheets.xlsx(self.rates(r4c2="姫路"), SHEET), "perhaps \"姫路市\"", f"{SHEET}.*B4|4:2")
        self.refuse(sheets.csv(self.rates(r4c1="兵庫")), "no prefecture", "4", name="bad.csv")

    def test_codes(self):
        own = [["団体コード", "業務", "運用開始の計画日"], ["282015", "住民記録", "2026-03-01"]]
        self.refuse(sheets.csv(own), "check digit of 282015", "2:1", name="bad.csv", arguments=("--as-of", "2026-01-31"))
        own[1][0] = "281018"
        self.refuse(sheets.csv(own), "code of a ward", "2:1", name="bad.csv", arguments=("--as-of", "2026-01-31"))
        rows = sheets.late()
        rows[4][1] = "兵庫県洲本市" if "洲本" not in rows[4][1] else "兵庫県芦屋市"
        self.refuse(sheets.csv(rows), "is the code of", "5:2", name="bad.csv")

    def test_rates(self):
        self.refuse(sheets.xlsx(self.rates(r4c5=0.58), SHEET), "no n/40", f"{SHEET}.*(E4|4:5)")
        self.refuse(sheets.xlsx(self.rates(r4c5=1.5), SHEET), "no n/40", f"{SHEET}.*(E4|4:5)")
        self.refuse(sheets.xlsx(self.rates(r4c5="完了"), SHEET), "no n/40", f"{SHEET}.*(E4|4:5)")
        self.refuse(sheets.xlsx(self.rates(r4c3=0.1), SHEET), "not the mean", f"{SHEET}.*(C4|4:3)")

    def test_unknown_status(self):
        rows = sheets.steps()
        rows[7][10] = "たぶん完了"
        self.refuse(sheets.csv(rows), "no status \"たぶん完了\"", "8:11", name="bad.csv", arguments=("--as-of", "2026-01-31"))

    def test_twice(self):
        rows = self.rates() + [self.rates()[2]]
        self.refuse(sheets.xlsx(rows, SHEET), "second row for the same body", f"{SHEET}.*44")

    def test_merged_cells_and_formulas(self):
        self.refuse(sheets.xlsx(self.rates(), SHEET, merged=["D4:E4"]), "merged", f"{SHEET}.*(D4|4:4)")
        self.refuse(sheets.xlsx(self.rates(r4c5=("", "<f>1/2</f><v>0.5</v>")), SHEET), "formula", f"{SHEET}.*(E4|4:5)")
        self.refuse(sheets.xlsx(self.rates(r4c5=('t="e"', "<v>#N/A</v>")), SHEET), "error value", f"{SHEET}.*(E4|4:5)")

    def test_a_merged_title_is_no_error(self):
        self.write("a.xlsx", sheets.xlsx(self.rates(), SHEET, merged=["A1:W1"]))
        self.hyojun("import", "a.xlsx", code=0)

    def test_strict_and_absolute_targets_are_read(self):
        for number, options in enumerate(({"strict": True}, {"absolute": True}, {"strict": True, "absolute": True})):
            self.write("a.xlsx", sheets.xlsx(self.rates(), SHEET, **options))
            self.hyojun("import", "a.xlsx", code=0)
            self.assertEqual(self.hyojun("status", "--as-of", "2026-01-31", "--json").json()["rows"][0]["unreported"] >= 0, True, number)

    def test_dates_that_disagree(self):
        self.refuse(sheets.xlsx(self.rates(), "令和7年12月_進捗状況"), "the name of the sheet")
        self.refuse(sheets.xlsx(self.rates(r1c1="令和8年2月30日時点"), "進捗"), "hyojun: .")

    def test_no_form(self):
        self.refuse(sheets.xlsx([["氏名", "住所"], ["a", "b"]]), "no sheet in a form")
        self.refuse(sheets.csv([["氏名", "住所"], ["a", "b"]]), "no sheet in a form", name="bad.csv")

    def test_shift_jis(self):
        self.refuse(sheets.csv(self.rates()).encode("cp932"), "not UTF-8", name="bad.csv")

    def test_zip_bomb(self):
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(sheets.xlsx(self.rates(), SHEET))) as sound, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
            for entry in sound.namelist():
                data = sound.read(entry)
                bomb.writestr(entry, data.replace(b"</sheetData>", b" " * (300 << 20) + b"</sheetData>") if entry.endswith("sheet1.xml") else data)
        self.refuse(out.getvalue(), "hyojun: .")

    def test_a_hundred_megabytes_of_blanks(self):
        line = ("," * 22 + "\n").encode()
        self.write("blank.csv", sheets.csv(self.rates()).encode() + line * ((100 << 20) // len(line)))
        run = self.hyojun("import", "blank.csv")
        self.assertIn(run.code, (0, 3), run)

    def test_cut_off(self):
        whole = sheets.xlsx(self.rates(), SHEET)
        for size in (10, 100, len(whole) // 2, len(whole) - 10):
            self.refuse(whole[:size], "hyojun: .")

    def test_many_errors_end_with_a_count(self):
        rows = self.rates()
        for row in rows[2:]:
            row[3:] = [0.01] * 20
        run = self.refuse(sheets.xlsx(rows, SHEET), "and 800 more")
        self.assertIn("820 errors", run.out)


if __name__ == "__main__":
    main()
