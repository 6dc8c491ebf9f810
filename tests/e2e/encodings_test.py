"""Hosts' encodings, code maps, layouts and copybooks, as a municipality uses them."""
import json
import subprocess
import zipfile

from e2e import Case, main

SINGLE = "code\tunicode\thd\taj1\tflags\n" + "".join(
    "%02X\t%04X\t\t\t\n" % (0xF0 + i, 0x30 + i) for i in range(10)) + "6B\t002C\t\t\t\n40\t0020\t\t\t\n" + "".join(
    "%02X\t%04X\t\t\t\n" % (0xC1 + i, 0x41 + i) for i in range(9))
DOUBLE = "code\tunicode\thd\taj1\tflags\n41A5\t4E08\tE0103\t\toneway\n"
LAYOUT = {"schema": "hyojun.layout/1", "records": "fixed", "types": [{"fields": [
    {"name": "番号", "kind": "zoned", "length": 4}, {"name": "氏名", "kind": "double", "length": 8},
    {"name": "住所", "kind": "mixed", "length": 8}, {"name": "税額", "kind": "packed", "length": 3, "scale": 2, "signed": True}]}]}
#        番号      丈 (its selector)  髙 as gaiji 80A1, padding  A + 東京 shifted                税額
RECORD = "F0F0F1F2" "41A5" "80A1" "40404040" "C1" "28C5ECB5FE29" "40" "12345D"


