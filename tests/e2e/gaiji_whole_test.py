"""From a font, a list and a CP932 file to converted UTF-8: the sequence of commands that README.md shows, run as it stands.

Data, list and fonts are made up here (stroke_font.py), free of any licence. Then what becomes of decisions afterwards: the signed sheet,
sharing them, looking at them again with another table.
"""
import csv
import html.parser
import io
import zipfile

import stroke_font
from e2e import Case, DATA, data_rows, json, main, os, re, subprocess, text_of
from e2e import BINARY, environment

ROWS = [row for row in data_rows("mj.tsv") if row["implemented"] and row["juki"]][100:140]
NAMES = [row["name"] for row in ROWS]
README = os.path.join(DATA, os.pardir, "README.md")


class PageData(html.parser.HTMLParser):
    """The data inside a review page."""

    def __init__(self, text):
        super().__init__()
        self.inside = False
        self.data = ""
        self.feed(text)
        self.value = json.loads(self.data)

    def handle_starttag(self, tag, attributes):
        self.inside = tag == "script" and ("type", "application/json") in attributes

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.data += data


def saved(page):
    """What the page saves when the first candidate is taken for each gaiji, and 該当なし where there is none or none fits well."""
    rows = []
    for gaiji in page["gaiji"]:
        cells = dict(gaiji["cells"])
        if gaiji["code"] == "0xF043":
            cells.update(category="該当なし", substitute="辺", reason="標準文字にない")
        else:
            name = gaiji["candidates"][0]["name"]
            cells.update(target=name, text=page["texts"][name], category="同一字形")
        rows.append([cells.get(key, "") for key, _ in page["columns"]])
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([[name for _, name in page["columns"]], *rows])
    return "\ufeff" + out.getvalue()


class Office(Case):
    """The office: five people, four gaiji, three of which are drawn like standard characters."""

    def setUp(self):
        super().setUp()
        self.env = {"HYOJUN_CACHE": self.path("cache")}
        shapes = [stroke_font.moved(stroke_font.strokes(i), 5, 4) for i in range(3)] + [stroke_font.strokes(777)]
        self.write("EUDC.TTE", stroke_font.font([(0xE000 + i, f"g{i}", shape) for i, shape in enumerate(shapes)], "Office"))
        self.write("reference.ttf", stroke_font.font([(0, name.lower(), stroke_font.strokes(i)) for i, name in enumerate(NAMES)], "Reference"))
        self.write("list.csv", f"外字コード,読み,住基ネット統一文字コード,備考\nF040,ワタナベ,{ROWS[0]['juki']},\nF041,サイトウ,,\nF042,,,\nF043,,,記号\n")
        self.write("juki.csv", "番号,氏名\r\n1,".encode("cp932") + b"\xF0\x40" + "田\r\n2,".encode("cp932") + b"\xF0\x41\xF0\x42" + "\r\n3,山\r\n4,".encode("cp932")
                   + b"\xF0\x40" + "藤\r\n".encode("cp932"))

    def shell(self, line):
        done = subprocess.run(["bash", "-c", line], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300,
                              env=environment(HYOJUN_CACHE=self.path("cache"), PATH=os.path.dirname(BINARY) + ":" + os.environ["PATH"]))
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def sequences(self):
        """The commands of the README, by its own words: the blocks that begin with the decisions' database."""
        with open(README, encoding="utf-8") as file:
            return [block.splitlines() for block in re.findall(r"^```sh\n(hyojun init --db gaiji\.db\n.*?)^```$", file.read(), re.M | re.S)]

    def run_sequence(self):
        """Both languages show the same commands."""
        english, japanese = self.sequences()
        self.assertEqual(*([line for line in block if not line.startswith("#")] for block in (english, japanese)))
        codes = []
        for line in english:
            if line.startswith("#"):
                if "decisions.csv" in line:
                    self.write("decisions.csv", saved(PageData(self.read("review.html").decode()).value))
                continue
            code, _, err = self.shell(line)
            self.assertIn(code, (0, 1), f"{line}\n{err}")
            codes.append(code)
        return codes


