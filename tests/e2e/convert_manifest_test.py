"""convert: targets and forms, the manifest with --verify and --revert, affected records, rules for columns."""
import stat
import xml.etree.ElementTree
import zipfile

import e2e
from e2e import Case, main, os, subprocess, text_of

# Every outcome: plain, default glyph, listed sequence, gaiji with and without a decision, unregistered sequence, outside
# the standard, control; malformed bytes come in with the encoding stated.
TEXT = ("番号,氏名,住所\r\n1,山辻,髙槻〔-:-:F040〕\r\n2,渡\u9089\U000E010F,\"か\u3099\"\"x\"\r\n3,\uE000田,\uE001\r\n"
        "4,辻\U000E01EF,\u5F20\r\n5,\x01,ｶﾞ\r\n")
GAIJI = "code,target,category,substitute\nU+E000,MJ030196,類似,\n"




def rows_of_sheet(path):
    """The cells of the first sheet, row by row; all are inline texts."""
    main_ns = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as archive:
        sheet = xml.etree.ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    return [["".join(t.text or "" for t in cell.iter(main_ns + "t")) for cell in row.iter(main_ns + "c")]
            for row in sheet.iter(main_ns + "row")]


class Manifest(Case):
    def setUp(self):
        super().setUp()
        self.source = TEXT.encode() + b"6,\xFF\xFE,x\r\n"
        self.write("a.csv", self.source)
        self.write("g.csv", GAIJI)

    def convert(self, *arguments, code):
        run = self.hyojun("convert", "a.csv", "-o", "out.csv", "--force", "--manifest", "m.json", "--gaiji", "g.csv",
                          "--encoding", "utf-8", "--json", *arguments, code=code)
        return run.json(), e2e.json.loads(self.read("m.json")) if code != 3 else None

    def check_sums(self, manifest):
        self.assertEqual(manifest["schema"], "hyojun.manifest/1")
        self.assertEqual(sum(manifest["outcomes"].values()), manifest["characters"])
        self.assertEqual(manifest["carried"] + sum(manifest["actions"].values()),
                         manifest["characters"] + manifest["outside"])
        sums = dict.fromkeys(manifest["actions"], 0)
        for entry in manifest["replacements"]:
            sums[entry["action"]] += entry["count"]
        self.assertEqual(sums, manifest["actions"])

    def test_every_policy_accounts_for_every_character_verifies_and_tells_whether_it_can_be_reverted(self):
        for policy, form, to, newline, restored in [
                ("tag", "ivs", "utf-8", "keep", True), ("tag", "tag", "utf-8", "lf", True),
                ("tag", "ivs", "cp932", "keep", True), ("tag", "tag", "euc-jp-ms", "lf", True),
                ("tag", "base", "utf-16le", "crlf", True), ("tag", "name", "utf-16be", "keep", True),
                ("geta", "ivs", "utf-8", "keep", False), ("geta", "base", "cp932", "lf", False)]:
            with self.subTest(policy=policy, form=form, to=to):
                _, manifest = self.convert("--unidentified", policy, "--form", form, "--to", to, "--newline", newline,
                                           code=1)
                self.check_sums(manifest)
                self.assertEqual(self.hyojun("convert", "--verify", "m.json", "--json", code=0).json()["same"], True)
                code = 0 if restored else 3
                report = self.hyojun("convert", "--revert", "m.json", "-o", "back.csv", "--force", "--json",
                                     code=code).json()
                self.assertEqual(report["restored"], restored)
                if restored:
                    self.assertEqual(self.read("back.csv"), self.source)
                    os.remove(self.path("back.csv"))
                else:
                    self.assertNotIn("back.csv", self.names())
                    self.assertTrue(report["irreversible"])
        self.convert("--unidentified", "fail", code=3)
        self.convert("--unidentified", "keep", code=3)  # malformed bytes cannot be kept
        self.source = TEXT.encode()
        self.write("a.csv", self.source)
        for form in ("ivs", "tag"):
            with self.subTest(policy="keep", form=form):
                _, manifest = self.convert("--unidentified", "keep", "--form", form, code=1)
                self.check_sums(manifest)
                self.assertEqual(manifest["characters"], sum(manifest["outcomes"].values()))
                self.assertEqual(self.hyojun("convert", "--verify", "m.json", "--json", code=0).json()["same"], True)
                self.hyojun("convert", "--revert", "m.json", "-o", "back.csv", "--force", code=0)
                self.assertEqual(self.read("back.csv"), self.source)

    def test_what_cannot_be_reverted_is_listed(self):
        self.write("g.csv", GAIJI.replace("MJ030196", "MJ026190"))
        self.write("a.csv", "h\n\uE000\n\u9089\U000E010F\n\uE001\n\uE002\n")
        self.convert("--unidentified", "geta", code=1)
        report = self.hyojun("convert", "--revert", "m.json", "-o", "back.csv", "--json", code=3).json()
        self.assertEqual([(e["reason"], e["source"], e["target"]) for e in report["irreversible"]],
                         [("also_text", "EE8080", "U+9089 U+E010F"), ("several_sources", "EE8081", "U+3013"),
                          ("several_sources", "EE8082", "U+3013")])
        text = self.hyojun("convert", "--revert", "m.json", "-o", "back.csv", code=3).out
        self.assertIn("EE8082", text)

    def test_double_codes_are_listed_and_taken_back_where_they_are_alone(self):
        self.write("a.csv", b"h\n\xED\x40\n\x81\xE0\x87\x90\n")
        base = ["convert", "a.csv", "-o", "out.csv", "--encoding", "cp932", "--manifest", "m.json", "--force", "--json"]
        report = self.hyojun(*base, code=0).json()
        self.assertEqual({r["source"]: r["action"] for r in report["replacements"]},
                         {"ED40": "double_code", "8790": "double_code"})
        report = self.hyojun("convert", "--revert", "m.json", "-o", "back.csv", "--json", code=3).json()
        self.assertEqual([(e["reason"], e["source"]) for e in report["irreversible"]], [("also_text", "8790")])
        self.write("a.csv", b"h\n\xED\x40\n\x87\x90\n")
        self.hyojun(*base, code=0)
        self.hyojun("convert", "--revert", "m.json", "-o", "back.csv", code=0)
        self.assertEqual(self.read("back.csv"), b"h\n\xED\x40\n\x87\x90\n")
        self.hyojun(*base, "--to", "cp932", code=0)
        self.assertEqual(self.read("out.csv"), b"h\n\xFA\x5C\n\x81\xE0\n")

    def test_verify_sees_every_change(self):
        self.convert("--unidentified", "tag", code=1)
        self.write("out.csv", self.read("out.csv") + b"x")
        run = self.hyojun("convert", "--verify", "m.json", "--json", code=1)
        self.assertEqual((run.json()["differences"], run.json()["changed"]), ([], ["out.csv"]))
        self.check_message(self.hyojun("convert", "--revert", "m.json", "-o", "back.csv"), 3, "変|changed")
        self.write("a.csv", self.source.replace("髙".encode(), "高".encode()))
        report = self.hyojun("convert", "--verify", "m.json", "--json", code=1).json()
        self.assertIn("/files/0/sha256", report["differences"])
        self.write("g.csv", GAIJI.replace("類似", "同一字形"))
        self.assertIn("/gaiji/digest", self.hyojun("convert", "--verify", "m.json", "--json", code=1).json()["differences"])

    def test_several_files_one_manifest_and_bom(self):
        self.write("b.csv", "\ufeffh\n山\n")
        os.mkdir(self.path("out"))
        self.hyojun("convert", "a.csv", "b.csv", "-o", "out", "--encoding", "utf-8", "--to", "utf-16le", "--bom", "--unidentified", "tag",
                    "--manifest", "m.json", code=1)
        self.assertEqual(self.read("out/b.csv"), "\ufeffh\n山\n".encode("utf-16-le"))
        self.assertEqual(len(e2e.json.loads(self.read("m.json"))["files"]), 2)
        os.mkdir(self.path("back"))
        self.hyojun("convert", "--revert", "m.json", "-o", "back", code=0)
        self.assertEqual(self.read("back/a.csv"), self.source)
        self.assertEqual(self.read("back/b.csv"), self.read("b.csv"), "with its BOM")

    def test_a_manifest_that_was_damaged_is_refused(self):
        self.convert("--unidentified", "tag", code=1)
        good = self.read("m.json").decode()
        for bad in [b"", b"{}", good[:-20].encode(), good.replace('"carried":', '"carried":1').encode(),
                    good.replace('"to":"utf-8"', '"to":"utf-9"').encode(), good.replace("{", '{"x":1,', 1).encode()]:
            self.write("bad.json", bad)
            for option in (["--verify"], ["-o", "x", "--revert"]):
                self.check_message(self.hyojun("convert", *option, "bad.json"), 3, ".", "bad.json")
        self.check_message(self.hyojun("convert", "--verify", "m.json", "a.csv"), 2, "verify")
        self.check_message(self.hyojun("convert", "--revert", "m.json"), 2, "revert")
        self.check_message(self.hyojun("convert", "-o", "x"), 2, "input|入力")

    def test_nothing_is_written_over_or_for_others(self):
        self.convert("--unidentified", "tag", code=1)
        for name in ("m.json", "out.csv"):
            self.assertEqual(stat.S_IMODE(os.stat(self.path(name)).st_mode), 0o600)
        self.check_message(self.hyojun("convert", "a.csv", "-o", "new.csv", "--manifest", "m.json", "--encoding", "utf-8"),
                           2, "m.json|exists|あります")
        self.check_message(self.hyojun("convert", "a.csv", "-o", "x", "--manifest", "a.csv", "--force"), 2, ".")
        self.check_message(self.hyojun("convert", "a.csv", "-o", "x", "--manifest", "x", "--force"), 2, ".")
        self.check_message(self.hyojun("convert", "a.csv", "-o", "x", "--to", "cp932", "--bom"), 2, "BOM")


