"""Decisions on gaiji: recorded all or not at all, superseded but never erased, exported only when they were checked."""
import csv
import io
import random
import signal
import time

import e2e
import sheets
from e2e import Case, data_rows, environment, main, os, subprocess, text_of

HEADING = "システム,文字コード,外字コード,文字図形名,文字,区分,状態,代替文字,代替の理由,基準,コメント,決定者,決定日,確認者,確認日\n"
KILLS = int(os.environ.get("HYOJUN_KILLS", "10"))
MJ = [row for row in data_rows("mj.tsv")]


def row(code, target="", text="", category="", state="", substitute="", reason="", criterion="", comment="", decided="", on="", checked="", checked_on="",
        system="juki"):
    return ",".join([system, "cp932", code, target, text, category, state, substitute, reason, criterion, comment, decided, on, checked, checked_on]) + "\n"


class Decide(Case):
    def setUp(self):
        super().setUp()
        self.hyojun("init", "--db", "hyojun.db", code=0)

    def decide(self, *rows, name="d.csv", options=(), code=0):
        self.write(name, HEADING + "".join(rows))
        return self.hyojun("gaiji", "decide", name, *options, code=code)

    def table(self, *options, code=0):
        run = self.hyojun("gaiji", "export", "-o", "-", *options, code=code)
        return list(csv.DictReader(io.StringIO(run.out)))

    def imports(self):
        return self.hyojun("history", "--json", code=0).json()["imports"]

    def refused(self, *rows, message, where=None, options=()):
        before = self.read("hyojun.db")
        run = self.decide(*rows, options=options, code=3)
        self.check_message(run, 3, message, where, next_=False)
        self.assertEqual(self.imports(), [])
        self.assertEqual(self.read("hyojun.db"), before)