class Whole(Office):
    def test_the_sequence_of_the_readme(self):
        codes = self.run_sequence()
        self.assertEqual(set(codes), {0})
        expected = ["番号,氏名", f"1,{text_of(ROWS[0]['implemented'])}田", "2," + text_of(ROWS[1]["implemented"]) + text_of(ROWS[2]["implemented"]), "3,山",
                    f"4,{text_of(ROWS[0]['implemented'])}藤"]
        plain = re.sub("[\U000E0100-\U000E01EF]", "", self.read("juki_utf8.csv").decode("utf-8"))
        self.assertEqual(plain.split("\r\n")[:-1], expected)
        manifest = json.loads(self.read("manifest.json"))
        decided = [(entry["source"], entry["count"]) for entry in manifest["replacements"] if entry["action"] == "decision"]
        self.assertEqual(sorted(decided), [("F040", 2), ("F041", 1), ("F042", 1)])
        numbers = {d["code"][2:]: d["decision"] for d in self.hyojun("gaiji", "history", "--db", "gaiji.db", "--json", code=0).json()["decisions"] if d["in_force"]}
        for entry in manifest["replacements"]:
            self.assertRegex(entry["decision"], f"^確認済 .* #{numbers[entry['source']]}$")
        self.assertEqual(manifest["source"]["gaiji"]["unchecked"], 0)
        table = list(csv.DictReader(io.StringIO(self.read("gaiji.csv").decode())))
        self.assertEqual([(row["code"], row["target"]) for row in table], [("0xF040", NAMES[0]), ("0xF041", NAMES[1]), ("0xF042", NAMES[2]), ("0xF043", "")])

    def test_the_sheet_to_be_signed(self):
        self.run_sequence()
        with zipfile.ZipFile(self.path("対応表.xlsx")) as book:
            names = book.namelist()
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
            texts = book.read("xl/sharedStrings.xml").decode() if "xl/sharedStrings.xml" in names else sheet
            pictures = [name for name in names if name.startswith("xl/media/")]
            self.assertTrue(all(book.read(name).startswith(b"\x89PNG") for name in pictures))
            anchors = book.read("xl/drawings/drawing1.xml").decode().count("<xdr:pic>")
            workbook = book.read("xl/workbook.xml").decode()
        self.assertEqual(anchors, 4 + 3)  # four sources, three targets
        self.assertIn('paperSize="9"', sheet)
        self.assertIn('orientation="landscape"', sheet)
        self.assertIn("&amp;P / &amp;N", sheet)
        self.assertIn("_xlnm.Print_Titles", workbook)
        for word in ("課長", "佐藤", "山田", "確認済", NAMES[0]):
            self.assertIn(word, texts)

    def test_shared_decisions_are_candidates_elsewhere(self):
        self.run_sequence()
        self.hyojun("gaiji", "share", "--db", "gaiji.db", "--font", "EUDC.TTE", "-o", "share.json", code=0)
        text = self.read("share.json").decode()
        shared = json.loads(text)
        self.assertEqual(shared["schema"], "hyojun.gaiji_share/1")
        self.assertEqual(sorted(g["target"] or "" for g in shared["glyphs"]), ["", *sorted(NAMES[:3])])
        for personal in ("山田", "佐藤", "F040", "juki", "ワタナベ"):
            self.assertNotIn(personal, text)
        # Another system that has one of the glyphs under another code.
        self.write("OTHER.TTE", stroke_font.font([(0xE010, "x", stroke_font.moved(stroke_font.strokes(1), 5, 4))], "Other"))
        run = self.hyojun("gaiji", "review", "--encoding", "cp932", "--system", "zei", "--font", "OTHER.TTE", "--reference", "reference.ttf", "--shared", "share.json",
                          "-o", "other.html", code=0, env=self.env)
        gaiji = PageData(self.read("other.html").decode()).value["gaiji"]
        self.assertEqual(len(gaiji), 1, run)
        self.assertEqual((gaiji[0]["candidates"][0]["name"], gaiji[0]["answer"]["target"]), (NAMES[1], ""))
        self.assertIn("同一字形を他で決定", gaiji[0]["candidates"][0]["basis"])
        self.write("share.json", text.replace('"path":"M', '"path":"M1 1L', 1))
        self.check_message(self.hyojun("gaiji", "review", "--encoding", "cp932", "--system", "zei", "--font", "OTHER.TTE", "--reference", "reference.ttf", "--shared",
                                       "share.json", "-o", "x.html", env=self.env), 3, "glyph 1 is damaged")

    def test_recheck(self):
        self.run_sequence()
        run = self.hyojun("gaiji", "recheck", "--db", "gaiji.db", "--json", code=1)
        self.assertEqual([(row["code"], row["reason"]) for row in run.json()["rows"]], [("0xF043", "provisional")])
        # A layer of added characters is another table: every decision was made without it.
        self.write("gj.csv", "name,code\nGJ000001,U+100000\n")
        self.hyojun("table", "import", "gj.csv", "-o", "gj.hjl", code=0)
        report = self.hyojun("gaiji", "recheck", "--db", "gaiji.db", "--table", "gj.hjl", "--json", code=1).json()
        self.assertEqual((report["gaiji"], report["reasons"]), (4, {"provisional": 1, "other_table": 4}))
        self.assertEqual(len(report["rows"]), 5)
        # The font draws something else under a code.
        self.write("NEW.TTE", stroke_font.font([(0xE000, "g0", stroke_font.strokes(5))], "Office"))
        rows = self.hyojun("gaiji", "recheck", "--db", "gaiji.db", "--font", "NEW.TTE", "--reference", "reference.ttf", "--json", code=1, env=self.env).json()["rows"]
        self.assertIn(("0xF040", "other_glyph"), [(row["code"], row["reason"]) for row in rows])

    def test_a_missing_match_that_can_be_found_now(self):
        self.run_sequence()
        glyphs = [(0, name.lower(), stroke_font.strokes(i)) for i, name in enumerate(NAMES)] + [(0, "gj000001", stroke_font.strokes(777))]
        self.write("with_gj.ttf", stroke_font.font(glyphs, "Reference"))
        rows = self.hyojun("gaiji", "recheck", "--db", "gaiji.db", "--font", "EUDC.TTE", "--reference", "with_gj.ttf", "--json", code=1, env=self.env).json()["rows"]
        found = [row for row in rows if row["reason"] == "candidate_now"]
        self.assertEqual([(row["code"], row["detail"].split()[0]) for row in found], [("0xF043", "GJ000001")])

    def test_numbers_are_compared_with_the_glyphs(self):
        # F041 has the number of another character than it is drawn like.
        self.write("list.csv", f"外字コード,住基ネット統一文字コード\nF040,{ROWS[0]['juki']}\nF041,{ROWS[9]['juki']}\nF042,\nF043,\n")
        options = ["gaiji", "scan", "juki.csv", "--encoding", "cp932", "--system", "juki", "--list", "list.csv"]
        fonts = ["--font", "EUDC.TTE", "--reference", "reference.ttf"]
        found = self.hyojun(*options, *fonts, "--draft", "draft.csv", "--json", code=1, env=self.env).json()["gaiji"]
        self.assertEqual([[c["agrees_with_glyph"] for c in g["candidates"]] for g in found], [[True], [False], [], []])
        self.assertIn("字形検索 1 位", found[0]["candidates"][0]["basis"])
        self.assertIn(NAMES[9], found[1]["problems"][0])
        drafted = {row["外字コード"]: row["文字図形名"] for row in csv.DictReader(io.StringIO(self.read("draft.csv").decode("utf-8-sig")))}
        self.assertEqual(drafted, {"0xF040": NAMES[0], "0xF041": "", "0xF042": "", "0xF043": ""})
        found = self.hyojun(*options, "--json", code=0).json()["gaiji"]
        self.assertEqual([c["agrees_with_glyph"] for c in found[1]["candidates"]], [None])
        self.hyojun("gaiji", "review", *options[2:], *fonts, "-o", "r.html", code=0, env=self.env)
        gaiji = PageData(self.read("r.html").decode()).value["gaiji"]
        self.assertEqual([g["agreed"] for g in gaiji], [NAMES[0], "", "", ""])

    def test_added_characters_beside_the_installed_font(self):
        """A reference font of added characters alone does not take the place of IPAmj明朝."""
        if not os.path.exists("/usr/share/fonts/truetype/ipamj/ipamjm.ttf"):
            self.skipTest("fonts-ipamj-mincho is not installed")
        self.run_sequence()
        self.write("gj.ttf", stroke_font.font([(0, "gj000001", stroke_font.strokes(777))], "Added"))
        self.hyojun("gaiji", "export", "--db", "gaiji.db", "--sheet", "x.xlsx", "--reference", "gj.ttf", code=0)
        with zipfile.ZipFile(self.path("x.xlsx")) as book:
            self.assertEqual(book.read("xl/drawings/drawing1.xml").decode().count("<xdr:pic>"), 3)

    def test_scan_joins_the_font(self):
        self.write("EUDC.TTE", stroke_font.font([(0xE000, "g0", stroke_font.strokes(0)), (0xE050, "g1", stroke_font.strokes(1)), (0xE051, "g2", [])], "Office"))
        found = self.hyojun("gaiji", "scan", "juki.csv", "--encoding", "cp932", "--font", "EUDC.TTE", "--json", code=1).json()
        self.assertEqual((found["used"], found["not_drawn"], found["drawn_unused"]), (3, 2, 2))
        fonts = {g["code"]: (g["in_font"], g["glyph"] is not None) for g in found["gaiji"]}
        self.assertEqual(fonts["0xF040"], (True, True))
        self.assertEqual(fonts["0xF041"], (False, False))
        self.assertEqual(fonts["0xF091"], (True, True))   # in the font, not in the data
        self.assertEqual(fonts["0xF092"], (True, False))  # without ink


if __name__ == "__main__":
    main()
