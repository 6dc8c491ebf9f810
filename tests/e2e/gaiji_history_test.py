"""What becomes of a decision: its history, its number in the manifest, and who has looked at it with a newer table."""
import csv
import io

from e2e import Case, json, main

COLUMNS = "system,encoding,code,target,category,state,substitute,reason,decided_by,decided_on,checked_by,checked_on,table,added\n"


def row(code="0xF040", target="MJ026190", category="identical", decided="", on="", checked="", checked_on="", state="", table="", added="", substitute="",
        reason=""):
    return f"juki,cp932,{code},{target},{category},{state},{substitute},{reason},{decided},{on},{checked},{checked_on},{table},{added}\n"


class Recorded(Case):
    def setUp(self):
        super().setUp()
        self.hyojun("init", "--db", "hyojun.db", code=0)

    def decide(self, *rows, options=(), code=0):
        self.write("d.csv", COLUMNS + "".join(rows))
        return self.hyojun("gaiji", "decide", "d.csv", "--json", *options, code=code)

    def history(self, *arguments):
        return self.hyojun("gaiji", "history", *arguments, "--json", code=0).json()["decisions"]


class History(Recorded):
    def setUp(self):
        super().setUp()
        self.decide(row(target="MJ026191", state="案"))
        self.decide(row(decided="山田", on="2026-01-05"), row("0xF041", "", "no_match", decided="山田"))
        self.decide(row(decided="山田", on="2026-01-05", checked="佐藤", checked_on="2026-01-06"))
        self.decide(row(target="MJ026191", category="similar", decided="鈴木"), options=["--supersede", "--actor", "tanto"], code=1)

    def test_who_decided_what_when_and_what_took_its_place(self):
        found = self.history("0xF040")
        self.assertEqual([(d["state"], d["target"], d["decided_by"], d["checked_by"]) for d in found],
                         [("proposed", "MJ026191", None, None), ("decided", "MJ026190", "山田", None), ("checked", "MJ026190", "山田", "佐藤"),
                          ("decided", "MJ026191", "鈴木", None)])
        self.assertEqual([(d["superseded_by"], d["in_force"]) for d in found],
                         [(found[1]["decision"], False), (found[2]["decision"], False), (found[3]["decision"], True), (None, False)])
        self.assertEqual((found[2]["decided_on"], found[2]["checked_on"], found[3]["actor"]), ("2026-01-05", "2026-01-06", "tanto"))
        self.assertEqual([d["import"] for d in found], [1, 2, 3, 4])

    def test_what_was_taken_back_is_still_there(self):
        self.hyojun("undo", "4", code=0)
        found = self.history("F040")
        self.assertEqual([(d["withdrawn_by"], d["superseded_by"]) for d in found[2:]], [(None, None), (5, None)])
        text = self.hyojun("gaiji", "history", "F040", "--lang", "ja", code=0).out
        self.assertIn("取込 5 で取消し", text)
        self.assertIn("有効", text)

    def test_as_it_was_known_on_a_day(self):
        self.check_message(self.hyojun("gaiji", "history", "F040", "--known-at", "2020-01-01"), 2, "no decision on this gaiji")
        self.assertEqual(len(self.history("F040", "--known-at", "2999-01-01")), 4)

    def test_codes_as_people_write_them(self):
        for code in ("0xF041", "f041", "U+E001"):
            self.assertEqual([d["category"] for d in self.history(code)], ["no_match"], code)
        self.assertEqual(len(self.history()), 5)
        self.assertEqual([d["code"] for d in self.history("F041", "F040")], ["0xF040", "0xF040", "0xF041", "0xF040", "0xF040"])
        self.check_message(self.hyojun("gaiji", "history", "F042"), 2, "F042: there is no decision")
        self.check_message(self.hyojun("gaiji", "history", "8140"), 2, "8140: there is no decision")
        self.check_message(self.hyojun("gaiji", "history", "F040", "--system", "zei"), 2, "there is no decision")

    def test_as_csv(self):
        run = self.hyojun("gaiji", "history", "F041", "--format", "csv", "--plain", code=0)
        rows = list(csv.DictReader(io.StringIO(run.out)))
        self.assertEqual([(r["外字コード"], r["区分"], r["扱い"], r["追加文字"]) for r in rows], [("0xF041", "該当なし", "未確認", "未検索")])