class Encodings(Case):
    def setUp(self):
        super().setUp()
        self.write("single.tsv", SINGLE)
        self.write("double.tsv", DOUBLE)
        self.write("layout.json", json.dumps(LAYOUT))
        self.write("dump.bin", bytes.fromhex(RECORD) * 2)
        self.jef = ["--encoding", "jef", "--code-map", "double.tsv", "--code-map", "single.tsv"]

    def test_text_with_shift_codes(self):
        self.write("jef.csv", bytes.fromhex("C1" "6B" "28" "41A5" "80A1" "29" "15"))
        ran = self.hyojun("identify", "jef.csv", *self.jef, "--no-header", "--json")
        report = json.loads(ran.out)
        self.assertEqual(report["source"]["encoding"], "jef")
        self.assertEqual(report["outcomes"]["standard"], 2)
        self.assertEqual([(e["source"], e["text"]) for e in report["exceptions"]], [("80A1", "U+E000")])

    def test_line_ends_are_those_of_the_encoding(self):
        # NL, LF, CR LF, CR; 0A begins a shift code of KEIS; two bytes each in juki-net.
        for encoding, data, ends in (("ibm-939", "C1" "15" "C2" "25" "C3" "0D25" "C4" "0D", [2, 1, 1]),
                                     ("ibm-939", "C1" "0A" "15", [1, 0, 0]),
                                     ("juki-net-be", "0041" "000D000A" "0A00" "000A", [1, 1, 0])):
            with self.subTest(encoding=encoding, data=data):
                self.write("lines.txt", bytes.fromhex(data))
                self.hyojun("convert", "lines.txt", "--encoding", encoding, "--format", "text", "--unidentified", "tag",
                            "-o", "lines.out", "--manifest", "lines.json", "--force")
                manifest = json.loads(self.read("lines.json"))
                self.assertEqual(list(manifest["files"][0]["line_ends"].values()), ends)

    def test_what_the_target_lacks_is_told(self):
        # 丂 of JIS X 0212 is in JIS X 0213, but not in CP932 or JIS X 0208.
        self.write("euc.txt", bytes.fromhex("B0A1" "8FB0A1" "0A"))
        source = ("euc.txt", "--encoding", "euc-jp-ms", "--format", "text", "-o", "euc.out", "--force")
        for target in (("--to", "cp932"), ("--shrink", "strict", "--shrink-to", "jisx0208")):
            self.hyojun("convert", *source, *target, code=3)
            self.hyojun("convert", *source, *target, "--unidentified", "geta", code=1)
        self.assertEqual(self.read("euc.out").decode(), "亜〓\n")

    def test_dump_becomes_csv(self):
        ran = self.hyojun("convert", "dump.bin", *self.jef, "--layout", "layout.json", "-o", "out.csv",
                              "--unidentified", "geta")
        self.assertEqual(ran.code, 1, ran.err)
        self.assertEqual(self.read("out.csv").decode(), "番号,氏名,住所,税額\n" + "0012,丈\U000E0103〓,A東京,-123.45\n" * 2)

    def test_dump_is_identified_in_its_place(self):
        ran = self.hyojun("identify", "dump.bin", *self.jef, "--layout", "layout.json", "--json", "--exceptions", "e.csv")
        report = json.loads(ran.out)
        self.assertEqual((report["records"], report["characters"], report["files"][0]["format"]), (2, 10, "layout"))
        self.assertEqual(report["exceptions"][0]["first"], [{"file": "dump.bin", "record": r + 1, "field": 2, "byte": 23 * r + 6}
                                                            for r in range(2)])
        self.assertIn("dump.bin,2,2,氏名,29,80A1,U+E000,gaiji_unmapped", self.read("e.csv").decode())

    def test_broken_dumps_are_refused_with_their_place(self):
        good = bytes.fromhex(RECORD)
        for name, data, place in (("cut", good + good[:5], "cut:2, byte 23"),
                                  ("digit", good[:20] + bytes.fromhex("1A345D"), "digit:1:4, byte 20"),
                                  ("shift", good[:18] + b"\x28" + good[19:], "shift:1:3, byte 12")):
            with self.subTest(name):
                self.write(name, data)
                ran = self.hyojun("convert", name, *self.jef, "--layout", "layout.json", "-o", name + ".csv", "--lang", "en")
                self.assertEqual(ran.code, 3, ran.err)
                self.assertIn("where: " + place, ran.err)
                self.assertNotIn(name + ".csv", self.names())

    def test_profile_names_everything(self):
        self.write("profile.json", json.dumps({
            "schema": "hyojun.profile/1", "system": "zei", "encoding": "jef", "code_maps": ["double.tsv", "single.tsv"],
            "gaiji_first": "U+E92E", "gaiji": "gaiji.csv", "layout": "layout.json"}))
        self.write("gaiji.csv", "system,encoding,code,target\nzei,jef,0x80A1,MJ026190\n")
        ran = self.hyojun("convert", "dump.bin", "--profile", "profile.json", "-o", "out.csv")
        self.assertEqual(ran.code, 0, ran.err)
        self.assertIn("丈\U000E0103邉\U000E010F", self.read("out.csv").decode())
        self.write("gaiji.csv", "system,encoding,code,target\nzei,keis83,0x80A1,MJ026190\n")
        self.assertEqual(self.hyojun("identify", "dump.bin", "--profile", "profile.json").code, 3)

    def test_a_profile_names_its_normalisations(self):
        self.write("kana.csv", "カナ\nｶﾞ\n")
        profile = {"schema": "hyojun.profile/1", "system": "zei", "encoding": "utf-8", "fold": ["halfwidth-kana"]}
        self.write("kana.json", json.dumps(profile))
        run = self.hyojun("convert", "kana.csv", "--profile", "kana.json", "-o", "-", "--manifest", "k.json", code=0)
        self.assertEqual(run.out, "カナ\nガ\n")
        self.assertEqual(json.loads(self.read("k.json"))["options"]["fold"], ["halfwidth-kana"])
        self.write("kana.json", json.dumps(profile | {"fold": ["kana"]}))
        self.check_message(self.hyojun("convert", "kana.csv", "--profile", "kana.json", "-o", "-"), 3, "fold")

    def test_copybook_to_csv(self):
        self.write("c.cpy", "01 R.\n  03 NO PIC 9(4).\n  03 NA PIC N(4).\n  03 AD PIC X(8).\n  03 TAX PIC S9(3)V99 COMP-3.\n")
        ran = self.hyojun("layout", "from-copybook", "c.cpy", "--mixed")
        self.assertEqual(ran.code, 0, ran.err)
        self.write("made.json", ran.out)
        ran = self.hyojun("convert", "dump.bin", *self.jef, "--layout", "made.json", "-o", "-", "--unidentified", "keep")
        self.assertEqual(ran.out.splitlines()[:2], ["NO,NA,AD,TAX", "0012,丈\U000E0103\uE000,A東京,-123.45"])

    def test_options_that_do_not_fit(self):
        self.write("a.csv", "a\n")
        for arguments in (["--encoding", "jef"], ["--encoding", "cp932", "--code-map", "single.tsv"],
                          ["--encoding", "jef", "--gaiji-first", "U+4E00"], ["--layout", "layout.json"],
                          ["--encoding", "cp932", "--layout", "layout.json", "--format", "csv"]):
            with self.subTest(arguments):
                self.assertEqual(self.hyojun("identify", "a.csv", *arguments).code, 2)

    def test_hangul_in_utf16_may_be_juki_net(self):
        self.write("j.csv", "氏名\n山\uAC00\uAC01\n".encode("utf-16-le"))
        ran = self.hyojun("identify", "j.csv", "--encoding", "utf-16le", "--lang", "en")
        self.assertEqual(ran.code, 1)
        self.assertIn("juki-net", ran.out + ran.err)
        ran = self.hyojun("convert", "j.csv", "--encoding", "utf-16le", "-o", "j.out", "--unidentified", "keep", code=1)
        self.assertIn("juki-net", ran.err)

    def test_a_code_map_is_in_the_manifest(self):
        source = bytes.fromhex("C1" "6B" "28" "41A5" "80A1" "29" "15" "C2" "6B" "38" "C5EC" "29" "15")
        restored = source.replace(b"\x38", b"\x28")
        for data, out in ((restored, 0), (source, 3)):
            self.write("a.csv", data)
            self.hyojun("convert", "a.csv", *self.jef, "--gaiji-first", "U+E92E", "--unidentified", "keep", "--no-header",
                        "-o", "out.csv", "--force", "--manifest", "m.json", code=1)
            self.assertEqual(self.read("out.csv").decode(), "A,丈\U000E0103\uE92E\nB,東\n")
            manifest = json.loads(self.read("m.json"))
            self.assertEqual([m["file"] for m in manifest["code_maps"]], ["double.tsv", "single.tsv"])
            self.assertEqual((manifest["options"]["gaiji_first"], manifest["layout"]), ("U+E92E", None))
            self.assertTrue(self.hyojun("convert", "--verify", "m.json", "--json", code=0).json()["same"])
            report = self.hyojun("convert", "--revert", "m.json", "-o", "back.csv", "--force", "--json", code=out).json()
            self.assertEqual(report["restored"], out == 0)
            if out == 0:
                self.assertEqual(self.read("back.csv"), data)
        self.assertEqual(report["irreversible"][-1]["reason"], "digest")
        self.write("single.tsv", SINGLE + "D1\t004A\t\t\t\n")
        self.assertIn("/code_maps/1/digest", self.hyojun("convert", "--verify", "m.json", "--json", code=1).json()["differences"])
        self.check_message(self.hyojun("convert", "--revert", "m.json", "-o", "b.csv"), 3, "code map|符号表")

    def test_a_dump_is_in_the_manifest(self):
        self.hyojun("convert", "dump.bin", *self.jef, "--layout", "layout.json", "--unidentified", "tag", "-o", "out.csv",
                    "--manifest", "m.json", code=1)
        manifest = json.loads(self.read("m.json"))
        self.assertEqual(manifest["layout"]["file"], "layout.json")
        self.assertEqual(manifest["carried"] + sum(manifest["actions"].values()), manifest["characters"])
        self.assertTrue(self.hyojun("convert", "--verify", "m.json", "--json", code=0).json()["same"])
        report = self.hyojun("convert", "--revert", "m.json", "-o", "back", "--json", code=3).json()
        self.assertEqual([(e["reason"], e["file"]) for e in report["irreversible"]], [("layout", "dump.bin")])
        self.assertIn("fillers", self.hyojun("convert", "--revert", "m.json", "-o", "back", "--lang", "en", code=3).out)
        self.write("layout.json", json.dumps(LAYOUT) + " ")
        self.assertEqual(self.hyojun("convert", "--verify", "m.json", "--json", code=1).json()["differences"],
                         ["/layout/digest"])

    def test_every_encoding_is_taken_back(self):
        text = "番号,氏名,住所\n1,山田太件,ＡＢＣ１２３\n2,渡辺　花子,ABC 123\n"
        more = text + "3,か\u309a,𠮟\n"
        japanese = text.encode("iso2022_jp")
        cases = [("euc-jp-ms", text.encode("euc_jp")), ("ibm-33722", text.encode("euc_jp")),
                 ("ibm-954", text.encode("euc_jp")), ("euc-jis-2004", more.encode("euc_jis_2004")),
                 ("shift-jis-2004", more.encode("shift_jis_2004")), ("iso-2022-jp", japanese),
                 ("iso-2022-jp", japanese.replace(b"\x1b$B", b"\x1b$@")),
                 ("juki-net-be", "氏名\n山\uF9DC\n".encode("utf-16-be")), ("juki-net-le", "氏名\n山\n".encode("utf-16-le"))]
        for ibm in ("930", "939", "1390", "1399"):
            ebcdic = subprocess.run(["iconv", "-f", "utf-8", "-t", "IBM" + ibm], input=text.encode(),
                                    capture_output=True, check=True).stdout
            cases.append(("ibm-" + ibm, ebcdic))
            cases.append(("ibm-" + ibm, ebcdic.replace(b"\x15", b"\x25")))
        for encoding, data in cases:
            for options in ([], ["--form", "tag", "--newline", "crlf"], ["--to", "cp932"]):
                with self.subTest(encoding=encoding, options=options):
                    self.write("a.csv", data)
                    self.hyojun("convert", "a.csv", "--encoding", encoding, *options, "--unidentified", "tag",
                                "-o", "out.csv", "--manifest", "m.json", "--force")
                    self.hyojun("convert", "--verify", "m.json", code=0)
                    self.hyojun("convert", "--revert", "m.json", "-o", "back.csv", "--force", code=0)
                    self.assertEqual(self.read("back.csv"), data)

    def test_a_second_code_comes_back_where_the_manifest_tells_it(self):
        data = "氏名\n".encode("euc_jp") + b"\xAD\xF0\n"  # ≒ of NEC row 13
        self.write("a.csv", data)
        self.hyojun("convert", "a.csv", "--encoding", "euc-jp-ms", "-o", "out.csv", "--manifest", "m.json", code=0)
        self.hyojun("convert", "--revert", "m.json", "-o", "back.csv", code=0)
        self.assertEqual(self.read("back.csv"), data)

    def test_a_second_code_is_named_where_it_cannot_be_taken_back(self):
        self.write("a.csv", "氏名\n".encode("euc_jp") + b"\x8F\xF3\xB8\n")  # the other № of IBM
        self.hyojun("convert", "a.csv", "--encoding", "ibm-954", "-o", "out.csv", "--manifest", "m.json", code=0)
        report = self.hyojun("convert", "--revert", "m.json", "-o", "back.csv", "--json", code=3).json()
        self.assertEqual([(e["reason"], e["target"], e["count"]) for e in report["irreversible"]],
                         [("several_codes", "U+2116", 1), ("digest", None, 1)])


