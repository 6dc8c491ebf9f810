"""Reports speak the language of the reader; files that others read are the same in both."""
import sheets
from e2e import Case, main

DAY = "2026-01-31"
REPORTS = (["status"], ["status", "--by", "step"], ["status", "--step", "32"], ["status", "--theme", "文字同定"], ["outlook"],
           ["outlook", "--rule", "da"], ["outlook", "--rule", "prefecture"], ["changes", "--from", "2025-12-31"], ["reconcile"],
           ["stale", "--days", "0"], ["history"], ["history", "282014"])
# Words of ours: official terms, names and the titles of sources stay Japanese in both.
OURS = ("根拠\n", "時点", "平均", "市区町村 ", "コード", "名称", "変化", "突合", "一覧にない", "期限:", "なし）", "報告なし", "取込の一覧", "団体 ")


class Language(Case):
    def setUp(self):
        super().setUp()
        self.hyojun("init", "--prefecture", "28", code=0)
        self.write("rates.csv", sheets.csv(sheets.rates()))
        self.write("late.csv", sheets.csv(sheets.late()))
        self.write("steps.csv", sheets.csv(sheets.steps()))
        self.write("own.csv", sheets.csv([["団体コード", "県の見立て", "理由", "報告者"], ["282014", "判断保留", "", "県"]]))
        self.hyojun("import", "rates.csv", "late.csv", code=0)
        self.hyojun("import", "steps.csv", "own.csv", "--as-of", DAY, code=0)

    def test_text_and_markdown_follow_the_language(self):
        for report in REPORTS:
            for form in ("table", "markdown"):
                english, japanese = (self.hyojun(*report, "--as-of", "2026-03-31", "--format", form, "--lang", lang).out for lang in ("en", "ja"))
                self.assertEqual([word for word in OURS if word in english], [], (report, english))
                self.assertTrue(any(word in japanese for word in OURS), report)
                self.assertGreater(len(english.splitlines()), 3, report)
                if report != ["history"]:
                    self.assertIn("Basis\n", english)
                    self.assertIn("根拠\n", japanese)

    def test_files_are_the_same_in_both(self):
        for report in REPORTS:
            for form in ("csv", "json"):
                english, japanese = (self.hyojun(*report, "--as-of", "2026-03-31", "--format", form, "--lang", lang).out for lang in ("en", "ja"))
                self.assertEqual(english, japanese, report)

    def test_denominators_are_part_of_the_basis(self):
        run = self.hyojun("outlook", "--as-of", "2025-12-31", code=0).out
        self.assertRegex(run, r"late systems: .*as of 2025-12-31 \(import 2, late\.csv\); 41 municipalities, 861 businesses")
        run = self.hyojun("status", "--as-of", DAY, "--lang", "ja", code=0).out
        self.assertRegex(run, r"手順ごとの状況: .*2026-01-31 時点（取込 3、steps\.csv）。うち 41 市区町村 820 業務")

    def test_names_are_not_cut(self):
        out = self.hyojun("status", "--as-of", DAY, "--lang", "ja", code=0).out
        for name in ("丹波篠山市", "南あわじ市", "新温泉町"):
            self.assertIn(name, out)


if __name__ == "__main__":
    main()
