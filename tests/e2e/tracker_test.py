"""The reports of the tracker, on made-up sheets; the published figures where HYOJUN_PUBLISHED names their folder."""
import contextlib
import sqlite3

import sheets
from e2e import main, os, unittest
from tracker_case import DAY, Tracker


class Reports(Tracker):
    def setUp(self):
        super().setUp()
        self.take("rates.csv", sheets.csv(sheets.rates()))
        self.take("late.csv", sheets.csv(sheets.late()))

    def test_steps_are_refused_where_only_rates_are_known(self):
        for by in ("step", "item", "phase"):
            run = self.hyojun("status", "--by", by, "--as-of", DAY, code=2)
            self.assertIn("only rates", run.err)
        self.take("steps.csv", sheets.csv(sheets.steps()), "--as-of", DAY)
        self.assertEqual(len(self.report("status", "--by", "step", "--as-of", DAY)["rows"]), 40)

    def test_regions_are_facts(self):
        rows = [["code6", "name", "region", "人口"]] + [[m["code"], m["name"], "東" if i % 2 else "西", str(1000 + i)] for i, m in enumerate(sheets.MUNICIPALITIES)]
        self.take("bodies.csv", sheets.csv(rows), "--as-of", "2023-12-01")
        report = self.report("status", "--by", "region", "--as-of", DAY)
        self.assertEqual([(r["key"], r["of"]) for r in report["rows"]], [("西", 21 * 800), ("東", 20 * 800)])

    def test_groups_add_up(self):
        self.take("steps.csv", sheets.csv(sheets.steps()), "--as-of", DAY)
        whole = self.report("status", "--as-of", DAY)["overall"]
        for by in ("municipality", "business", "step", "item", "phase", "ministry", "region", "class", "prefecture"):
            report = self.report("status", "--by", by, "--as-of", DAY)
            self.assertEqual(report["overall"], whole, by)
            for key in ("finished", "of", "not_applicable", "in_progress", "not_started", "unreported"):
                self.assertEqual(sum(r[key] for r in report["rows"]), whole[key], (by, key))
        rows = sheets.steps()[1:]
        self.assertEqual(whole["not_applicable"], sum(r.count("対象外") for r in rows))
        self.assertEqual(whole["finished"], sum(r.count("対象外") + r.count("完了済み") for r in rows))

    def test_nothing_is_known_before_the_first_day(self):
        report = self.report("status", "--as-of", "2026-01-30")
        self.assertIsNone(report["mean_rate"])
        self.assertTrue(all(r["finished"] is None for r in report["rows"]))
        self.assertIsNone(self.report("status", "--as-of", DAY, "--known-at", "2020-01-01")["mean_rate"])

    def test_outlook_counts_absence_only_by_rule(self):
        plain = self.report("outlook", "--as-of", "2025-12-31")
        by_da = self.report("outlook", "--as-of", "2025-12-31", "--rule", "da")
        self.assertEqual(plain["counts"]["on_time"], 0)
        self.assertEqual(plain["counts"]["unreported"], by_da["counts"]["on_time"])
        self.assertEqual(sum(by_da["counts"].values()), 41)
        self.assertEqual(by_da["expected"]["count"], len(by_da["expected"]["names"]))
        flags = [row[3:] for row in sheets.late()[3:]]
        self.assertEqual(by_da["late_systems"], sum(row.count("●") for row in flags))

    def test_a_judgement_decides_only_under_its_rule(self):
        self.take("own.csv", sheets.csv([["団体コード", "県の見立て", "理由", "報告者"], ["282014", "期限内移行見込み", "訪問で確認", "県 市町振興課"]]),
                  "--as-of", "2025-12-31")
        def of(*rule):
            return next(m for m in self.report("outlook", "--as-of", "2025-12-31", *rule)["municipalities"] if m["code"] == "282014")
        self.assertNotEqual(of()["outlook"], "on_time")
        self.assertIn("訪問で確認", of()["judgement"])
        self.assertEqual(of("--rule", "prefecture")["outlook"], "on_time")

    def test_both_views_are_shown_under_the_rule_of_the_prefecture(self):
        self.take("own.csv", sheets.csv([["団体コード", "県の見立て"], ["282014", "移行完了"]]), "--as-of", "2025-12-31", "--actor", "県の担当")
        entry = next(m for m in self.report("outlook", "--as-of", "2025-12-31", "--rule", "prefecture")["municipalities"] if m["code"] == "282014")
        self.assertEqual(entry["outlook"], "completed")
        self.assertNotEqual(entry["outlook_by_rule"], "completed")
        self.assertIn("県の担当", entry["judgement"])
        self.assertIn("規則による区分", self.hyojun("outlook", "--as-of", "2025-12-31", "--rule", "prefecture", "--lang", "ja", "--format", "markdown").out)

    def test_completed_by_go_live_of_some_and_all_steps_of_others(self):
        rows = sheets.steps()
        for row in rows[1:]:
            if row[1] == "姫路市":
                row[3:] = ["完了済み"] * 40 if row[2] != "住民記録" else ["作業中"] * 40
        self.take("steps.csv", sheets.csv(rows), "--as-of", "2026-01-31")
        def of():
            return next(m for m in self.report("outlook", "--as-of", "2026-02-28")["municipalities"] if m["code"] == "282014")["outlook"]
        self.assertNotEqual(of(), "completed")
        self.take("live.csv", sheets.csv([["団体コード", "業務", "運用開始の実績日"], ["282014", "住民記録", "2026-02-28"]]), "--as-of", "2026-02-28")
        self.assertEqual(of(), "completed")

    def test_absence_from_the_list_is_shown_as_basis(self):
        self.take("f.csv", sheets.csv([["団体コード", "期限内移行の見込み"]] + [[m["code"], "はい"] for m in sheets.MUNICIPALITIES]), "--as-of", "2025-12-31")
        for entry in self.report("outlook", "--as-of", "2025-12-31")["municipalities"]:
            self.assertEqual("特定移行支援の該当なし" in entry["basis"], entry["late_systems"] == 0, entry)
            self.assertEqual(entry["outlook"], "late" if entry["late_systems"] else "on_time")

    def test_overdue_after_the_deadline(self):
        before = self.report("outlook", "--as-of", "2026-03-31")["counts"]
        after = self.report("outlook", "--as-of", "2026-04-01")["counts"]
        self.assertEqual(before["overdue"], 0)
        self.assertGreater(after["overdue"], 0)

    def test_reconcile_is_what_the_sheets_say(self):
        found = self.report("reconcile", "--as-of", DAY)
        flagged = {(row[0], b["key"]) for row in sheets.late()[3:] for b, mark in zip(sheets.DA, row[3:]) if mark}
        codes = {m["name"]: m["code"] for m in sheets.MUNICIPALITIES}
        counts = dict.fromkeys(found["counts"], 0)
        for row in sheets.rates()[2:]:
            for business, rate in zip(sheets.MIC, row[3:]):
                is_late = (codes[row[1]], business["key"]) in flagged
                if is_late:
                    counts["complete_and_late" if rate == 1 else "near_and_late" if rate >= 0.8 else "behind_and_late"] += 1
                elif rate < 0.8:
                    counts["behind_and_not_late"] += 1
        self.assertEqual(found["counts"], counts)
        self.assertEqual(len(found["cells"]), sum(counts.values()))

    def test_changes_between_two_surveys(self):
        self.take("next.csv", sheets.csv(sheets.rates(2, "令和8年2月末時点 進捗状況")))
        found = self.report("changes", "--from", DAY, "--as-of", "2026-02-28", code=1)
        before, after = sheets.rates(1)[2:], sheets.rates(2)[2:]
        pairs = [(a, b) for x, y in zip(before, after) for a, b in zip(x[3:], y[3:])]
        self.assertEqual(found["counts"]["newly_finished"], sum(a < 1 and b == 1 for a, b in pairs))
        self.assertEqual(found["counts"]["regression"], sum(b < a for a, b in pairs))

    def test_slips_are_counted_in_days(self):
        for day, golive in (("2026-01-31", "2026-03-01"), ("2026-02-28", "2026-04-10")):
            self.take("g.csv", sheets.csv([["団体コード", "業務", "運用開始の見込日"], ["282014", "住民記録", golive]]), "--as-of", day)
        found = self.report("changes", "--from", DAY, "--as-of", "2026-02-28", code=1)
        self.assertEqual((found["counts"]["slipped"], found["counts"]["crossed_deadline"]), (1, 1))
        self.assertEqual(next(c for c in found["changes"] if c["kind"] == "slipped")["days"], 40)

    def test_a_theme_on_one_page(self):
        self.take("steps.csv", sheets.csv(sheets.steps()), "--as-of", DAY)
        self.take("g.csv", sheets.csv([["団体コード", "業務", "外字総数", "同定済", "住民通知の要否"], ["282014", "住民記録", "1,234", "1200", "要"]]), "--as-of", DAY)
        self.take("n.csv", sheets.csv([["団体コード", "覚書番号", "主題", "内容", "状態"], ["282014", "n1", "文字同定", "様式を照会", "継続"],
                                       ["282022", "n2", "文字同定", "済んだこと", "完了"], ["282022", "n3", "連携", "別の主題", "継続"]]), "--as-of", DAY)
        before = self.report("status", "--as-of", DAY)["overall"]
        page = self.report("status", "--theme", "文字同定", "--as-of", DAY)
        row = next(r for r in page["rows"] if (r["code"], r["business"]) == ("282014", "juki"))
        self.assertEqual((row["gaiji_total"], row["gaiji_identified"], row["notify_residents"]), (1234, 1200, True))
        self.assertIn(row["step32"], sheets.STATUSES)
        self.assertEqual([n["key"] for n in page["notes"]], ["n1"])
        self.assertEqual(self.report("status", "--as-of", DAY)["overall"], before)

    def test_identify_records_counts_only(self):
        self.write("秘密の名簿.csv", "氏名\n張三\n张三\n")
        self.hyojun("identify", "秘密の名簿.csv", "--record", "282014", code=2)
        before = self.report("status", "--as-of", DAY)["overall"]
        self.hyojun("identify", "秘密の名簿.csv", "--record", "282014", "--business", "住民記録", code=1)
        rows = [r for r in self.report("history", "282014")["rows"] if r["subject"] == "同定実行の記録"]
        self.assertEqual(len(rows), 1)
        self.assertIn("標準外文字 1", rows[0]["value"])
        raw = self.read("hyojun.db")
        for secret in ("秘密の名簿", "张", "張三"):
            self.assertNotIn(secret.encode(), raw)
        self.assertEqual(self.report("status", "--as-of", DAY)["overall"], before)
        page = self.hyojun("status", "--theme", "文字同定", "--json", code=0).json()
        self.assertTrue(any(r["identify_digest"] for r in page["rows"]))

    def test_stale(self):
        self.assertEqual(self.report("stale", "--as-of", "2026-02-10", "--days", "30", code=0)["rows"], [])
        self.assertEqual(len(self.report("stale", "--as-of", "2026-06-30", "--days", "90", code=1)["rows"]), 41)

    def test_formats(self):
        for arguments in (["status"], ["outlook"], ["reconcile"], ["stale", "--days", "0"]):
            arguments += ["--as-of", "2026-03-31"]
            for form in ("table", "csv", "json", "markdown", "minutes"):
                self.assertTrue(self.hyojun(*arguments, "--format", form).out, (arguments, form))
            self.hyojun(*arguments, "-o", arguments[0] + ".xlsx")
            self.assertTrue(self.read(arguments[0] + ".xlsx").startswith(b"PK"))
        self.hyojun("status", "--as-of", DAY, "-o", "s.csv", code=0)
        self.assertTrue(self.read("s.csv").startswith(b"\xEF\xBB\xBF"))
        self.assertIn(b"\r\n", self.read("s.csv"))
        self.assertFalse(self.hyojun("status", "--as-of", DAY, "--format", "csv").out_bytes.startswith(b"\xEF\xBB\xBF"))

    def test_no_japanese_output_calls_a_late_system_delayed(self):
        for arguments in (["outlook"], ["outlook", "--format", "minutes"], ["reconcile"], ["status"], ["history", "282014"]):
            self.assertNotIn("遅延", self.hyojun(*arguments, "--as-of", "2026-03-31", "--lang", "ja").out)