class VariableRecords(Case):
    """Records with a descriptor or a length of their own, and of several types."""

    def setUp(self):
        super().setUp()
        self.fields = [{"name": "番号", "kind": "zoned", "length": 2}, {"name": "氏名", "kind": "double", "length": 4},
                       {"name": "備考", "kind": "single", "length": 2}]
        self.records = [bytes.fromhex(r) for r in ("F0F1" "48B2" "4040" "F1F2", "F0F2" "48B2" "48B2")]

    def rows_of(self, data, **layout):
        self.write("layout.json", json.dumps({"schema": "hyojun.layout/1", "types": [{"fields": self.fields}], **layout}))
        self.write("d.bin", data)
        run = self.hyojun("convert", "d.bin", "--encoding", "ibm-939", "--layout", "layout.json", "-o", "-", code=0)
        return run.out.splitlines()

    def test_each_way_of_telling_the_length(self):
        expected = ["番号,氏名,備考", "01,件,12", "02,件件,"]
        rdw = b"".join((len(r) + 4).to_bytes(2, "big") + b"\0\0" + r for r in self.records)
        self.assertEqual(self.rows_of(rdw, records="rdw"), expected)
        bdw = (len(rdw) + 4).to_bytes(2, "big") + b"\0\0" + rdw
        self.assertEqual(self.rows_of(bdw * 2, records="bdw"), expected + expected[1:])
        self.fields.insert(0, {"kind": "filler", "length": 2})
        counted = b"".join(len(r).to_bytes(2, "big") + r for r in self.records)
        self.assertEqual(self.rows_of(counted, records="length-field",
                                      length_field={"offset": 0, "length": 2, "counts": "rest"}), expected)

    def test_typed_records(self):
        person = [{"kind": "filler", "length": 1}] + self.fields
        tax = [{"kind": "filler", "length": 1}, {"name": "番号", "kind": "zoned", "length": 2},
               {"name": "税額", "kind": "packed", "length": 2, "signed": True}]
        types = [{"name": "人", "selector": "C8", "fields": person}, {"name": "税", "selector": "E9", "fields": tax}]
        data = b"\xC8" + self.records[0] + bytes.fromhex("E9" "F0F1" "123D") + b"\xC8" + self.records[1] + b"\x40\x40"
        self.assertEqual(self.rows_of(data, records="fixed", selector={"offset": 0, "length": 1}, types=types),
                         ["レコード種別,番号,氏名,備考,税額", "人,01,件,12,", "税,01,,,-123", "人,02,件件,,"])


