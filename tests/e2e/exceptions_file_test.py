"""--exceptions: one row per occurrence, CSV and XLSX, with and without --key."""
import csv
import io
import stat
import xml.etree.ElementTree as tree
import zipfile

from e2e import Case, EXCEPTIONS, main, os, re

COLUMNS = ["file", "record", "field", "column", "byte", "source", "text", "outcome", "collection"]
INPUT = ("番号,氏名,カナ\r\n1001,山\uE000한,ヤマ\r\n1002,\"葛\U000E0100,\n한\",カツ\r\n1003,〓田\u0001,ヤマ口\r\n")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet_rows(data):
    """The cells of the first sheet, as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        shared = []
        if "xl/sharedStrings.xml" in archive.namelist():
            for item in tree.fromstring(archive.read("xl/sharedStrings.xml")).iter(MAIN + "si"):
                shared.append("".join(t.text or "" for t in item.iter(MAIN + "t")))
        rows = []
        for row in tree.fromstring(archive.read("xl/worksheets/sheet1.xml")).iter(MAIN + "row"):
            cells = {}
            for cell in row.iter(MAIN + "c"):
                column = re.match("[A-Z]+", cell.get("r")).group()
                inline = "".join(t.text or "" for t in cell.iter(MAIN + "t"))
                value = cell.find(MAIN + "v")
                text = shared[int(value.text)] if cell.get("t") == "s" else inline if value is None else value.text
                cells[ord(column) - ord("A")] = re.sub("_x([0-9A-F]{4})_", lambda m: chr(int(m[1], 16)), text)
            rows.append([cells.get(i, "") for i in range(max(cells) + 1)] if cells else [])
        return rows


class File(Case):
    NAMES = ["--name-columns", "氏名", "--kana-columns", "カナ"]

    def setUp(self):
        super().setUp()
        self.write("a.csv", INPUT)

    def rows(self, name="e.csv"):
        return list(csv.reader(io.StringIO(self.read(name).decode("utf-8"), newline="")))

    def test_columns_and_places(self):
        self.identify("a.csv", "--exceptions", "e.csv", code=1)
        rows = self.rows()
        self.assertEqual(rows[0], COLUMNS)
        data = self.read("a.csv")
        for row in rows[1:]:
            entry = dict(zip(COLUMNS, row))
            at, source = int(entry["byte"]), bytes.fromhex(entry["source"])
            self.assertEqual(data[at:at + len(source)], source)
            self.assertEqual((entry["file"], entry["column"], entry["field"]), ("a.csv", "氏名", "2"))
        self.assertNotIn(b"\r", self.read("e.csv"))
        self.assertFalse(self.read("e.csv").startswith(b"\xEF\xBB\xBF"))

    def test_rows_add_up_to_the_json(self):
        report = self.identify("a.csv", *self.NAMES, "--exceptions", "e.csv", code=1)
        found = {}
        for row in self.rows()[1:]:
            found[(row[7], row[5])] = found.get((row[7], row[5]), 0) + 1
        expected = {(e["outcome"], e["source"]): e["count"] for e in report["exceptions"]}
        expected.update({("suspicion:" + s["kind"], s["source"]): s["count"] for s in report["suspicions"]})
        self.assertEqual(found, expected)
        self.assertTrue(any(key[0].startswith("suspicion:") for key in found))
        self.assertTrue({key[0] for key in found} >= {"gaiji_unmapped", "not_in_standard", "unregistered_sequence", "control"})

    def test_xlsx_says_the_same(self):
        self.identify("a.csv", *self.NAMES, "--exceptions", "e.csv", code=1)
        self.identify("a.csv", *self.NAMES, "--exceptions", "e.xlsx", code=1)
        sheet, rows = sheet_rows(self.read("e.xlsx")), self.rows()
        self.assertEqual(len(sheet), len(rows))
        self.assertEqual(sheet[0][:5], ["ファイル", "レコード", "項目", "列名", "バイト位置"])
        for cells, row in zip(sheet[1:], rows[1:]):
            self.assertEqual(cells[:7], row[:7])
            self.assertRegex(cells[7], "文字|外字|異体字|符号|疑い")
        again = self.path("again.xlsx")
        self.identify("a.csv", *self.NAMES, "--exceptions", again, code=1)
        self.assertEqual(self.read("again.xlsx"), self.read("e.xlsx"))

    def test_the_report_is_the_same_with_and_without(self):
        with_file = self.identify("a.csv", *self.NAMES, "--exceptions", "e.csv", code=1)
        self.assertEqual(with_file, self.identify("a.csv", *self.NAMES, code=1))

    def test_readable_by_its_owner_only(self):
        for name in ("e.csv", "e.xlsx"):
            before = os.umask(0)
            try:
                self.identify("a.csv", "--exceptions", name, code=1)
            finally:
                os.umask(before)
            self.assertEqual(stat.S_IMODE(os.stat(self.path(name)).st_mode), 0o600)

    def test_key(self):
        self.identify("a.csv", *self.NAMES, "--exceptions", "e.csv", "--key", "番号", code=1)
        lines = self.read("e.csv").decode().splitlines()
        self.assertRegex(lines[0], "^# 個人データ.*personal data.*番号")
        self.assertEqual(lines[1].split(","), COLUMNS + ["key"])
        keys = {(row[1], row[9]) for row in self.rows()[2:]}
        self.assertEqual(keys, {("2", "1001"), ("3", "1002"), ("4", "1003")})
        self.identify("a.csv", *self.NAMES, "--exceptions", "e.xlsx", "--key", "1", code=1)
        sheet = sheet_rows(self.read("e.xlsx"))
        self.assertRegex(sheet[0][0], "個人データ")
        self.assertEqual([row[:10] for row in sheet[2:]][0][9], "1001")

    def test_key_behind_the_exceptions_and_in_short_records(self):
        self.write("b.csv", 'name,key\n한,"a""b"\n한\n한,c\n한\uE000,\n')
        self.identify("b.csv", "--exceptions", "e.csv", "--key", "key", code=1)
        self.assertEqual([(row[1], row[9]) for row in self.rows()[2:]],
                         [("2", 'a"b'), ("3", ""), ("4", "c"), ("5", ""), ("5", "")])

    def test_no_exceptions_is_an_empty_list(self):
        self.write("b.csv", "氏名\n山\n")
        self.identify("b.csv", "--exceptions", "e.csv", code=0)
        self.assertEqual(self.rows(), [COLUMNS])

    def test_default_glyphs_on_request(self):
        self.write("b.csv", "氏名\n辻\n")
        self.identify("b.csv", "--default-glyphs", "--exceptions", "e.csv", code=0)
        self.assertEqual(self.rows()[1][7], "default_glyph")

    def test_many_files_keep_their_headings(self):
        self.write("b.csv", "住所\n한\n")
        self.identify("a.csv", "b.csv", "--exceptions", "e.csv", code=1)
        self.assertEqual({(row[0], row[3]) for row in self.rows()[1:]}, {("a.csv", "氏名"), ("b.csv", "住所")})

    def test_every_outcome_of_the_list_is_an_exception(self):
        self.identify("a.csv", "--exceptions", "e.csv", code=1)
        self.assertTrue({row[7] for row in self.rows()[1:]} <= set(EXCEPTIONS))


if __name__ == "__main__":
    main()
