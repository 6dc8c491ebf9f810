"""Slices out and back: what they hold, what a merge takes over, what it only tells."""
import contextlib
import gzip
import shutil
import sqlite3

import sheets
from e2e import main, os
from tracker_case import DAY, Tracker

HIMEJI = "282014"


class Slices(Tracker):
    def say(self, rows, *arguments, db="hyojun.db", day=DAY):
        self.write("in.csv", sheets.csv(rows))
        done = self.hyojun("import", "in.csv", "--as-of", day, "--db", db, "--json", *arguments, code=0).json()
        return done["files"][0]["imports"][0]["id"]

    def golive(self, day, code=HIMEJI):
        return [["団体コード", "業務", "運用開始の計画日"], [code, "住民記録", day]]

    def note(self, text, key="n1"):
        return [["団体コード", "覚書番号", "主題", "内容"], [HIMEJI, key, "文字同定", text]]

    def slice(self, *arguments):
        self.hyojun("export", "--municipality", HIMEJI, "-o", "slice.db", *arguments, code=0)

    def merge(self, code=0, slice="slice.db", *arguments):
        return self.hyojun("merge", slice, "--json", *arguments, code=code).json()

    def history(self, db="hyojun.db", code=HIMEJI):
        return self.hyojun("history", code, "--db", db, "--as-of", "2026-12-31", "--json", code=0).json()["rows"]

    def standing(self, db="hyojun.db"):
        return [row["value"] for row in self.history(db) if row["withdrawn_by"] is None]

    def test_a_slice_holds_nothing_else(self):
        everyone = [[m["code"], "西" if i % 2 else "東", str(1000 + i), f"理由{i}"] for i, m in enumerate(sheets.MUNICIPALITIES)]
        self.say([["団体コード", "地域", "人口", "理由"]] + everyone)
        self.say([["団体コード", "県の見立て", "理由", "報告者"], [HIMEJI, "期限超過", "県だけの見立て", "県の担当"]])
        self.say(self.note("県だけの覚書"))
        self.write("late.csv", sheets.csv(sheets.late()))
        self.hyojun("import", "late.csv", code=0)
        self.slice()
        raw = self.read("slice.db")
        for kept_back in ("県だけの見立て", "県だけの覚書", "県の担当"):
            self.assertNotIn(kept_back.encode(), raw)
        with contextlib.closing(sqlite3.connect(self.path("slice.db"))) as connection:
            for table in ("survey_line", "fact", "note", "coverage"):
                bodies = connection.execute(f"SELECT DISTINCT body FROM {table}").fetchall()
                self.assertIn(bodies, ([(HIMEJI,)], []), table)
            self.assertEqual(connection.execute("SELECT DISTINCT kind FROM fact ORDER BY 1").fetchall(), [("population",), ("region",)])
            others = [f"理由{i}" for i, m in enumerate(sheets.MUNICIPALITIES) if m["code"] != HIMEJI]
            self.assertEqual([o for o in others if connection.execute("SELECT 1 FROM fact WHERE reason = ?", (o,)).fetchone()], [])
        self.hyojun("db", "check", "--db", "slice.db", code=0)

    def test_notes_are_listed_before_they_go_out(self):
        self.say(self.note("出してよい覚書"))
        run = self.hyojun("export", "--municipality", HIMEJI, "-o", "slice.db", "--include", "notes", "--dry-run", code=0)
        self.assertIn("n1 文字同定", run.err)
        self.assertNotIn("slice.db", self.names())
        self.slice("--include", "notes")
        self.assertIn("出してよい覚書".encode(), self.read("slice.db"))

    def test_a_withdrawal_over_there_is_taken_over(self):
        number = self.say(self.golive("2026-03-01"))
        self.slice()
        self.hyojun("undo", "1", "--reason", "誤り", "--db", "slice.db", code=0)
        dry = self.merge(0, "slice.db", "--dry-run")
        self.assertEqual((dry["merged"], dry["withdrawn"], dry["withdrawals"]), (0, 1, 0))
        self.assertEqual(self.standing(), ["2026-03-01"])
        self.assertEqual(self.merge()["withdrawn"], 1)
        self.assertEqual(self.standing(), [])
        imports = self.hyojun("history", "--json", code=0).json()["imports"]
        self.assertEqual((imports[-1]["withdraws"], imports[-1]["reason"]), (number, "誤り"))
        self.assertEqual(self.merge()["withdrawn"], 0)
        self.hyojun("undo", "2", "--db", "slice.db", code=0)
        self.assertEqual(self.merge()["withdrawn"], 1)
        self.assertEqual(self.standing(), ["2026-03-01"])
        self.hyojun("db", "check", code=0)

    def test_a_withdrawal_that_would_touch_others_is_only_told(self):
        self.write("rates.csv", sheets.csv(sheets.rates()))
        self.hyojun("import", "rates.csv", code=0)
        self.slice()
        self.hyojun("undo", "1", "--db", "slice.db", code=0)
        told = self.merge()
        self.assertEqual((told["withdrawn"], told["withdrawals"]), (0, 1))
        self.assertEqual(len(self.standing()), 1)

    def test_what_came_and_went_over_there_never_comes(self):
        self.slice()
        self.say(self.golive("2026-03-01"), db="slice.db")
        self.hyojun("undo", "1", "--db", "slice.db", code=0)
        done = self.merge()
        self.assertEqual((done["merged"], done["withdrawn"], done["withdrawals"]), (0, 0, 0))

    def test_notes_are_not_overwritten(self):
        self.say(self.note("こちらの覚書"))
        self.slice()
        self.say(self.note("相手の覚書"), db="slice.db")
        self.say(self.note("別の覚書", "n2"), db="slice.db")
        found = self.merge(1)["conflicts"]
        self.assertEqual([(c["subject"], c["ours"], c["theirs"]) for c in found], [("覚書 n1", "こちらの覚書", "相手の覚書")])
        texts = [row["value"] for row in self.history()]
        self.assertIn("別の覚書", texts)
        self.assertNotIn("相手の覚書", texts)

    def test_a_conflict_is_told_until_it_is_settled(self):
        self.slice()
        self.say(self.golive("2026-03-01"))
        self.say(self.golive("2026-05-05"), db="slice.db")
        for _ in range(2):
            self.assertEqual(len(self.merge(1)["conflicts"]), 1)
        self.assertEqual(self.standing(), ["2026-03-01"])

    def test_officers_of_a_prefecture_exchange_whole_databases(self):
        self.say(self.golive("2026-03-01"))
        shutil.copyfile(self.path("hyojun.db"), self.path("colleague.db"))
        self.say([["団体コード", "県の見立て", "理由", "報告者"], [HIMEJI, "期限超過", "訪問", "同僚"]], db="colleague.db")
        self.say(self.golive("2026-04-01", "281000"), db="colleague.db")
        self.hyojun("undo", "1", "--db", "colleague.db", code=0)
        done = self.merge(0, "colleague.db")
        self.assertEqual((done["merged"], done["withdrawn"], done["known"]), (2, 1, 0))
        found = self.hyojun("outlook", "--as-of", DAY, "--rule", "prefecture", "--json", code=0).json()["municipalities"]
        self.assertEqual(next(m["outlook"] for m in found if m["code"] == HIMEJI), "overdue")

    def test_a_municipality_has_no_say_in_the_judgement(self):
        self.slice()
        self.say([["団体コード", "県の見立て", "理由", "報告者"], [HIMEJI, "移行完了", "自称", "市"]], db="slice.db")
        self.assertEqual(self.merge()["merged"], 0)
        self.assertEqual(self.standing(), [])

    def test_a_slice_of_the_first_schema_is_read_and_left_alone(self):
        with gzip.open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "stores", "schema1.db.gz")) as file:
            stored = file.read()
        self.write("old.db", stored)
        self.assertEqual(self.merge(0, "old.db")["merged"], 3)
        self.assertEqual(self.read("old.db"), stored)