class NumberColumns(Case):
    """Columns of 住基ネット統一文字コード or 戸籍統一文字番号 in place of characters."""

    def setUp(self):
        super().setUp()
        self.write("a.csv", "番号,氏名,統一文字,戸籍\n"
                   "1,山,J+9089,445000\n"       # one MJ character by either number: its IVS
                   "2,辻,\"8FBB j+845B\",10\n"    # two numbers, a bare one; a number that lost its leading zeros
                   "3,渡,J+E000,999999\n"       # a gaiji of J+; no such number
                   "4,,J+ZZZZ,123456789012\n"   # no numbers
                   "5,,,\n")
        self.columns = ["--juki-columns", "統一文字", "--koseki-columns", "4"]

    def test_identify(self):
        run = self.hyojun("identify", "a.csv", *self.columns, "--json", "--exceptions", "e.csv", "--key", "番号", code=1)
        report = run.json()
        outcomes = report["outcomes"]
        self.assertEqual(sum(outcomes.values()), report["characters"])
        # 5 + 3 plain characters; 3 numbers and the space between them, 445000, 000001
        self.assertEqual((outcomes["gaiji_unmapped"], outcomes["malformed"]), (1, 4))
        self.assertEqual(outcomes["standard"] + outcomes["default_glyph"], 8 + 4 + 2)
        self.assertEqual([(e["source"], e["outcome"], e["first"][0]["record"], e["first"][0]["field"])
                          for e in report["exceptions"]],
                         [("4A2B45303030", "gaiji_unmapped", 4, 3), ("313233343536" "3738", "malformed", 5, 4),
                          ("39303132", "malformed", 5, 4), ("393939393939", "malformed", 4, 4),
                          ("4A2B5A5A5A5A", "malformed", 5, 3)])
        self.assertEqual(report["scope"]["juki_columns"], ["統一文字"])
        rows = self.read("e.csv").decode().splitlines()
        self.assertIn("a.csv,4,3,統一文字,%d,4A2B45303030,U+E000,gaiji_unmapped,,3" %
                      self.read("a.csv").index(b"J+E000"), rows)
        self.write("b.csv", self.read("a.csv"))
        second = self.hyojun("identify", "b.csv", *self.columns, "--json", code=1).out
        self.write("1.json", run.out)
        self.write("2.json", second)
        joined = self.hyojun("tally", "merge", "1.json", "2.json").json()
        self.assertEqual(joined["outcomes"]["malformed"], 8)

    def test_convert(self):
        for options, lines in [
                (["--unidentified", "geta"], ["1,山,\u9089\U000E010F,\u9089\U000E010F",
                                              "2,辻,\"\u8FBB\U000E0102 \u845B\U000E0102\",一", "3,渡,〓,〓", "4,,〓,〓〓"]),
                (["--unidentified", "tag", "--form", "base"],
                 ["1,山,邉,邉", None, "3,渡,〔-:-:4A2B45303030〕,〔-:-:393939393939〕"]),
                (["--unidentified", "tag", "--to", "cp932"],
                 ["1,山,〔MJ026190:9089:4A2B39303839〕,〔MJ026190:9089:343435303030〕"]),
                (["--unidentified", "geta", "--shrink", "ipa"], ["1,山,邉,邉"])]:
            with self.subTest(options):
                self.hyojun("convert", "a.csv", *self.columns, *options, "-o", "out.csv", "--force", "--manifest", "m.json",
                            code=1)
                made = self.read("out.csv").decode("cp932" if "cp932" in options else "utf-8").splitlines()[1:]
                for line, expected in zip(made, lines):
                    if expected is not None:
                        self.assertEqual(line[:len(expected)], expected)
                self.assertEqual(len(made), 5)
                manifest = json.loads(self.read("m.json"))
                self.assertEqual(manifest["carried"] + sum(manifest["actions"].values()),
                                 manifest["characters"] + manifest["outside"])
                self.assertTrue(self.hyojun("convert", "--verify", "m.json", "--json", code=0).json()["same"])
        self.hyojun("convert", "a.csv", *self.columns, "-o", "x.csv", code=3)
        self.assertNotIn("x.csv", self.names())

    def test_tags_lead_back_to_the_numbers(self):
        self.write("a.csv", self.read("a.csv").replace(b",10\n", b",\n"))  # 一 is plain, and in a heading
        self.hyojun("convert", "a.csv", *self.columns, "--form", "tag", "--unidentified", "tag", "-o", "out.csv",
                    "--manifest", "m.json", code=1)
        self.hyojun("convert", "--revert", "m.json", "-o", "back.csv", code=0)
        self.assertEqual(self.read("back.csv"), self.read("a.csv"))

    def test_affected_residents(self):
        self.hyojun("convert", "a.csv", *self.columns, "--shrink", "ipa", "--unidentified", "geta", "-o", "out.csv",
                    "--affected", "who.xlsx", "--key", "番号", code=1)
        with zipfile.ZipFile(self.path("who.xlsx")) as archive:
            sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        self.assertIn("J+9089", sheet)

    def test_long_files_on_any_number_of_threads(self):
        body = "".join("%d,山,J+9089,445000\n" % i for i in range(150_000))
        self.write("a.csv", "番号,氏名,統一文字,戸籍\n" + body)
        self.hyojun("convert", "a.csv", *self.columns, "-o", "out.csv", code=0)
        expected = body.replace("J+9089", "\u9089\U000E010F").replace("445000", "\u9089\U000E010F")
        self.assertEqual(self.read("out.csv").decode(), "番号,氏名,統一文字,戸籍\n" + expected)
        report = self.hyojun("identify", "a.csv", *self.columns, "--json", code=0).json()
        self.assertEqual(report["characters"], sum(len(str(i)) + 3 for i in range(150_000)))

    def test_what_does_not_fit(self):
        self.check_message(self.hyojun("identify", "a.csv", "--juki-columns", "9"), 2, "9")
        self.check_message(self.hyojun("identify", "a.csv", "--juki-columns", "3", "--koseki-columns", "3"), 2, "juki")
        self.write("u.csv", "a\nJ+9089\n".encode("utf-16"))
        self.check_message(self.hyojun("identify", "u.csv", "--juki-columns", "1"), 2, "convert")
        self.write("n.csv", "a\n\"J+9089\nJ+9089\"\n")
        self.check_message(self.hyojun("convert", "n.csv", "--juki-columns", "1", "-o", "x.csv"), 3, "line end|改行")


