"""Gaiji: all 1,880 codes of CP932, the gaiji table, the profile, and everything that is refused."""
from e2e import Case, data_rows, main, os

# Lead F0–F9, trail 40–7E and 80–FC.
CODES = [(lead, trail) for lead in range(0xF0, 0xFA) for trail in [*range(0x40, 0x7F), *range(0x80, 0xFD)]]
HEADING = "system,encoding,code,target,category,decision\n"


class AllCodes(Case):
    def setUp(self):
        super().setUp()
        self.write("a.csv", b"name\r\n" + b"".join(bytes(code) + b"\r\n" for code in CODES))
        names = [row["name"] for row in data_rows("mj.tsv")]
        self.rows = [f"A,cp932,0x{lead:02X}{trail:02X},{names[i]},," for i, (lead, trail) in enumerate(CODES)]

    def table(self, rows, name="g.csv", heading=HEADING):
        self.write(name, heading + "".join(row + "\n" for row in rows))

    def test_unmapped_with_their_bytes(self):
        report = self.identify("a.csv", "--encoding", "cp932", code=1)
        self.assertEqual(len(CODES), 1880)
        self.assertEqual(self.counts(report), {"gaiji_unmapped": 1880})
        self.assertEqual([e["source"] for e in report["exceptions"]], [f"{a:02X}{b:02X}" for a, b in CODES])

    def test_mapped_by_a_table(self):
        self.table(self.rows)
        report = self.identify("a.csv", "--encoding", "cp932", "--gaiji", "g.csv", code=0)
        self.assertEqual(self.counts(report), {"gaiji_mapped": 1880})
        self.assertEqual(report["source"]["system"], "A")
        self.assertEqual((report["source"]["gaiji"]["rows"], report["source"]["gaiji"]["mapped"]), (1880, 1880))

    def test_a_row_without_a_target_stays_unmapped(self):
        self.rows[5] = "A,cp932,F045,,category,decision"
        self.table(self.rows)
        report = self.identify("a.csv", "--encoding", "cp932", "--gaiji", "g.csv", code=1)
        self.assertEqual(self.counts(report), {"gaiji_mapped": 1879, "gaiji_unmapped": 1})

    def test_targets_and_spellings(self):
        self.table(["0xF040,MJ026190", "F041,U+9089 U+E010F", "0xf042,U+3042", "0xF043,U+5C71"], heading="code,target\n")
        report = self.identify("a.csv", "--encoding", "cp932", "--gaiji", "g.csv", code=1)
        self.assertEqual(report["outcomes"]["gaiji_mapped"], 4)

    def test_unicode_sources(self):
        self.write("u.csv", "n\n\uE000\U000F0000\n")
        self.table(["U+E000,MJ000001", "0xF3B08080,MJ000002"], heading="code,target\n")
        self.assertEqual(self.counts(self.identify("u.csv", "--gaiji", "g.csv", code=0)), {"gaiji_mapped": 2})

    def refused(self, message, *arguments, where="g.csv"):
        run = self.hyojun("identify", "a.csv", "--encoding", "cp932", "--gaiji", "g.csv", *arguments)
        self.check_message(run, 3, message, where)

    def test_another_system_or_encoding(self):
        self.table(self.rows)
        self.refused("another system", "--system", "B")
        self.identify("a.csv", "--encoding", "cp932", "--gaiji", "g.csv", "--system", "A", code=0)
        self.table([self.rows[0], self.rows[1].replace("A,", "B,")])
        self.refused("another system", where=r"g\.csv:3:1")
        self.table([self.rows[0].replace("cp932", "utf-8")])
        self.refused("gaiji table for utf-8", where=r"g\.csv:2:2")
        self.table([self.rows[0].replace("cp932", "jef")])
        self.refused("gaiji table for")

    def test_bad_rows(self):
        for rows, message, where in [
                (["0xF040,MJ000001", "F040,MJ000002"], "twice", r"g\.csv:3:1"),
                (["0xF040,MJ999999"], "no standard character", r"g\.csv:2:2"),
                (["0xF040,GJ000139"], "no standard character", r"g\.csv:2:2"),
                (["0xF040,U+5F20"], "no standard character", r"g\.csv:2:2"),
                (["0xF040,U+845B U+E0100"], "no standard character", r"g\.csv:2:2"),
                (["0x8140,MJ000001"], "no gaiji code", r"g\.csv:2:1"), (["0xF03F,MJ000001"], "no gaiji code", ":2:1"),
                (["F0,MJ000001"], "no gaiji code", ":2:1"), (["0xGG,MJ000001"], "no gaiji code", ":2:1"),
                (["U+E000,MJ000001"], "no gaiji code", ":2:1"), ([",MJ000001"], "no gaiji code", ":2:1"),
                (["0xF040"], "fields", "g.csv"), (["0xF040,MJ000001,x"], "fields", "g.csv"),
                (['"0xF040,MJ000001'], "quote", "g.csv")]:
            with self.subTest(rows):
                self.table(rows, heading="code,target\n")
                self.refused(message, where=where)

    def test_bad_files(self):
        self.write("g.csv", "コード,文字図形名,備考\n0xF040,MJ000001,髙\n", "cp932")
        self.refused("UTF-8", where="g.csv")
        self.write("g.csv", "code,target\n0xF040,MJ000001\n", "utf-16")
        self.refused("UTF-8")
        self.write("g.csv", "kode,target\n")
        self.refused("no column")
        self.write("g.csv", "")
        self.refused(".")
        self.write("g.csv", os.urandom(3000))
        self.refused(".")
        self.check_message(self.hyojun("identify", "a.csv", "--gaiji", "missing.csv"), 4, "no such file", "missing")

    def test_a_bom_and_crlf_are_fine(self):
        self.write("g.csv", "\uFEFFcode,target\r\n\"0xF040\",\"MJ000001\"\r\n")
        self.assertEqual(self.identify("a.csv", "--encoding", "cp932", "--gaiji", "g.csv")["outcomes"]["gaiji_mapped"], 1)


