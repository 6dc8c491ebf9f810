"""Hostile input and odd names: an answer every time, never a crash, a hang, or a broken output (promise 6)."""
import itertools
import random

from e2e import Case, SANITIZED, json, main, os, thinned

ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "cp932"]


class Bytes(Case):
    def survive(self, name):
        """Every encoding and format: a report that adds up, or a message."""
        run = self.hyojun("identify", name)
        self.assertIn(run.code, (0, 1, 3), run)
        for encoding, form in thinned(itertools.product(ENCODINGS, ("csv", "tsv", "text")), 2):
            run = self.hyojun("identify", name, "--encoding", encoding, "--format", form, "--json")
            self.assertIn(run.code, (0, 1, 3), run)
            if run.code == 3:
                self.check_message(run, 3, ".", name)
            else:
                self.check_sums(run.json())

    def test_random_bytes(self):
        for seed in range(3):
            source = random.Random(seed)
            self.write("a", source.randbytes(300_000))
            self.survive("a")
            self.write("b", bytes(source.choice(b'",\r\n\t\x00\x1b\x81\xe3\xff\xd8\x00ab') for _ in range(50_000)))
            self.survive("b")

    def test_zeros_and_an_executable(self):
        self.write("zeros", bytes(3_000_000))
        self.survive("zeros")
        with open("/proc/self/exe", "rb") as file:
            self.write("elf", file.read(400_000))
        self.survive("elf")

    def test_every_truncation(self):
        text = "氏名,住所\r\n\"山\"\"\U000E0101\U00020BB7\",か\u3099\r\n"
        for codec, encoding in (("utf-8", "utf-8"), ("utf-16-le", "utf-16le"), ("utf-16-be", "utf-16be")):
            data = text.encode(codec)
            for length in range(0, len(data), 3 if SANITIZED else 1):
                self.write("a.csv", data[:length])
                self.identify("a.csv", "--encoding", encoding)

    def test_one_long_field_and_one_long_line(self):
        self.write("a.csv", b"a\n\"" + "한".encode() * 1_500_000)
        self.assertEqual(self.identify("a.csv", code=1)["outcomes"]["not_in_standard"], 1_500_000)
        self.write("a.csv", b"x," * 700_000)
        self.check_message(self.hyojun("identify", "a.csv"), 3, "header", "a.csv")
        self.identify("a.csv", "--no-header", code=0)

    def test_a_key_that_never_comes(self):
        self.write("a.csv", "a,k\n\"" + "한" * 150_000)
        run = self.hyojun("identify", "a.csv", "--exceptions", "e.csv", "--key", "k")
        self.check_message(run, 3, "key column", r"a\.csv:2:1")
        self.write("a.csv", "k,a\n1,\"" + "한" * 150_000)
        self.hyojun("identify", "a.csv", "--exceptions", "e.csv", "--key", "k", code=1)

    def test_sequences_without_end(self):
        self.write("a.txt", "葛" + "\U000E0101" * 10_000 + "か" + "\u3099" * 10_000)
        self.assertEqual(self.counts(self.identify("a.txt", code=1))["not_in_standard"], 19_998)


class Names(Case):
    ODD = [b"a b.csv", b"a\nb.csv", b"a\x1b[31mb.csv", "氏名 ～.csv".encode(), b"\xff\xfe.csv", b"a,\"b.csv", b"--json.csv", b"-x.csv"]

    def test_odd_file_names(self):
        for name in self.ODD:
            with self.subTest(name):
                self.write(name, "氏名\n한\n")
                given = [b"--", name] if name.startswith(b"-") else [name]
                text = self.hyojun("identify", *given, code=1)
                self.assertNotRegex(text.out, "[\x00-\x09\x0b-\x1f\x7f\udc80-\udcff]")
                self.assertEqual(len(text.out.splitlines()), len(self.hyojun("identify", "-", stdin=self.read(name)).out.splitlines()))
                json.loads(self.hyojun("identify", "--json", *given, code=1).out)
                for out in ("e.csv", "e.xlsx"):
                    self.hyojun("identify", "--exceptions", out, "--force", *given, code=1)
                self.read("e.csv").decode("utf-8")

    def test_odd_names_in_messages(self):
        for name in self.ODD:
            run = self.hyojun("identify", b"./missing/" + name)
            self.check_message(run, 4, "no such file")
            self.assertNotRegex(run.err, "[\x00-\x09\x0b-\x1f\x7f\udc80-\udcff]")

    def test_odd_option_values(self):
        self.write("a.csv", "氏名\n한\n")
        options = ("columns", "name-columns", "key", "encoding", "system", "gaiji", "table", "delimiter", "format", "threads",
                   "profile", "exceptions", "lang", "color")
        values = (b"\xff", b"\x1b[31m", b"\n", b" ", b"=", b"x" * 100_000, b"%s%n", b"../../x")
        for option, value in thinned(itertools.product(options, values), 3):
            run = self.hyojun("identify", "a.csv", f"--{option}=".encode() + value)
            self.assertIn(run.code, (1, 2, 3, 4, 5), (option, value, run))
            self.assertNotRegex(run.err, "[\x00-\x09\x0b-\x1f\x7f\udc80-\udcff]")
        for name in (b"\xff", b"a\nb"):
            run = self.hyojun("identify", "a.csv", "--exceptions", "x.xlsx", b"--key=" + name)
            self.check_message(run, 2, "no column")

    def test_headings_of_any_kind(self):
        self.write("a.csv", b"\"a\x00\nb\x1b\xff\",b\n\xff,\xff\n")
        for out in ("e.csv", "e.xlsx"):
            self.hyojun("identify", "a.csv", "--encoding", "utf-8", "--exceptions", out, code=1)
        self.read("e.csv").decode("utf-8")

    def test_standard_streams_that_are_closed(self):
        self.write("a.csv", "氏名\n한\n")
        for closed, codes in ((1, (4,)), (2, (1,)), (0, (1,))):
            run = self.hyojun("identify", "a.csv", preexec_fn=lambda closed=closed: os.close(closed))
            self.assertIn(run.code, codes, (closed, run))


if __name__ == "__main__":
    main()
