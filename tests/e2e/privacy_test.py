"""Promise 4: no output ever holds a whole field of the input, unless --key asks for it."""
import io
import zipfile

from e2e import Case, main, os

# Every field is a marker that stands nowhere else; each holds trouble so that every code path has something to say.
NAMES = ["甲斐駒岳彦壱", "乗鞍嶺太郎弐", "白馬岳花子参"]
PLACES = ["あさひ町九丁目拾番地", "ゆうひ町八丁目廿番地", "みどり町七丁目卅番地"]
TROUBLE = "\uE000한\u0001葛\U000E0100〓"


class Privacy(Case):
    def setUp(self):
        super().setUp()
        self.fields = [name + TROUBLE for name in NAMES] + PLACES
        self.records = [f"{name}{TROUBLE},{place},9{i}817" for i, (name, place) in enumerate(zip(NAMES, PLACES))]
        self.write("a.csv", "氏名,住所,番号\n" + "\n".join(self.records) + "\n")
        self.write("headless.csv", "\n".join(self.records) + "\n")

    def check_no_field(self, run, allowed=()):
        """Neither a field nor its marker, in the output or in any file that it wrote."""
        texts = [run.out, run.err]
        for name in self.names():
            if name.startswith("e."):
                data = self.read(name)
                if name.endswith(".xlsx"):
                    with zipfile.ZipFile(io.BytesIO(data)) as archive:
                        data = b"".join(archive.read(part) for part in archive.namelist())
                texts.append(data.decode("utf-8"))
                os.unlink(self.path(name))
        for text in texts:
            for marker in NAMES + PLACES + ["90817", "91817", "92817"]:
                if marker not in allowed:
                    self.assertNotIn(marker, text)

    def test_reports_and_lists(self):
        for extra in ([], ["--json"], ["--lang", "ja"], ["--default-glyphs", "--json"], ["--name-columns", "1,2"],
                      ["--name-columns", "氏名", "--kana-columns", "住所", "--json", "--exceptions", "e.csv"],
                      ["--name-columns", "氏名", "--exceptions", "e.xlsx"], ["--format", "text"], ["--no-header"]):
            with self.subTest(extra):
                self.check_no_field(self.hyojun("identify", "a.csv", *extra))

    def test_errors(self):
        data = self.read("a.csv")
        broken = {"bad8.csv": data + "末尾".encode("cp932"), "esc.csv": data + b"\x1b$B", "quote.csv": data + b'"' + data,
                  "sjis.csv": data.decode().replace("\uE000", "").replace("한", "").replace("\U000E0100", "").encode("cp932"),
                  "nul.csv": data + bytes(100)}
        for name, content in broken.items():
            self.write(name, content)
        for name in [*broken, "a.csv", "headless.csv"]:
            for extra in ([], ["--encoding", "cp932"], ["--encoding", "utf-16le"], ["--encoding", "utf-8", "--name-columns", "1"],
                          ["--columns", "名前"], ["--columns", "99"], ["--key", "名前", "--exceptions", "e.csv"],
                          ["--encoding", "utf-8", "--columns", "名前"], ["--delimiter", ";", "--columns", "2"],
                          ["--exceptions", "/proc/e.csv"], ["--exceptions", "missing/e.csv"]):
                with self.subTest(name, extra=extra):
                    self.check_no_field(self.hyojun("identify", name, *extra))

    def test_a_resident_file_given_as_something_else(self):
        twice = "\n".join(f"{NAMES[i]},{NAMES[i]},{PLACES[i]}" for i in range(3))
        self.write("twice.csv", twice)
        self.write("coded.csv", f"name,code,target\n{NAMES[0]},{PLACES[0]},{NAMES[1]}\n")
        self.write("hex.csv", f"name,code,target\n{NAMES[0]},U+E000,{NAMES[1]}\n")
        self.write("uneven.csv", f"name,code,target\n{NAMES[0]}\n")
        for name in ("a.csv", "headless.csv", "twice.csv", "coded.csv", "hex.csv", "uneven.csv"):
            for arguments in (["identify", "-", "--gaiji", name], ["identify", "-", "--profile", name],
                              ["identify", "-", "--table", name], ["table", "info", name], ["table", "diff", "bundled", name],
                              ["table", "import", name, "-o", "x.hjl"], ["table", "import", "--font", name, "-o", "x.hjl"]):
                with self.subTest(arguments):
                    run = self.hyojun(*arguments, stdin=b"h\n")
                    self.assertIn(run.code, (2, 3, 5))
                    self.check_no_field(run)

    def test_one_character_fields_are_all_that_can_be_seen(self):
        self.write("b.csv", "氏名\n\uE000\n")
        self.assertIn("EE8080", self.hyojun("identify", "b.csv").out)

    def test_the_key_is_the_only_way(self):
        run = self.hyojun("identify", "a.csv", "--exceptions", "e.csv", "--key", "番号", code=1)
        self.assertIn(b"90817", self.read("e.csv"))
        self.check_no_field(run, allowed=("90817", "91817", "92817"))


if __name__ == "__main__":
    main()