class Cp932(Case):
    def test_every_selector_is_reported(self):
        sequences = [text_of(row["ivs"]) for row in e2e.data_rows("mj.tsv") if row["ivs"]]
        self.write("a.txt", "\n".join(sequences) + "\n")
        run = self.hyojun("convert", "a.txt", "-o", "o.txt", "--to", "cp932", "--json", code=3)
        self.assertEqual(run.json()["actions"]["refused"], len(sequences))
        self.assertEqual(len(sequences), 11382)
        run = self.hyojun("convert", "a.txt", "-o", "o.txt", "--to", "cp932", "--unidentified", "tag", "--json", code=1)
        self.assertEqual(run.json()["actions"]["tag"], len(sequences))

    def test_it_is_what_python_reads(self):
        text = "番号,氏名\n1,髙﨑①～ｱ―\n"
        self.write("a.csv", text)
        self.hyojun("convert", "a.csv", "-o", "o.csv", "--to", "cp932", "--newline", "crlf", code=0)
        self.assertEqual(self.read("o.csv").decode("cp932"), text.replace("\n", "\r\n"))
        self.assertIn(b"\xFB\xFC\xFA\xB1", self.read("o.csv"), "Microsoft's choice; Python takes the NEC selection")
        self.hyojun("convert", "a.csv", "-o", "e.csv", "--to", "euc-jp-ms", code=0)
        done = subprocess.run(["iconv", "-f", "EUC-JP-MS", "-t", "UTF-8", self.path("e.csv")], stdout=subprocess.PIPE)
        self.assertEqual(done.stdout.decode(), text)