class Words(Recorded):
    def test_categories_by_key_by_name_and_as_people_say_them(self):
        for words, key in [("no match", "no_match"), ("No-Match", "no_match"), ("no_match", "no_match"), ("該当なし", "no_match"),
                           ("not a character", "not_character"), ("Not character", "not_character"), ("未使用", "unused"), ("UNUSED", "unused")]:
            self.decide(row(target="", category=words, decided="山田"))
            self.assertEqual(self.history("F040")[-1]["category"], key, words)
            self.hyojun("undo", str(self.history("F040")[-1]["import"]), code=0)
        for words in ("design difference", "デザイン差", "ﾃﾞｻﾞｲﾝ差", "Design_Difference"):
            self.decide(row(category=words, decided="山田"))
            self.assertEqual(self.history("F040")[-1]["category"], "design_difference", words)
            self.hyojun("undo", str(self.history("F040")[-1]["import"]), code=0)

    def test_the_words_are_listed_in_both_languages(self):
        for language, words in (("en", r"no match \(該当なし\), not a character \(文字でない\)"), ("ja", "該当なし、文字でない、未使用のいずれか")):
            self.write("d.csv", COLUMNS + row(category="nomatches"))
            self.check_message(self.hyojun("gaiji", "decide", "d.csv", "--lang", language), 3, words)


class Manifest(Recorded):
    def setUp(self):
        super().setUp()
        self.decide(row(decided="山田", on="2026-01-05", checked="佐藤", checked_on="2026-01-06"),
                    row("0xF041", "", "no_match", decided="山田", on="2026-01-05", substitute="辺", reason="字形がない"))
        self.hyojun("gaiji", "export", "-o", "g.csv", "--include-unchecked", code=1)
        self.write("a.csv", b"n\n\xF0\x40\xF0\x41\n")
        run = self.hyojun("convert", "a.csv", "--encoding", "cp932", "--gaiji", "g.csv", "-o", "b.csv", "--manifest", "m.json", "--json")
        self.reported = run.json()["replacements"]

    def test_every_decision_is_named_by_its_number(self):
        numbers = {d["code"]: d["decision"] for d in self.history()}
        expected = {"F040": f"確認済 2026-01-06 #{numbers['0xF040']}", "F041": f"決定（未確認） 2026-01-05 #{numbers['0xF041']}"}
        manifest = json.loads(self.read("m.json"))
        for replacements in (self.reported, manifest["replacements"]):
            self.assertEqual({r["source"]: r["decision"] for r in replacements}, expected)
        self.assertEqual(manifest["gaiji"]["unchecked"], 0)  # rows with a target
        self.hyojun("convert", "--verify", "m.json", code=0)

    def test_a_manifest_of_an_earlier_version_verifies(self):
        manifest = json.loads(self.read("m.json"))
        for entry in manifest["replacements"]:
            del entry["decision"]
        del manifest["gaiji"]["unchecked"]
        self.write("m.json", json.dumps(manifest))
        self.hyojun("convert", "--verify", "m.json", code=0)

    def test_another_decision_is_a_difference(self):
        text = self.read("m.json").decode()
        self.write("m.json", text.replace("#1\"", "#9\""))
        run = self.hyojun("convert", "--verify", "m.json", code=1)
        self.assertIn("decision", run.out + run.err)


class LookedAtAnew(Recorded):
    """A file that was made with a newer table says nothing of what nobody has looked at."""

    def setUp(self):
        super().setUp()
        self.signed = dict(code="0xF041", target="", category="no_match", decided="山田", on="2026-01-05", checked="佐藤", checked_on="2026-01-06")
        self.decide(row(**self.signed))
        self.write("gj.csv", "name,code\nGJ000001,U+100000\n")
        self.hyojun("table", "import", "gj.csv", "-o", "gj.hjl", code=0)
        self.label = self.hyojun("gaiji", "recheck", "--table", "gj.hjl", "--json", code=1).json()["table"]

    def reasons(self):
        run = self.hyojun("gaiji", "recheck", "--table", "gj.hjl", "--json")
        return [r["reason"] for r in run.json()["rows"]]

    def test_the_old_signatures_change_nothing(self):
        self.assertEqual(self.reasons(), ["provisional", "other_table"])
        out = self.decide(row(**self.signed, table=self.label, added="検索済"), options=["--table", "gj.hjl"]).json()
        self.assertEqual((out["recorded"], out["same"]), (0, 1))
        self.assertEqual(self.reasons(), ["provisional", "other_table"])

    def test_new_signatures_settle_it_in_two_steps(self):
        anew = {**self.signed, "on": "2026-03-01", "checked": "", "checked_on": ""}
        out = self.decide(row(**anew, table=self.label, added="検索済"), options=["--table", "gj.hjl"]).json()
        self.assertEqual((out["recorded"], out["confirmed"]), (1, 1))
        self.assertEqual(self.reasons(), [])
        self.assertEqual([(d["in_force"], d["added_characters_searched"]) for d in self.history("F041")], [(True, False), (False, True)])
        self.hyojun("gaiji", "export", "--decisions", "x.xlsx", "--table", "gj.hjl", code=0)
        self.hyojun("gaiji", "decide", "x.xlsx", "--checked-by", "鈴木", "--table", "gj.hjl", code=0)
        self.assertEqual([d["in_force"] for d in self.history("F041")], [False, False, True])


if __name__ == "__main__":
    main()
