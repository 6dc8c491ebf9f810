"""The review page in a real browser: load, choose, save, load again; offline, under its own policy, printed.

HYOJUN_SCREENSHOTS=FOLDER keeps pictures of the page for people. Skipped, saying so, where no Chromium is installed.
"""
import csv
import io
import time

import browser
import stroke_font
from e2e import Case, SANITIZED, data_rows, main, os, re, unittest

MJ = [row["name"] for row in data_rows("mj.tsv") if row["implemented"]][:40]
TEXT = {row["name"]: chr(int(row["implemented"][2:], 16)) for row in data_rows("mj.tsv") if row["name"] in MJ}
# Characters whose J+ number is their code point: nothing has to be warned of.
NUMBERS = {row["name"]: row["juki"] for row in data_rows("mj.tsv") if row["name"] in MJ and row["juki"] and row["implemented"] == "U+" + row["juki"][2:]}
AGREED = [i for i, name in enumerate(MJ) if name in NUMBERS][:2]
CODES = [f"0xF04{i}" for i in range(8)]


class Made(Case):
    """Six gaiji drawn like six of forty reference characters, the other two like none."""

    def setUp(self):
        super().setUp()
        self.write("reference.ttf", stroke_font.font([(0, name.lower(), stroke_font.strokes(i)) for i, name in enumerate(MJ)], "Reference"))
        gaiji = [(0xE000 + i, f"g{i}", stroke_font.moved(stroke_font.strokes(i if i < 6 else 900 + i), 6, -5)) for i in range(8)]
        self.write("gaiji.ttf", stroke_font.font(gaiji, "Gaiji"))
        self.write("a.csv", b"name\n" + b"".join(b"\xF0" + bytes([0x40 + i]) + b"\n" for i in (0, 0, 1, 2)))
        self.env = {"HYOJUN_CACHE": self.path("cache")}

    def review(self, *options, output="review.html", code=0, files=("a.csv",)):
        return self.hyojun("gaiji", "review", *files, "--encoding", "cp932", "--system", "juki", "--font", "gaiji.ttf", "--reference", "reference.ttf",
                           "-o", output, *options, code=code, env=self.env)


class Page(Made):
    def test_one_file_without_an_outside_address(self):
        self.review()
        html = self.read("review.html").decode()
        self.assertEqual(re.findall(r"(?:src|href)=", html), [])
        self.assertEqual(set(re.findall(r"https?://[^\s'\"]+", html)), {"http://www.w3.org/2000/svg"})
        self.assertEqual(html.count("<script"), 2)  # the data, and the one script
        self.assertRegex(html, r"default-src 'none'; script-src 'sha256-[A-Za-z0-9+/]{43}='")
        self.assertNotIn("localStorage", html)
        self.assertIn("追加文字（GJ）は未検索", html)

    def test_a_list_cannot_write_into_the_page(self):
        self.write("l.csv", 'コード,読み,備考\nF040,"</script><script>alert(1)</script>","<img src=x onerror=alert(1)>"\n')
        self.review("--list", "l.csv")
        html = self.read("review.html").decode()
        self.assertEqual(html.count("<script"), 2)
        self.assertNotIn("<img", html)

    def test_criteria_are_loaded(self):
        self.write("c.csv", "番号,名称,出典,版\n1-2,接触の有無,包摂ガイドライン,2024-05\n")
        self.review("--criteria", "c.csv")
        self.assertIn('[["1-2","接触の有無（包摂ガイドライン 2024-05）"]]', self.read("review.html").decode())
        self.write("c.csv", "番号\n1\n1\n")
        self.check_message(self.review("--criteria", "c.csv", "--force", code=3), 3, "stands twice", r"c\.csv:3:1")

    def test_parts_are_disjoint_and_whole(self):
        found = []
        for part in (1, 2, 3):
            self.review("--part", f"{part}/3", output=f"{part}.html")
            found += re.findall(r'"code":"(0xF0[0-9A-F]{2})","codes"', self.read(f"{part}.html").decode())
        self.assertEqual(sorted(found), CODES)

    def test_wrong_calls(self):
        for options, message in [(["--part", "3/2"], "--part"), (["--part", "x"], "--part"), (["--top", "10"], "--top")]:
            self.check_message(self.review(*options, code=2), 2, message)
        self.write("broken.ttf", b"\0\1\0\0 no font")
        run = self.hyojun("gaiji", "review", "--encoding", "cp932", "--system", "juki", "--font", "broken.ttf", "-o", "r.html", code=3, env=self.env)
        self.check_message(run, 3, "font|フォント", "broken.ttf")
        self.assertNotIn("r.html", self.names())