class Exchange(Tracker):
    def test_out_and_back(self):
        self.take("rates.csv", sheets.csv(sheets.rates()))
        self.take("note.csv", sheets.csv([["団体コード", "主題", "内容"], ["282014", "文字同定", "県だけの覚書"]]), "--as-of", DAY)
        self.take("j.csv", sheets.csv([["団体コード", "県の見立て"], ["282014", "期限超過"]]), "--as-of", DAY)
        self.hyojun("export", "--municipality", "282014", "-o", "slice.db", code=0)
        raw = self.read("slice.db")
        self.assertNotIn("県だけの覚書".encode(), raw)
        history = self.hyojun("history", "282014", "--db", "slice.db", "--json", code=0).json()["rows"]
        self.assertEqual([r["subject"] for r in history], ["完了手順数"])
        self.assertEqual(self.hyojun("history", "281000", "--db", "slice.db", "--json", code=0).json()["rows"], [])
        self.write("g.csv", sheets.csv([["団体コード", "業務", "運用開始の計画日"], ["282014", "住民記録", "2026-03-01"]]))
        self.hyojun("import", "g.csv", "--as-of", DAY, "--db", "slice.db", code=0)
        merged = self.hyojun("merge", "slice.db", "--json", code=0).json()
        self.assertEqual((merged["merged"], merged["known"], merged["conflicts"]), (1, 1, []))
        self.assertIn("運用開始の計画日", [r["subject"] for r in self.report("history", "282014")["rows"]])
        self.assertEqual(self.hyojun("merge", "slice.db", "--json", code=0).json()["merged"], 0)

    def test_conflicts_are_told_and_nothing_is_overwritten(self):
        sheet = [["団体コード", "業務", "運用開始の計画日"], ["282014", "住民記録", "2026-03-01"]]
        self.hyojun("export", "--municipality", "282014", "-o", "slice.db", code=0)
        self.take("ours.csv", sheets.csv(sheet), "--as-of", DAY)
        sheet[1][2] = "2026-05-05"
        self.write("theirs.csv", sheets.csv(sheet))
        self.hyojun("import", "theirs.csv", "--as-of", DAY, "--db", "slice.db", code=0)
        merged = self.hyojun("merge", "slice.db", "--json", code=1).json()
        self.assertEqual([(c["ours"], c["theirs"]) for c in merged["conflicts"]], [("2026-03-01", "2026-05-05")])
        self.assertNotIn("2026-05-05", [r["value"] for r in self.report("history", "282014")["rows"]])

    def test_undo_and_its_undoing(self):
        self.take("rates.csv", sheets.csv(sheets.rates()))
        before = self.report("status", "--as-of", DAY)["rows"]
        self.hyojun("undo", "1", code=0)
        self.assertIsNone(self.report("status", "--as-of", DAY)["mean_rate"])
        self.hyojun("undo", "1", code=2)
        self.hyojun("undo", "2", code=0)
        self.assertEqual(self.report("status", "--as-of", DAY)["rows"], before)
        self.hyojun("db", "check", code=0)


if __name__ == "__main__":
    main()
