"""Hosts' encodings, code maps, layouts and copybooks, as a municipality uses them."""
import json
import subprocess

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
        source = bytes.fromhex("C1" "6B" "28" "41A5" "80A1" "29" "15" "C2" "6B" "38" "ECB5" "29" "15")
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
        text = "番号,氏名,住所\n1,山田太郎,ＡＢＣ１２３\n2,渡辺　花子,ABC 123\n"
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

    def test_a_second_code_is_named_where_it_cannot_be_taken_back(self):
        self.write("a.csv", "氏名\n".encode("euc_jp") + b"\xAD\xF0\n")  # ≒ of NEC row 13
        self.hyojun("convert", "a.csv", "--encoding", "euc-jp-ms", "-o", "out.csv", "--manifest", "m.json", code=0)
        report = self.hyojun("convert", "--revert", "m.json", "-o", "back.csv", "--json", code=3).json()
        self.assertEqual([(e["reason"], e["target"], e["count"]) for e in report["irreversible"]],
                         [("several_codes", "U+2252", 1), ("digest", None, 1)])


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