class Recording(Decide):
    def test_from_decision_to_check_to_table(self):
        self.decide(row("F040", "MJ026190", "", "同一字形"), row("0xF041", "", "", "該当なし", substitute="辺", reason="字形がない"),
                    row("0xF042"), options=["--decided-by", "山田"])
        self.assertEqual(self.table(), [])
        unchecked = self.table("--include-unchecked", code=1)
        self.assertEqual([(r["code"], r["target"], r["category"]) for r in unchecked],
                         [("0xF040", "MJ026190", "identical"), ("0xF041", "", "no_match")])
        self.assertTrue(all("未確認" in r["decision"] for r in unchecked))
        self.hyojun("gaiji", "export", "--decisions", "decided.xlsx", code=0)
        self.hyojun("gaiji", "decide", "decided.xlsx", "--checked-by", "佐藤", code=0)
        checked = self.table()
        self.assertEqual([(r["code"], r["target"], r["substitute"]) for r in checked], [("0xF040", "MJ026190", ""), ("0xF041", "", "辺")])
        self.assertTrue(all(r["decision"].startswith("確認済 ") for r in checked))
        self.assertNotIn("山田", str(checked))
        self.assertNotIn("佐藤", str(checked))

    def test_the_table_is_what_identify_and_convert_load(self):
        self.decide(row("0xF040", "MJ026190", "", "同一字形", decided="山田", checked="佐藤"))
        self.hyojun("gaiji", "export", "-o", "g.csv", code=0)
        self.write("a.csv", b"n\n\xF0\x40\n")
        report = self.identify("a.csv", "--encoding", "cp932", "--gaiji", "g.csv", "--system", "juki", code=0)
        self.assertEqual(report["outcomes"]["gaiji_mapped"], 1)
        self.assertEqual(report["source"]["gaiji"]["unchecked"], 0)

    def test_unchecked_decisions_are_counted_by_whoever_loads_the_table(self):
        self.decide(row("0xF040", "MJ026190", "", "同一字形", decided="山田"))
        self.hyojun("gaiji", "export", "-o", "g.csv", "--include-unchecked", code=1)
        self.write("a.csv", b"n\n\xF0\x40\n")
        run = self.hyojun("convert", "a.csv", "--encoding", "cp932", "--gaiji", "g.csv", "-o", "b.csv", "--json", code=0)
        self.assertEqual(run.json()["source"]["gaiji"]["unchecked"], 1)
        self.assertIn("checked by nobody", run.err)

    def test_a_change_takes_effect_when_it_is_checked(self):
        self.decide(row("0xF040", "MJ026190", "", "同一字形", decided="山田", checked="佐藤"))
        changed = row("0xF040", "MJ026191", "", "デザイン差", decided="山田")
        run = self.decide(changed, code=3)
        self.assertIn("MJ026190 同一字形 (取込 1) → MJ026191 デザイン差", run.err)
        self.assertEqual(len(self.imports()), 1)
        self.decide(changed, options=["--dry-run"], code=1)
        self.assertEqual(len(self.imports()), 1)
        self.decide(changed, options=["--supersede"], code=1)
        self.assertEqual([r["target"] for r in self.table()], ["MJ026190"])
        self.assertEqual([r["target"] for r in self.table("--include-unchecked", code=1)], ["MJ026191"])
        self.decide(row("0xF040", "MJ026191", "", "デザイン差", decided="山田", checked="鈴木"))
        self.assertEqual([r["target"] for r in self.table()], ["MJ026191"])
        self.hyojun("undo", "3", code=0)
        self.assertEqual([r["target"] for r in self.table()], ["MJ026190"])

    def test_nothing_new_is_recorded_twice_and_a_proposal_unseats_nothing(self):
        decided = row("0xF040", "MJ026190", "", "同一字形", decided="山田", on="2026-01-05", checked="佐藤", checked_on="2026-01-06")
        self.decide(decided)
        self.assertIn("nothing new", self.decide(decided).out)
        self.decide(row("0xF040", "MJ026191", "", "類似", state="案"))
        self.assertEqual([r["target"] for r in self.table()], ["MJ026190"])
        self.assertEqual(self.hyojun("gaiji", "decide", "d.csv", "--decided-by", "山田", "--json", code=0).json()["recorded"], 0)

    def test_split_work_is_joined(self):
        self.write("a.csv", HEADING + row("0xF040", "MJ026190", "", "同一字形", decided="山田") + row("0xF041"))
        self.write("b.csv", HEADING + row("0xF041", "MJ026191", "", "同一字形", decided="佐藤") + row("0xF040", "MJ026190", "", "同一字形", decided="佐藤"))
        out = self.hyojun("gaiji", "decide", "a.csv", "b.csv", "--json", code=0).json()
        self.assertEqual((out["recorded"], out["first"], out["open"]), (2, 2, 1))

    def test_files_that_contradict_each_other(self):
        self.write("a.csv", HEADING + row("0xF040", "MJ026190", "", "同一字形", decided="山田"))
        self.write("b.csv", HEADING + row("0xF040", "MJ026191", "", "同一字形", decided="佐藤"))
        run = self.hyojun("gaiji", "decide", "a.csv", "b.csv", "--supersede", code=3)
        self.assertRegex(run.err, r"0xF040: MJ026190 同一字形 \(a.csv:2\) → MJ026191 同一字形 \(b.csv:2\)")
        self.assertEqual(self.imports(), [])

    def test_a_past_day(self):
        self.decide(row("0xF040", "MJ026190", "", "同一字形", decided="山田", checked="佐藤"))
        self.check_message(self.hyojun("gaiji", "export", "-o", "-", "--as-of", "2020-01-01"), 2, "no such decision")
        self.assertEqual(len(self.table("--as-of", "2999-01-01")), 1)

    def test_several_systems_have_to_be_chosen(self):
        self.decide(row("0xF040", "MJ026190", "", "同一字形", decided="山田", checked="佐藤"),
                    row("0xF040", "MJ026191", "", "同一字形", decided="山田", checked="佐藤", system="zei"))
        self.check_message(self.hyojun("gaiji", "export", "-o", "-"), 2, "juki cp932、zei cp932")
        self.assertEqual([r["target"] for r in self.table("--system", "zei")], ["MJ026191"])