class Template(Tracker):
    KINDS = ("steps", "rates", "late", "golive", "attributes", "gaiji", "forecast", "judgement", "bodies", "notes")

    def test_what_is_written_can_be_imported(self):
        self.take("steps.csv", sheets.csv(sheets.steps()), "--as-of", DAY)
        self.take("late.csv", sheets.csv(sheets.late()))
        for suffix in ("xlsx", "csv"):
            self.hyojun("template", "steps", "--municipality", "282014", "--as-of", "2026-02-28", "-o", "t." + suffix, code=0)
            done = self.hyojun("import", "t." + suffix, "--json", code=0).json()["files"][0]["imports"][0]
            self.assertEqual((done["as_of"], done["cells"], done["changed"]), ("2026-02-28", 800, 0))

    def test_one_for_each_municipality(self):
        os.mkdir(self.path("out"))
        self.hyojun("template", "golive", "--each", "out", code=0)
        self.assertEqual(len(os.listdir(self.path("out"))), 41)
        self.assertIn("golive_282014_姫路市.xlsx", os.listdir(self.path("out")))
        self.hyojun("template", "golive", "--each", "out", code=2)
        self.hyojun("template", "golive", "--each", "out", "--force", code=0)

    def test_every_kind(self):
        for kind in self.KINDS:
            self.hyojun("template", kind, "-o", kind + ".xlsx", code=0)
            self.hyojun("template", kind, "-o", kind + ".csv", code=0)
            self.assertTrue(self.read(kind + ".csv").startswith(b"\xEF\xBB\xBF"))
        self.hyojun("template", "nothing", "-o", "x.xlsx", code=2)