class Columns(Case):
    def setUp(self):
        super().setUp()
        self.write("a.csv", "宛名番号,氏名,カナ,住所\n007,邉\U000E010F\uE000,ﾅﾍﾞ,髙町\n008,山,ﾔﾏ,町\n009,\uE001,ｱ,\"﨑,\"\n")
        self.write("g.csv", "code,target,category,substitute\nU+E000,MJ028902,デザイン差,\nU+E001,,該当なし,さい\n")
        self.write("r.json", e2e.json.dumps({"schema": "hyojun.rules/1", "columns": [
            {"column": "住所", "shrink": "ipa", "unidentified": "geta"}, {"column": "カナ", "fold": ["halfwidth-kana"]}]}))

    def test_rules_and_affected_records(self):
        run = self.hyojun("convert", "a.csv", "-o", "o.csv", "--gaiji", "g.csv", "--rules", "r.json", "--affected", "x.xlsx",
                          "--key", "宛名番号", "--json", code=0)
        self.assertEqual(self.read("o.csv").decode(), "宛名番号,氏名,カナ,住所\n007,邉\U000E010F髙,ナベ,高町\n"
                         "008,山,ヤマ,町\n009,さい,ア,\"﨑,\"\n")
        self.assertEqual(run.json()["affected"], 3)
        self.assertEqual(stat.S_IMODE(os.stat(self.path("x.xlsx")).st_mode), 0o600)
        rows = rows_of_sheet(self.path("x.xlsx"))
        self.assertIn("個人データ", rows[0][0])
        self.assertEqual([(r[0], r[3], r[4], r[5], r[7]) for r in rows[2:]],
                         [("007", "氏名", "邉\U000E010F\uE000", "邉\U000E010F髙", "デザイン差"),
                          ("007", "住所", "髙町", "高町", "縮退 (JIS包摂規準・UCS統合規則)"),
                          ("009", "氏名", "\uE001", "さい", "代わりの文字 (該当なし)")])

    def test_what_is_refused(self):
        base = ["convert", "a.csv", "-o", "o.csv", "--gaiji", "g.csv"]
        self.check_message(self.hyojun(*base, "--affected", "x.xlsx"), 2, "--key")
        self.check_message(self.hyojun(*base, "--key", "宛名番号"), 2, "--affected")
        self.check_message(self.hyojun("convert", "-", "-o", "o.csv", "--affected", "x.xlsx", "--key", "1"), 2, "twice")
        self.check_message(self.hyojun(*base, "--affected", "x.csv", "--key", "宛名番号"), 2, "xlsx")
        for rules in ["", "[]", '{"schema":"hyojun.rules/1"}', '{"schema":"hyojun.rules/1","columns":[{"column":"氏名","frm":1}]}',
                      '{"schema":"hyojun.rules/1","columns":[{"column":"氏名","form":"x"}]}',
                      '{"schema":"hyojun.rules/1","columns":[{"column":"氏名"},{"column":"氏名"}]}',
                      '{"schema":"hyojun.rules/1","columns":[{"column":"氏名","fold":["x"]}]}']:
            self.write("bad.json", rules)
            self.check_message(self.hyojun(*base, "--rules", "bad.json"), 3, ".", "bad.json")
        self.write("bad.json", '{"schema":"hyojun.rules/1","columns":[{"column":"無い列"}]}')
        self.check_message(self.hyojun(*base, "--rules", "bad.json"), 2, "無い列")
        self.check_message(self.hyojun(*base, "--rules", "r.json", "--columns", "氏名"), 2, "columns")
        self.assertEqual(self.names(), ["a.csv", "bad.json", "g.csv", "r.json"])

    def test_the_own_map_is_named(self):
        self.write("map.csv", "変換元,変換先\n髙,嵩\n")
        run = self.hyojun("convert", "a.csv", "-o", "o.csv", "--gaiji", "g.csv", "--shrink", "ipa", "--shrink-map", "map.csv",
                          "--unidentified", "geta", "--manifest", "m.json", "--json")
        self.assertIn("嵩町", self.read("o.csv").decode())
        manifest = e2e.json.loads(self.read("m.json"))
        self.assertEqual(manifest["shrink_map"]["file"], "map.csv")
        self.assertEqual(manifest["shrink_map"]["digest"], run.json()["options"]["shrink_map"]["digest"])
        self.hyojun("convert", "--verify", "m.json", code=0)


if __name__ == "__main__":
    main()