class Refused(Decide):
    def test_rows(self):
        good = row("0xF040", "MJ026190", "", "同一字形", decided="山田")
        for bad, message, where in [
                (row("0x8140", "MJ026190", "", "同一字形"), "no gaiji code", r"d\.csv:3:3"),
                (row("F040", "MJ026190", "", "同一字形", decided="山田"), "row 2 speaks of the same gaiji", r"d\.csv:3:3"),
                (row("0xF041", "MJ999999", "", "同一字形"), "names no standard character", r"d\.csv:3:4"),
                (row("0xF041", "MJ026190", "辺", "同一字形"), "do not agree", r"d\.csv:3:5"),
                (row("0xF041", "MJ026190", "?", "同一字形"), r"a \? stands", r"d\.csv:3:5"),
                (row("0xF041", "MJ026190", "", "同一字形", decided="山?"), r"a \? stands", r"d\.csv:3:12"),
                (row("0xF041", "MJ026190", "", "おなじ"), "no such category", r"d\.csv:3:6"),
                (row("0xF041", "", "", "同一字形"), "needs a target", r"d\.csv:3:4"),
                (row("0xF041", "MJ026190", "", "該当なし"), "has no target", r"d\.csv:3:6"),
                (row("0xF041", "", "", "該当なし", substitute="辺"), "reason", r"d\.csv:3:9"),
                (row("0xF041", "", "", "該当なし", substitute="张", reason="x"), "no standard character", r"d\.csv:3:8"),
                (row("0xF041", "MJ026190", "", "同一字形", substitute="辺", reason="x"), "beside a target", r"d\.csv:3:8"),
                (row("0xF041", "MJ026190", "", "同一字形", decided="山田", checked="山 田"), "checker is the decider", r"d\.csv:3:14"),
                (row("0xF041", "MJ026190", "", "同一字形", state="確認済", decided="山田"), "signature is missing", r"d\.csv:3:7"),
                (row("0xF041", "MJ026190", "", "同一字形", decided="山田", on="2999-01-01"), "future", r"d\.csv:3:13"),
                (row("0xF041", "MJ026190", "", "", decided="山田"), "category is missing", r"d\.csv:3:6"),
                (row("0xF041", "MJ026190", "", "同一字形", system=""), "system is not named", r"d\.csv:3:1")]:
            with self.subTest(message=message):
                self.refused(good, bad, message=message, where=where)

    def test_the_hint_that_excel_has_saved_shift_jis(self):
        name = next(r for r in MJ if r["name"] == "MJ026190")
        self.refused(row("0xF040", "MJ026190", "邊", "同一字形", decided="山田"), message="Excel has probably saved the file in Shift_JIS")
        self.write("s.csv", (HEADING + row("0xF040", "MJ026190", "", "同一字形")).encode("cp932"))
        self.check_message(self.hyojun("gaiji", "decide", "s.csv"), 3, "UTF-8")
        self.assertTrue(name)

    def test_another_table(self):
        self.write("d.csv", "system,encoding,code,target,category,table\njuki,cp932,0xF040,MJ026190,identical,005.00 0123456789ab\n")
        self.check_message(self.hyojun("gaiji", "decide", "d.csv"), 3, "another version of the table", r"d\.csv:2:6")

    def test_no_such_column_no_such_database(self):
        self.write("x.csv", "a,b\n1,2\n")
        self.check_message(self.hyojun("gaiji", "decide", "x.csv"), 3, "no column 外字コード")
        self.write("d.csv", HEADING)
        self.check_message(self.hyojun("gaiji", "decide", "d.csv", "--db", "none.db"), 4, "no database")

    def test_a_code_that_has_become_a_number(self):
        self.write("d.xlsx", sheets.xlsx([["外字コード", "文字図形名", "区分"], [80.0, "MJ026190", "同一字形"]]))
        run = self.hyojun("gaiji", "decide", "d.xlsx", "--system", "juki", "--encoding", "cp932", code=3)
        self.assertIn("has become a number", run.err)

    def test_facts_and_decisions_are_kept_apart(self):
        self.write("d.csv", HEADING + row("0xF040", "MJ026190", "", "同一字形", decided="山田"))
        self.check_message(self.hyojun("status"), 2, "decisions on gaiji only")
        self.hyojun("init", "--prefecture", "28", "--db", "t.db", code=0)
        self.check_message(self.hyojun("gaiji", "decide", "d.csv", "--db", "t.db"), 2, "holds no decisions")
        self.hyojun("init", "--prefecture", "28", "--decisions", "--db", "both.db", code=0)
        self.hyojun("gaiji", "decide", "d.csv", "--db", "both.db", code=0)
        self.hyojun("status", "--db", "both.db", code=0)


class DryInit(Case):
    def test_says_what_would_be_made_and_makes_nothing(self):
        run = self.hyojun("init", "--db", "a.db", "--dry-run", code=0)
        self.assertIn("database of decisions on gaiji; not made", run.err)
        self.assertIn("41 municipalities; not made", self.hyojun("init", "--prefecture", "28", "--dry-run", code=0).err)
        self.assertEqual(self.names(), [])
        self.write("a.db", "x")
        real, dry = (self.hyojun("init", "--db", "a.db", *options) for options in ([], ["--dry-run"]))
        self.assertEqual((real.code, real.err), (dry.code, dry.err))
        self.check_message(self.hyojun("init", "--db", "none/a.db", "--dry-run"), 4, ".", next_=False)