@unittest.skipUnless(os.environ.get("HYOJUN_PUBLISHED"), "HYOJUN_PUBLISHED names no folder")
class Published(Tracker):
    def published(self, name):
        return os.path.join(os.environ["HYOJUN_PUBLISHED"], name)

    def cells(self):
        """Every municipality and business as the rates say it, by another program: the view of the database."""
        with contextlib.closing(sqlite3.connect(self.path("hyojun.db"))) as connection:
            rows = connection.execute('SELECT "団体名", "業務", "完了手順数(40のうち)" FROM "完了手順数の記録"').fetchall()
        return [{"name": name, "business": business, "finished": finished} for name, business, finished in rows]

    def test_the_figures(self):
        self.hyojun("import", self.published("mic_2026-01_rates_hyogo.xlsx"), self.published("da_2025-12_late_hyogo.xlsx"), code=0)
        for _ in range(2):
            status = self.report("status", "--as-of", DAY)
            self.assertEqual(status["mean_rate"], 75.06)
            self.assertEqual({r["name"]: r["rate"] for r in status["rows"] if r["rate"] < 50}, {"豊岡市": 32.0, "市川町": 44.25, "淡路市": 48.38})
            self.assertEqual(next(r["rate"] for r in status["rows"] if r["name"] == "姫路市"), 74.38)
            self.hyojun("import", self.published("mic_2026-01_steps_hyogo_synthetic.xlsx"), "--as-of", DAY, code=0)
        cells = [business["finished"] for business in self.cells()]
        self.assertEqual((len(cells), cells.count(40)), (820, 169))
        outlook = self.report("outlook", "--rule", "da", "--as-of", "2025-12-31")
        self.assertEqual((outlook["counts"]["late"], outlook["late_systems"], outlook["counts"]["on_time"]), (33, 341, 8))
        self.assertEqual(outlook["expected"]["names"], ["芦屋市", "三木市", "小野市", "宍粟市", "猪名川町", "神河町", "太子町", "佐用町"])
        self.assertEqual(outlook["prefecture_itself"]["late_systems"], 1)
        self.assertEqual(self.report("outlook", "--as-of", "2025-12-31")["counts"]["on_time"], 0)
        self.assertEqual(self.report("reconcile", "--as-of", DAY)["counts"],
                         {"complete_and_late": 0, "near_and_late": 28, "behind_and_late": 295, "behind_and_not_late": 173})


if __name__ == "__main__":
    main()