class DumpColumns(Case):
    """Names, keys and rules by the field names of a layout."""

    def setUp(self):
        super().setUp()
        fields = [{"name": "氏名", "kind": "double", "length": 8}, {"name": "カナ", "kind": "single", "length": 4},
                  {"name": "宛名番号", "kind": "zoned", "length": 3}]
        self.write("layout.json", json.dumps({"schema": "hyojun.layout/1", "records": "fixed", "types": [{"fields": fields}]}))
        def ebcdic(text):
            return subprocess.run(["iconv", "-f", "utf-8", "-t", "IBM930"], input=text.encode(), capture_output=True,
                                  check=True).stdout
        rows = [("渡邉〓　", "ﾜﾀ  ", "001"), ("髙橋　　", "ﾀｶ  ", "002")]
        self.write("dump.bin", b"".join(ebcdic(name)[1:-1] + ebcdic(kana) + ebcdic(n) for name, kana, n in rows))
        self.dump = ["dump.bin", "--encoding", "ibm-930", "--layout", "layout.json"]

    def test_names_and_keys(self):
        run = self.hyojun("identify", *self.dump, "--name-columns", "氏名", "--kana-columns", "カナ", "--key", "宛名番号",
                          "--exceptions", "e.csv", "--json", code=1)
        self.assertEqual([(s["kind"], s["first"][0]["record"]) for s in run.json()["suspicions"]], [("placeholder", 1)])
        rows = self.read("e.csv").decode().splitlines()
        self.assertEqual(rows[-1].split(",")[1:5] + rows[-1].split(",")[7:], ["1", "1", "氏名", "4", "suspicion:placeholder",
                                                                            "", "001"])

    def test_affected_and_rules(self):
        self.write("rules.json", json.dumps({"schema": "hyojun.rules/1", "columns": [{"column": "氏名", "shrink": "ipa"}]}))
        self.hyojun("convert", *self.dump, "--rules", "rules.json", "-o", "out.csv", "--affected", "who.xlsx", "--key",
                    "宛名番号", code=0)
        self.assertEqual(self.read("out.csv").decode(), "氏名,カナ,宛名番号\n渡邉〓,ﾜﾀ,001\n高橋,ﾀｶ,002\n")
        with zipfile.ZipFile(self.path("who.xlsx")) as archive:
            sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        self.assertIn("髙橋", sheet)
        self.assertIn(">002<", sheet)
        self.assertNotIn(">001<", sheet)