class Crash(Decide):
    def test_killed_at_any_moment(self):
        names = [r["name"] for r in MJ[:1500]]
        codes = [f"0x{a:02X}{b:02X}" for a in range(0xF0, 0xFA) for b in [*range(0x40, 0x7F), *range(0x80, 0xFD)]]
        rows = [row(code, name, "", "同一字形", decided="山田") for code, name in zip(codes, names)]
        self.write("d.csv", HEADING + "".join(rows))
        start = time.monotonic()
        self.hyojun("gaiji", "decide", "d.csv", code=0)
        whole = time.monotonic() - start
        self.hyojun("undo", "1", code=0)
        choose = random.Random(7)
        for _ in range(KILLS):
            before = self.imports()
            run = subprocess.Popen([e2e.BINARY, "gaiji", "decide", "d.csv"], cwd=self.folder, env=environment(), stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
            time.sleep(choose.random() * whole * 1.1)
            run.send_signal(signal.SIGKILL)
            run.wait()
            after = self.imports()
            self.assertEqual(after[:len(before)], before)
            self.assertIn(len(after) - len(before), (0, 1))
            self.hyojun("db", "check", code=0)
            if len(after) > len(before):
                self.assertEqual(len(self.table("--include-unchecked", code=1)), 1500)
                self.hyojun("undo", str(after[-1]["id"]), code=0)

    def test_a_locked_database_is_waited_for(self):
        import sqlite3
        self.write("d.csv", HEADING + row("0xF040", "MJ026190", "", "同一字形", decided="山田"))
        lock = sqlite3.connect(self.path("hyojun.db"), isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        self.assertIn("locked", self.hyojun("gaiji", "decide", "d.csv", "--wait", "1", code=4).err)
        lock.execute("ROLLBACK")
        lock.close()
        self.assertEqual(self.imports(), [])


class Scan(Case):
    def setUp(self):
        super().setUp()
        self.write("a.csv", b"id,name\n1,\xF0\x40\xF0\x40\n2,\xF0\x41\n")
        by_juki = {r["juki"]: r["name"] for r in MJ if r["juki"]}
        self.juki, self.name = next((j, n) for j, n in by_juki.items() if j.startswith("J+4"))

    def scan(self, *options, code):
        return self.hyojun("gaiji", "scan", "a.csv", "--encoding", "cp932", "--system", "juki", *options, code=code)

    def test_data_alone(self):
        found = self.scan("--json", code=0).json()
        self.assertEqual([(g["code"], g["text"], g["count"]) for g in found["gaiji"]], [("0xF040", "U+E000", 2), ("0xF041", "U+E001", 1)])
        self.assertEqual(found["gaiji"][1]["first"], [{"file": "a.csv", "record": 3, "field": 2, "byte": 17}])

    def test_the_list_joins_and_numbers_lead_to_candidates(self):
        self.write("l.csv", f"外字コード,読み,J+,備考\nF040,ワタナベ,{self.juki[2:]},戸籍\nF045,,,古い\n")
        found = self.scan("--list", "l.csv", "--json", code=1).json()
        self.assertEqual((found["used"], found["unused"], found["not_listed"], found["with_candidate"]), (2, 1, 1, 1))
        self.assertEqual(found["gaiji"][0]["candidates"][0]["name"], self.name)
        self.assertIn("住基ネット統一文字コード " + self.juki, found["gaiji"][0]["candidates"][0]["basis"])
        self.scan("--list", "l.csv", "--draft", "draft.xlsx", "-o", "scan.csv", code=1)
        self.assertTrue(self.read("scan.csv").startswith("\ufeff外字コード,".encode()))
        self.hyojun("init", code=0)
        out = self.hyojun("gaiji", "decide", "draft.xlsx", "--decided-by", "山田", "--json", code=0).json()
        self.assertEqual((out["recorded"], out["open"]), (2, 1))  # one by its number, one unused; one is still open

    def test_the_traps_of_juki_numbers(self):
        old = next(r for r in MJ if r["juki"] == "J+845B")
        self.write("l.csv", "外字コード,住基ネット統一文字コード,戸籍統一文字番号\nF040,J+845B,\nF041,4E00,445000\n")
        found = self.scan("--list", "l.csv", "--json", code=1).json()["gaiji"]
        self.assertEqual(found[0]["candidates"][0]["name"], old["name"])
        self.assertIn("JIS X 0213:2000", found[0]["candidates"][0]["warnings"][0])
        self.assertEqual(len(found[1]["candidates"]), 2)
        self.assertTrue(found[1]["problems"])
        hangul = next((r for r in MJ if r["juki"] and "J+AC00" <= r["juki"] <= "J+D6FF"), None)
        if hangul:
            self.write("l.csv", f"外字コード,J+\nF040,{hangul['juki']}\nF041,{hangul['juki']}\n")
            candidate = self.scan("--list", "l.csv", "--json", code=0).json()["gaiji"][0]["candidates"][0]
            self.assertEqual(candidate["name"], hangul["name"])
            self.assertIn("ハングル", candidate["warnings"][0])

    def test_bad_lists(self):
        for text, message, where in [("コード,読み\n8140,x\n", "no gaiji code", r"l\.csv:2:1"), ("コード\nF040\nF040\n", "same gaiji", r"l\.csv:3:1"),
                                     ("コード,J+\nF040,5.00E+02\n", "no such number", r"l\.csv:2:2"), ("読み\nx\n", "no column", "l.csv")]:
            self.write("l.csv", text)
            self.check_message(self.hyojun("gaiji", "scan", "a.csv", "--encoding", "cp932", "--list", "l.csv"), 3, message, where)
        self.write("l.csv", "外字コード\nF040\n")
        self.check_message(self.hyojun("gaiji", "scan", "--list", "l.csv"), 2, "encoding must be given")

    def test_every_bad_row_of_a_list_is_told_at_once(self):
        self.write("l.csv", "コード,読み,J+,謎\n8140,x,,\nF040,,5E9,\nF040,a,,\n,あ,,\n,,,\nF041,,4E00,\n")
        run = self.hyojun("gaiji", "scan", "a.csv", "--encoding", "cp932", "--list", "l.csv")
        for message, where in [("no gaiji code", r"2:1"), ("no such number", "3:3"), ("same gaiji", "4:1"), ("code is missing", "5:1")]:
            self.check_message(run, 3, message, r"l\.csv:" + where + "$", next_=False)
        self.assertEqual(run.err.count("where:"), 4)
        self.assertIn("column \"謎\" is not read", run.err)
        self.write("l.csv", "コード,読み\n" + "8140,x\n" * 30)
        run = self.hyojun("gaiji", "review", "a.csv", "--encoding", "cp932", "--system", "juki", "--list", "l.csv", "-o", "r.html")
        self.check_message(run, 3, "and 10 more", next_=False)
        self.assertEqual(self.names(), ["a.csv", "l.csv"])
        self.write("l.csv", "コード,読み,よみ\nF040,x,y\n")
        self.check_message(self.hyojun("gaiji", "scan", "a.csv", "--encoding", "cp932", "--list", "l.csv"), 3, "heading occurs twice", r"l\.csv:1:3", next_=False)

    def test_a_list_that_excel_has_saved_in_shift_jis(self):
        self.write("l.csv", f"外字コード,読み,備考\nF040,ワタナベ,髙い\nF041,,\n".encode("cp932"))
        self.check_message(self.hyojun("gaiji", "scan", "a.csv", "--encoding", "cp932", "--list", "l.csv"), 3, "not UTF-8", "l.csv", next_=False)
        run = self.hyojun("gaiji", "scan", "a.csv", "--encoding", "cp932", "--list", "l.csv", "--lang", "ja")
        self.assertIn("--list-encoding cp932", run.err)
        found = self.scan("--list", "l.csv", "--list-encoding", "cp932", "--json", code=0).json()
        self.assertEqual((found["gaiji"][0]["list"]["reading"], found["gaiji"][0]["list"]["note"]), ("ワタナベ", "髙い"))
        self.check_message(self.hyojun("gaiji", "scan", "a.csv", "--encoding", "cp932", "--list", "l.csv", "--list-encoding", "sjis99"), 2, "no such encoding")

    def test_an_unknown_number_is_told(self):
        self.write("l.csv", "外字コード,J+\nF040,FFFE\nF041,4E00\n")
        found = self.scan("--list", "l.csv", "--json", code=1).json()["gaiji"]
        self.assertEqual(found[0]["candidates"], [])
        self.assertIn("J+FFFE", found[0]["problems"][0])


if __name__ == "__main__":
    main()
