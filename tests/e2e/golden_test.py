"""The text that people read, word by word, in both languages. `golden_test.py --update` writes tests/e2e/golden anew."""
import unicodedata

from e2e import Case, main, os, sys

GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden")
UPDATE = "--update" in sys.argv

NAMES = ["山田太郎", "辻葛飾", "渡邉\U000E010F", "飴噌芦", "逢茨鯵", "薩摩葛", "鰯屋", "〓田", " 斎藤", "高\uE000", "張\u0001", "张三"]
RESIDENTS = "番号,氏名,カナ,住所\r\n" + "".join(
    f"{1000 + i},{NAMES[i % len(NAMES)]},{'ヤマ口' if i == 7 else 'ヤマダ'},葛\U000E0100飾区{i}丁目{chr(0xAC00 + i % 13)}\r\n" for i in range(400))

RUNS = {
    "identify": ["identify", "residents.csv", "--name-columns", "氏名", "--kana-columns", "カナ"],
    "identify_clean": ["identify", "clean.csv"],
    "convert": ["convert", "residents.csv", "-o", "out.csv", "--force", "--shrink", "--unidentified", "geta"],
    "convert_refused": ["convert", "residents.csv", "-o", "refused.csv"],
    "convert_help": ["convert", "--help"],
    "shrink": ["shrink", "髙﨑あ張", "--pick", "ipa"],
    "shrink_help": ["shrink", "--help"],
    "char": ["char", "MJ026190", "辻", "张", "U+845B U+E0100"],
    "layout_help": ["layout", "from-copybook", "--help"],
    "bench_help": ["bench", "--help"],
    "tally_merge_help": ["tally", "merge", "--help"],
    "table_info": ["table", "info", "--verify"],
}


def width(line):
    return sum(0 if unicodedata.combining(c) or 0xE0100 <= ord(c) <= 0xE01EF else 2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in line)


class Golden(Case):
    def setUp(self):
        super().setUp()
        self.write("residents.csv", RESIDENTS)
        self.write("clean.csv", "氏名\n山田太郎\n")

    def test_text(self):
        for name, arguments in RUNS.items():
            for lang in ("ja", "en"):
                with self.subTest(name, lang=lang):
                    text = self.hyojun(*arguments, "--lang", lang, env={"COLUMNS": "100"}).out
                    path = os.path.join(GOLDEN, f"{name}.{lang}.txt")
                    if UPDATE:
                        with open(path, "w", encoding="utf-8") as file:
                            file.write(text)
                    with open(path, encoding="utf-8") as file:
                        self.assertEqual(text, file.read())

    def test_one_screen(self):
        for lang in ("ja", "en"):
            lines = self.hyojun(*RUNS["identify"], "--lang", lang, env={"COLUMNS": "100"}).out.splitlines()
            self.assertLessEqual(len(lines), 40)
            self.assertLessEqual(max(map(width, lines)), 100, max(lines, key=width))

    def test_the_first_screen_says_how_much_was_assumed(self):
        for lang in ("ja", "en"):
            self.assertIn("既定字形と仮定", self.hyojun(*RUNS["identify"], "--lang", lang).out)
            self.assertIn("既定字形と仮定", self.hyojun(*RUNS["identify_clean"], "--lang", lang).out)


if __name__ == "__main__":
    sys.argv = [word for word in sys.argv if word != "--update"]
    main()