class Profiles(Case):
    def setUp(self):
        super().setUp()
        self.write("a.csv", b"n\n\xF0\x40\n")
        os.mkdir(self.path("sub"))
        self.write("sub/g.csv", HEADING + "juki,cp932,0xF040,MJ000001,,\n")

    def profile(self, text):
        self.write("sub/p.json", text)
        return ["a.csv", "--profile", "sub/p.json"]

    def test_loads_encoding_system_and_table(self):
        arguments = self.profile('{"schema":"hyojun.profile/1","system":"juki","encoding":"cp932","gaiji":"g.csv","shapes":"jis90"}')
        report = self.identify(*arguments, code=0)
        self.assertEqual(self.counts(report), {"gaiji_mapped": 1})
        self.assertEqual(report["source"]["system"], "juki")
        for option in (["--encoding", "utf-8"], ["--gaiji", "sub/g.csv"], ["--system", "x"]):
            self.check_message(self.hyojun("identify", *arguments, *option), 2, "--profile")

    def test_refused(self):
        head = '{"schema":"hyojun.profile/1","system":"juki","encoding":"cp932"'
        for text, message in [("", "JSON"), ("[1]", "JSON"), ("{}", "missing"), (head, "JSON"),
                              (head + ',"gaji":"g.csv"}', "unknown key"), (head + ',"shapes":"jis"}', "shapes"),
                              (head.replace("cp932", "sjis") + "}", "encoding"), (head.replace("/1", "/2") + "}", "schema"),
                              (head.replace('"juki"', "5") + "}", "system"), ("[" * 100000, "JSON"),
                              (head + ',"shape_exceptions":["x"]}', "shape_exceptions")]:
            with self.subTest(text[:80]):
                self.check_message(self.hyojun("identify", *self.profile(text)), 3, message, r"p\.json")

    def test_table_of_another_system(self):
        arguments = self.profile('{"schema":"hyojun.profile/1","system":"tax","encoding":"cp932","gaiji":"g.csv"}')
        self.check_message(self.hyojun("identify", *arguments), 3, "another system", r"g\.csv")


if __name__ == "__main__":
    main()