@unittest.skipIf(SANITIZED, "the page is tried in a browser with the release build: it is the same page")
@unittest.skipUnless(browser.PROGRAM, "no Chromium is installed: the page was not tried in a browser (Debian: apt-get install chromium)")
class InBrowser(Made):
    def setUp(self):
        super().setUp()
        self.browser = browser.Browser()
        self.addCleanup(self.browser.close)
        self.browser.download_to(self.folder)

    def open(self, *options):
        self.review(*options)
        self.browser.open(self.path("review.html"))

    def saved(self, name="decisions.csv"):
        self.browser.run("document.getElementById('save').click()")
        for _ in range(200):
            # The browser makes the file first and fills it then.
            if name in self.names() and self.read(name).endswith(b"\n"):
                break
            time.sleep(0.05)
        text = self.read(name).decode("utf-8")
        self.assertTrue(text.startswith("\ufeff"))
        return list(csv.DictReader(io.StringIO(text[1:], newline="")))

    def progress(self):
        return self.browser.run("document.getElementById('progress-text').textContent")

    def keep_picture(self, name):
        folder = os.environ.get("HYOJUN_SCREENSHOTS")
        if folder:
            with open(os.path.join(folder, name + ".png"), "wb") as file:
                file.write(self.browser.screenshot())
            with open(os.path.join(folder, name + ".pdf"), "wb") as file:
                file.write(self.browser.pdf())

    def test_load_choose_save_load_again_record(self):
        self.open()
        self.assertIn("8 字のうち 決めたもの 0", self.progress())
        self.browser.run("document.getElementById('person').value = '山田'")
        self.browser.press("1", "Enter", "2", "Enter", "s", "Enter", "0", "Enter", "x")
        self.assertIn("決めたもの 4、要判断 1、未決 3（未保存）", self.progress())
        self.keep_picture("chosen")
        rows = {row["外字コード"]: row for row in self.saved()}
        self.assertEqual(list(rows), CODES)
        self.assertNotIn("未保存", self.progress())
        first = rows["0xF040"]
        self.assertEqual((first["文字図形名"], first["文字"], first["区分"], first["状態"], first["決定者"]), (MJ[0], TEXT[MJ[0]], "同一字形", "", "山田"))
        self.assertEqual((first["件数"], first["追加文字"]), ("2", "未検索"))
        self.assertRegex(first["字形の要約値"], "^[0-9a-f]{64}$")
        self.assertEqual((rows["0xF042"]["区分"], rows["0xF042"]["状態"], rows["0xF042"]["決定者"]), ("類似", "案", ""))
        self.assertEqual([rows[code]["区分"] for code in CODES[3:6]], ["該当なし", "文字でない", ""])
        # The file that decide reads, and the page again.
        self.hyojun("init", code=0)
        out = self.hyojun("gaiji", "decide", "decisions.csv", "--json", code=0).json()
        self.assertEqual((out["recorded"], out["open"]), (5, 3))
        self.browser.open(self.path("review.html"))
        self.assertIn("決めたもの 0", self.progress())  # the browser has kept nothing
        self.browser.choose_file("#file", self.path("decisions.csv"))
        for _ in range(100):
            if "決めたもの 4" in self.progress():
                break
            time.sleep(0.05)
        self.assertIn("決めたもの 4、要判断 1、未決 3", self.progress())
        os.rename(self.path("decisions.csv"), self.path("before.csv"))
        self.assertEqual({row["外字コード"]: row for row in self.saved()}, rows)
        self.assertEqual(self.browser.complaints(), [])

    def test_what_is_recorded_is_where_the_page_begins(self):
        self.write("d.csv", f"code,target,category,decided_by\n0xF040,{MJ[3]},similar,山田\n")
        self.hyojun("init", code=0)
        self.hyojun("gaiji", "decide", "d.csv", "--system", "juki", "--encoding", "cp932", code=0)
        self.open("--db", "hyojun.db")
        self.assertIn("決めたもの 1", self.progress())
        self.assertEqual(self.browser.run("document.getElementById('field-target').value"), MJ[3])
        rows = self.saved()
        self.assertEqual((rows[0]["決定者"], rows[0]["文字図形名"]), ("山田", MJ[3]))

    def test_a_damaged_file_is_refused_whole(self):
        self.open()
        self.write("bad.csv", f"\ufeff外字コード,文字図形名,文字,区分\r\n0xF041,{MJ[1]},{TEXT[MJ[1]]},同一字形\r\n0xF040,{MJ[0]},?,同一字形\r\n")
        self.browser.choose_file("#file", self.path("bad.csv"))
        for _ in range(100):
            if self.browser.run("!document.getElementById('notice').hidden"):
                break
            time.sleep(0.05)
        self.assertIn("Shift_JIS", self.browser.run("document.getElementById('notice').textContent"))
        self.assertIn("決めたもの 0", self.progress())

    def test_numbers_that_agree_are_confirmed_in_one_signed_act(self):
        rows = [NUMBERS.get(name, "") for name in (MJ[AGREED[0]], MJ[AGREED[1]], MJ[AGREED[0]])]
        gaiji = [(0xE000 + i, f"g{i}", stroke_font.strokes(shape)) for i, shape in enumerate((*AGREED, 39))]
        self.write("gaiji.ttf", stroke_font.font(gaiji))
        self.write("l.csv", "コード,J+\n" + "".join(f"F04{i},{number}\n" for i, number in enumerate(rows)))
        self.open("--list", "l.csv")
        self.assertEqual(self.browser.run("document.getElementById('bulk').textContent"), "番号と字形の合う 2 字をまとめて決める")
        self.browser.run("window.confirm = (text) => { window.asked = text; return true; }; document.getElementById('bulk').click()")
        self.assertIn("決定者の名前", self.browser.run("document.getElementById('notice').textContent"))
        self.assertIn("決めたもの 0", self.progress())
        self.browser.run("document.getElementById('person').value = '山田'; document.getElementById('bulk').click()")
        self.assertIn("2 字を、山田 の決定として「同一字形」", self.browser.run("window.asked"))
        self.assertIn("決めたもの 2、要判断 0、未決 1（未保存）", self.progress())
        self.assertTrue(self.browser.run("document.getElementById('bulk').hidden"))
        self.assertEqual([(r["文字図形名"], r["決定者"]) for r in self.saved()], [(MJ[AGREED[0]], "山田"), (MJ[AGREED[1]], "山田"), ("", "")])
        self.browser.run("document.getElementById('filter').value = 'warned'; document.getElementById('filter').dispatchEvent(new Event('change'))")
        self.assertEqual(self.browser.run("document.querySelectorAll('#list li').length"), 1)

    def test_answers_that_a_loaded_file_changes_are_told(self):
        self.open()
        self.browser.press("1", "ArrowDown", "2")
        before = self.saved()
        self.browser.press("0")
        self.write("other.csv", f"\ufeff外字コード,文字図形名,文字,区分\r\n0xF040,{MJ[7]},,類似\r\n0xF045,,,該当なし\r\n")
        self.browser.choose_file("#file", self.path("other.csv"))
        for _ in range(100):
            if self.browser.run("!document.getElementById('notice').hidden"):
                break
            time.sleep(0.05)
        self.assertIn("答えが変わった外字 1 字: 0xF040", self.browser.run("document.getElementById('notice').textContent"))
        self.assertIn("（未保存）", self.progress(), "the answer of F041 is in no file yet")
        self.assertEqual(before[0]["文字図形名"], MJ[0])

    def test_unsaved_answers_are_not_lost_in_silence(self):
        self.open()
        self.browser.press("1")
        self.browser.call("Input.dispatchMouseEvent", type="mousePressed", x=5, y=5, button="left", clickCount=1)  # a page nobody touched may not ask
        self.browser.send("Page.reload")
        asked = self.browser.wait_for("Page.javascriptDialogOpening")
        self.assertEqual(asked and asked["type"], "beforeunload")
        self.browser.call("Page.handleJavaScriptDialog", accept=False)
        self.assertIn("未保存", self.progress())

    def test_both_shapes_on_each_other_keys_filter_and_print(self):
        self.open()
        self.assertEqual(self.browser.run("document.querySelectorAll('#work figure svg.large path').length"), 3)
        self.assertEqual(self.browser.run("[...document.querySelectorAll('.large .of-source, .large .of-target')].map((p) => getComputedStyle(p).fill).join()"),
                         "rgb(0, 114, 178),rgb(213, 94, 0)")
        self.browser.press("1", "ArrowDown", "0")
        self.browser.run("document.getElementById('filter').value = 'open'; document.getElementById('filter').dispatchEvent(new Event('change'))")
        self.assertEqual(self.browser.run("document.querySelectorAll('#list li').length"), 6)
        self.browser.press("ArrowDown")
        self.assertEqual(self.browser.run("document.querySelector('#list [aria-current=true] .code').firstChild.textContent"), "0xF042")
        self.browser.press("x")
        self.assertEqual(self.browser.run("document.querySelector('#list [aria-current=true] .mark').textContent"), "文字でない")
        self.browser.run("document.getElementById('filter').value = 'all'; document.getElementById('filter').dispatchEvent(new Event('change'))")
        # A key that is typed into a field is no command.
        self.browser.run("document.getElementById('field-comment').focus()")
        self.browser.press("1", "0")
        self.assertEqual(self.browser.run("document.getElementById('field-comment').value"), "10")
        self.assertEqual(self.browser.run("document.getElementById('field-category').value"), "not_character")
        pdf = self.browser.pdf()
        self.assertTrue(pdf.startswith(b"%PDF"))
        self.assertEqual(self.browser.run("document.querySelectorAll('#paper tbody tr').length"), 8)
        self.keep_picture("page")
        self.assertEqual(self.browser.complaints(), [])

    def test_the_policy_stops_any_other_script(self):
        self.review()
        html = self.read("review.html").replace(b"</body>", b"<script>document.title='changed'</script><img src='http://127.0.0.1:9/x'></body>")
        self.write("review2.html", html)
        self.browser.open(self.path("review2.html"))
        self.assertNotEqual(self.browser.run("document.title"), "changed")
        self.assertEqual(len([text for text in self.browser.complaints() if "Content Security Policy" in text]), 2)


if __name__ == "__main__":
    main()
