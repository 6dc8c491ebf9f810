"""hyojun gaiji candidates, with fonts that the test makes; with IPAmj明朝 where it is installed."""
import csv
import io
import json
import struct
import zlib

import made_font
from e2e import SANITIZED, Case, data_rows, main, os, unittest

NUMBERS = range(1, 41)
IPAMJ = "/usr/share/fonts/truetype/ipamj/ipamjm.ttf"


def png(width, height, rows):
    def chunk(tag, data):
        return struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows))) + chunk(b"IEND", b""))


class Candidates(Case):
    def setUp(self):
        super().setUp()
        self.write("r.ttf", made_font.reference(NUMBERS))
        self.write("g.ttf", made_font.gaiji(NUMBERS))

    def candidates(self, *arguments, code=0):
        run = self.hyojun("gaiji", "candidates", "--reference", "r.ttf", "--cache", "cache", *arguments, "--json", code=code)
        return [json.loads(line) for line in run.out.splitlines()]

    def test_every_gaiji_of_the_font_in_order(self):
        found = self.candidates("--font", "g.ttf", code=1)
        self.assertEqual([f["source"] for f in found], [f"U+{0xE000 + n:04X}" for n in (0, *NUMBERS)])
        self.assertEqual(found[0]["candidates"], [])
        self.assertIn("空", found[0]["error"])
        for n, f in zip(NUMBERS, found[1:]):
            self.assertEqual(f["candidates"][0]["name"], f"MJ{n:06d}")
            self.assertEqual(len(f["candidates"]), 5)
            self.assertEqual(f["confidence"], f["candidates"][0]["score"])
            self.assertNotIn("error", f)
            self.assertFalse(f["added_characters_searched"])

    def test_codes_sequences_size_and_top(self):
        self.write("s.txt", "U+E005\r\n\r\nU+E006 U+E0100\nU+E007\n")
        found = self.candidates("--font", "g.ttf", "--codes", "U+E002-U+E003,U+F000", "--sequences", "s.txt", "--size", "24",
                                "--bilevel", "--top", "2", code=1)
        self.assertEqual([f["source"] for f in found], ["U+E002", "U+E003", "U+F000", "U+E005", "U+E006 U+E0100", "U+E007"])
        self.assertEqual([len(f["candidates"]) for f in found], [2, 2, 0, 2, 0, 2])
        self.assertEqual([f["candidates"][0]["name"] for f in found if f["candidates"]],
                         ["MJ000002", "MJ000003", "MJ000005", "MJ000007"])

    def test_the_same_on_any_number_of_threads_and_from_the_cache(self):
        runs = [self.candidates("--font", "g.ttf", "--threads", n, code=1) for n in ("1", "3", "2")]
        self.assertEqual(runs[0], runs[1])
        self.assertEqual(runs[0], runs[2])
        self.assertEqual(len(os.listdir(self.path("cache"))), 1)

    def test_a_damaged_cache_is_made_anew(self):
        sound = self.candidates("--font", "g.ttf", "--codes", "U+E001")
        name = os.path.join("cache", os.listdir(self.path("cache"))[0])
        self.write(name, self.read(name)[:-1])
        run = self.hyojun("gaiji", "candidates", "--reference", "r.ttf", "--cache", "cache", "--font", "g.ttf", "--codes",
                          "U+E001", "--json", code=0)
        self.assertIn("damaged", run.err)
        self.assertEqual(json.loads(run.out), sound[0])

    def test_pictures(self):
        self.write("line.png", png(20, 20, [b"\xff" * 20] * 9 + [b"\xff" * 3 + b"\0" * 14 + b"\xff" * 3] * 2 + [b"\xff" * 20] * 9))
        self.write("blank.png", png(20, 20, [b"\xff" * 20] * 20))
        self.write("huge.png", png(5000, 1, [b"\0" * 5000]))
        self.write("cut.png", png(20, 20, [b"\0" * 20] * 20)[:50])
        found = self.candidates("line.png", "blank.png", "huge.png", "cut.png", "g.ttf", "none.png", code=1)
        self.assertEqual([bool(f["candidates"]) for f in found], [True, False, False, False, False, False])
        self.assertTrue(all("error" in f for f in found[1:]))

    def test_table_and_csv_say_what_was_not_searched(self):
        run = self.hyojun("gaiji", "candidates", "--reference", "r.ttf", "--cache", "cache", "--font", "g.ttf", code=1)
        self.assertIn("追加文字（GJ）は未検索", run.out)
        self.assertIn("40 glyphs", run.out)
        run = self.hyojun("gaiji", "candidates", "--reference", "r.ttf", "--cache", "cache", "--font", "g.ttf", "--format",
                          "csv", code=1)
        rows = list(csv.DictReader(io.StringIO(run.out)))
        self.assertEqual(len(rows), 1 + 5 * 40)
        self.assertEqual((rows[1]["外字"], rows[1]["順位"], rows[1]["文字図形名"]), ("U+E001", "1", "MJ000001"))

    def test_added_characters(self):
        self.write("gj.ttf", made_font.font([(0x10E000, "gj000139", made_font.strokes(99))]))
        found = self.candidates("--reference", "gj.ttf", "--font", "gj.ttf", "--codes", "U+10E000")
        self.assertEqual((found[0]["candidates"][0]["name"], found[0]["candidates"][0]["text"]), ("GJ000139", None))
        self.assertTrue(found[0]["added_characters_searched"])

    def test_hints(self):
        # 々 MJ000001 has 3 strokes.
        strokes = {row["name"]: row["strokes"] for row in data_rows("mj.tsv")}
        found = self.candidates("--font", "g.ttf", "--codes", "U+E001", "--hint", "2画")
        self.assertEqual({strokes[c["name"]] for c in found[0]["candidates"]}, {"2"})
        found = self.candidates("--font", "g.ttf", "--codes", "U+E001", "--hint", "々")
        self.assertEqual([c["name"] for c in found[0]["candidates"]], ["MJ000001"])

    def test_what_is_preferred_comes_first_and_nothing_is_left_out(self):
        strokes = {row["name"]: row["strokes"] for row in data_rows("mj.tsv")}
        plain = self.candidates("--font", "g.ttf", "--codes", "U+E001", "--top", "40")[0]["candidates"]
        found = self.candidates("--font", "g.ttf", "--codes", "U+E001", "--top", "40", "--prefer", "2画")[0]["candidates"]
        two = [c for c in plain if strokes.get(c["name"]) == "2"]
        self.assertTrue(0 < len(two) < len(plain))
        self.assertEqual(found, two + [c for c in plain if strokes.get(c["name"]) != "2"])
        first = self.candidates("--font", "g.ttf", "--codes", "U+E001", "--top", "1", "--prefer", "2画")[0]
        self.assertEqual((first["candidates"], first["confidence"]), (two[:1], two[0]["score"]))

    def refused(self, code, message, *arguments):
        run = self.hyojun("gaiji", "candidates", "--cache", "cache", *arguments)
        self.assertEqual(run.code, code, run)
        self.assertIn(message, run.err)
        self.assertEqual(run.out, "")

    def test_what_is_refused(self):
        self.write("x.txt", "nothing\n")
        self.write("s.txt", "U+E001\nU+E001 U+E002 U+E003\n")
        reference = ("--reference", "r.ttf")
        self.refused(2, "--font", *reference)
        self.refused(4, "none.ttf", *reference, "--font", "none.ttf")
        self.refused(3, "cannot be read as a font", *reference, "--font", "x.txt")
        self.refused(3, "no face", *reference, "--font", "g.ttf", "--face", "2")
        self.refused(3, "named as a character", "--reference", "r.ttf", "--reference", "g.ttf", "--font", "g.ttf")
        self.refused(2, "--codes", *reference, "--font", "g.ttf", "--codes", "E000..E001")
        self.refused(2, "--codes", *reference, "--font", "g.ttf", "--codes", "U+0-U+10FFFF")
        self.refused(3, "s.txt:2", *reference, "--font", "g.ttf", "--sequences", "s.txt")
        self.refused(2, "--size", *reference, "--font", "g.ttf", "--size", "5")
        self.refused(2, "--hint", *reference, "--font", "g.ttf", "--hint", "99画")
        self.refused(2, "--prefer", *reference, "--font", "g.ttf", "--prefer", "99画")
        self.assertEqual([n for n in self.names() if n.startswith(".")], [])

    @unittest.skipIf(SANITIZED, "an index of 60,000 glyphs: minutes; in the release build")
    def test_the_real_reference_font(self):
        if not os.path.exists(IPAMJ):
            self.skipTest("fonts-ipamj-mincho is not installed")
        run = self.hyojun("gaiji", "candidates", "--font", IPAMJ, "--codes", "U+9089", "--sequences", "/dev/stdin", "--cache",
                          "cache", "--json", stdin=b"U+9089 U+E010F\n", code=0)
        found = [json.loads(line) for line in run.out.splitlines()]
        self.assertEqual(found[1]["candidates"][0]["name"], "MJ026190")
        self.assertEqual(found[1]["candidates"][0]["similarity"], 1.0)


if __name__ == "__main__":
    main()
