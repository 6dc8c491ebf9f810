"""Every malformed sheet gets its error with sheet, row and column, and nothing is recorded."""
import io
import resource
import zipfile

import e2e
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

    def with_sheet(self, change, packing=zipfile.ZIP_DEFLATED):
        """The sound workbook with the XML of its sheet changed."""
        return self.repacked(sheets.xlsx(self.rates(), SHEET), {"xl/worksheets/sheet1.xml": change}, packing)

    def with_dates(self, rows, name=SHEET):
        """A workbook in which cell format 1 is that of a date."""
        style = ('<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/>'
                 '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>')
        relation = ('<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" '
                    'Target="styles.xml"/></Relationships>')
        return self.repacked(sheets.xlsx(rows, name), {"xl/_rels/workbook.xml.rels": lambda xml: xml.replace("</Relationships>", relation)},
                             zipfile.ZIP_DEFLATED, {"xl/styles.xml": style})

    @staticmethod
    def repacked(workbook, changes, packing, more=None):
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(workbook)) as sound, zipfile.ZipFile(out, "w", packing) as changed:
            for entry in sound.namelist():
                text = sound.read(entry).decode()
                changed.writestr(entry, changes[entry](text) if entry in changes else text)
            for entry, text in (more or {}).items():
                changed.writestr(entry, text)
        return out.getvalue()

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
        run = self.refuse(sheets.csv(self.rates()).encode("cp932"), "not UTF-8", name="bad.csv")
        self.assertIn("--encoding cp932", run.err)
        self.assertRegex(run.err, "byte 0")
        self.hyojun("import", "bad.csv", "--encoding", "cp932", "--dry-run", code=0)

    def test_bytes_that_are_no_cp932(self):
        text = sheets.csv(self.rates()).encode("cp932")
        at = text.index("全体完了率".encode("cp932"))
        self.refuse(text[:at] + b"\xFD" + text[at:], "no character in cp932", f"byte {at}", name="bad.csv", arguments=("--encoding", "cp932"))
        self.refuse(text, "unsupported encoding", name="bad.csv", code=2, arguments=("--encoding", "shift_jis"))

    def test_zip_bomb(self):
        bomb = self.with_sheet(lambda xml: xml.replace("</sheetData>", "<row/>" * (50 << 20) + "</sheetData>"))
        self.refuse(bomb, "compress|unpacked|large", "bad.xlsx")

    def test_a_hundred_megabytes_of_blank_cells_are_read(self):
        """Excel writes such sheets: a format down to the last row. Blank is blank: the table above them is sound."""
        size = (100 << 20) // (8 if e2e.SANITIZED else 1)
        line = ("," * 22 + "\n").encode()
        self.write("blank.csv", sheets.csv(self.rates()).encode() + line * (size // len(line)))
        row = '<row r="%d">' + '<c r="A1" s="0"/>' * 60 + "</row>"
        cells = "".join(row.replace('r="A1" ', "") % (1000 + y) for y in range(size // len(row)))
        self.write("blank.xlsx", self.with_sheet(lambda xml: xml.replace("</sheetData>", cells + "</sheetData>")))
        for name in ("blank.csv", "blank.xlsx"):
            before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            done = self.hyojun("import", name, "--dry-run", "--json", code=0).json()["files"][0]["imports"][0]
            self.assertEqual((done["bodies"], done["cells"]), (41, 820), name)
            used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before  # seconds of the processor
            self.assertLess(used, 120 if e2e.SANITIZED else 20, name)

    def test_a_hundred_megabytes_of_white_space_are_refused(self):
        blank = " " * (100 << 20)
        self.refuse(self.with_sheet(lambda xml: xml.replace("</sheetData>", blank + "</sheetData>"), zipfile.ZIP_STORED), "bytes of blanks", f"{SHEET}!43:43")

    def test_dates_as_numbers(self):
        own = [["団体コード", "業務", "運用開始の計画日"], ["282014", "住民記録", 46082]]
        self.refuse(sheets.xlsx(own, "運用開始"), "Excel's number of a day", "運用開始.*(C2|2:3)", arguments=("--as-of", "2026-01-31"))
        self.refuse(sheets.csv(own), "Excel's number of a day", "2:3", name="bad.csv", arguments=("--as-of", "2026-01-31"))
        dated = self.rates(r4c5=('s="1"', "<v>46082</v>"))
        self.refuse(self.with_dates(dated), "holds a date", f"{SHEET}.*(E4|4:5)")

    def test_a_number_with_the_format_of_a_date_is_a_date(self):
        own = [["団体コード", "業務", "運用開始の計画日"], ["282014", "住民記録", ('s="1"', "<v>46082</v>")]]
        self.write("own.xlsx", self.with_dates(own, "運用開始"))
        self.hyojun("import", "own.xlsx", "--as-of", "2026-01-31", code=0)
        rows = self.hyojun("history", "282014", "--as-of", "2026-12-31", "--json", code=0).json()["rows"]
        self.assertEqual([row["value"] for row in rows], ["2026-03-01"])

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