class Cp932Dump(Case):
    """What a conversion keeps back until the next character must not be lost at the end of a field."""

    def setUp(self):
        super().setUp()
        fields = [{"name": "番号", "kind": "zoned", "length": 3}, {"name": "氏名", "kind": "mixed", "length": 10},
                  {"name": "カナ", "kind": "single", "length": 4}]
        self.write("layout.json", json.dumps({"schema": "hyojun.layout/1", "records": "fixed", "types": [{"fields": fields}]}))
        rows = [("001", "髙橋", "ｶ"), ("002", "〔-:41", "ｶﾞ"), ("003", "山田〔", "ﾊ")]
        self.write("dump.bin", b"".join(n.encode() + name.encode("cp932").ljust(10) + kana.encode("cp932").ljust(4)
                                        for n, name, kana in rows))
        self.dump = ["dump.bin", "--encoding", "cp932", "--layout", "layout.json"]

    def test_brackets_and_kana_at_the_end_of_a_field(self):
        run = self.hyojun("convert", *self.dump, "--form", "tag", "-o", "-", code=0)
        self.assertEqual(run.out, "番号,氏名,カナ\n001,髙橋,ｶ\n002,〔-:41,ｶﾞ\n003,山田〔,ﾊ\n")
        run = self.hyojun("convert", *self.dump, "--fold", "halfwidth-kana", "-o", "-")
        self.assertEqual(run.out, "番号,氏名,カナ\n001,髙橋,カ\n002,〔-:41,ガ\n003,山田〔,ハ\n")

    def test_any_target(self):
        run = self.hyojun("convert", *self.dump, "--to", "cp932", "--newline", "crlf", "-o", "-", code=0)
        self.assertEqual(run.out_bytes.decode("cp932"),
                         "番号,氏名,カナ\r\n001,髙橋,ｶ\r\n002,〔-:41,ｶﾞ\r\n003,山田〔,ﾊ\r\n")


if __name__ == "__main__":
    main()
