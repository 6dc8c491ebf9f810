"""identify --json: the schema, the outcomes, the positions, the encodings."""
from e2e import Case, OUTCOMES, main

# One of every outcome but gaiji_mapped.
EVERY = "氏名,備考\r\n山田\uE000,辻\r\n葛\U000E0101,\u4E00\U000E01EF\r\n张,x\u0001y\r\n"
HEAD = ["schema", "table", "source", "scope", "files", "bytes", "records", "characters", "outcomes", "exceptions", "suspicions",
        "font_dependent"]


class Schema(Case):
    def test_keys_order_and_types(self):
        self.write("a.csv", EVERY)
        report = self.identify("a.csv", code=1)
        self.assertEqual(list(report), HEAD)
        self.assertEqual(report["schema"], "hyojun.identify/1")
        self.assertEqual(list(report["table"])[:3], ["version", "digest", "layers"])
        self.assertRegex(report["table"]["digest"], "^[0-9a-f]{64}$")
        self.assertEqual(report["table"]["layers"], [])
        self.assertEqual(list(report["source"])[:3], ["system", "encoding", "gaiji"])
        self.assertEqual([report["source"][k] for k in ("system", "encoding", "gaiji")], [None, "utf-8", None])
        self.assertEqual(list(report["files"][0])[:3], ["name", "bytes", "records"])
        self.assertEqual(list(report["outcomes"]), OUTCOMES)
        for entry in report["exceptions"]:
            self.assertEqual(list(entry)[:7], ["source", "text", "name", "outcome", "collection", "count", "first"])
            self.assertRegex(entry["source"], "^([0-9A-F]{2})+$")
            self.assertLessEqual(len(entry["first"]), 3)
            for place in entry["first"]:
                self.assertEqual(list(place), ["file", "record", "field", "byte"])

    def test_outcomes_of_a_known_text(self):
        self.write("a.csv", EVERY)
        report = self.identify("a.csv", code=1)
        self.assertEqual(self.counts(report), {"standard": 4, "default_glyph": 1, "gaiji_unmapped": 1,
                                               "unregistered_sequence": 2, "not_in_standard": 1, "control": 1})

    def test_exceptions_are_sorted_by_outcome_then_bytes(self):
        self.write("a.txt", "\u0002\u0001한글한\uE002\uE001")
        entries = self.identify("a.txt", code=1)["exceptions"]
        order = [(OUTCOMES.index(e["outcome"]), bytes.fromhex(e["source"])) for e in entries]
        self.assertEqual(order, sorted(order))
        self.assertEqual(len(set(order)), len(order))

    def test_positions(self):
        self.write("a.csv", "\uFEFF氏名,住所\r\n\"한,\r\n\",한\r\nx,y\r\n한,한\r\n")
        [entry] = self.identify("a.csv", code=1)["exceptions"]
        self.assertEqual(entry["source"], "ED959C")
        self.assertEqual(entry["text"], "U+D55C")
        self.assertEqual(entry["count"], 4)
        expected = [(2, 1, 19), (2, 2, 27), (4, 1, 37)]
        self.assertEqual([(p["record"], p["field"], p["byte"]) for p in entry["first"]], expected)
        data = self.read("a.csv")
        for place in entry["first"]:
            self.assertEqual(data[place["byte"]:place["byte"] + 3], "한".encode())

    def test_collection_of_an_unregistered_sequence(self):
        self.write("a.txt", "葛\U000E0100一\U000E01EF")
        by_source = {e["text"]: e["collection"] for e in self.identify("a.txt", code=1)["exceptions"]}
        self.assertIn("Adobe-Japan1", by_source["U+845B U+E0100"])
        self.assertIsNone(by_source["U+4E00 U+E01EF"])

    def test_proper_form_is_shown_never_applied(self):
        self.write("a.txt", "张")
        [entry] = self.identify("a.txt", code=1)["exceptions"]
        self.assertEqual(entry["references"][0]["text"], "U+5F35")
        self.assertIsNone(entry["name"])

    def test_default_glyphs_are_listed_on_request(self):
        self.write("a.txt", "辻辻山")
        self.assertEqual(self.identify("a.txt", code=0)["exceptions"], [])
        [entry] = self.identify("a.txt", "--default-glyphs", code=0)["exceptions"]
        self.assertEqual((entry["outcome"], entry["count"], entry["text"]), ("default_glyph", 2, "U+8FBB"))
        self.assertRegex(entry["name"], r"^MJ\d{6}$")


class Encodings(Case):
    TEXT = "氏名,住所\n山田太郎,東京都\n辻,ﾔﾏﾀﾞ\n"

    def test_every_encoding_gives_the_same_outcomes(self):
        expected = None
        for name, codec, bom in [("utf-8", "utf-8", b""), ("utf-16le", "utf-16-le", b""), ("utf-16be", "utf-16-be", b""),
                                 ("cp932", "cp932", b""), ("utf-8", "utf-8", b"\xEF\xBB\xBF"),
                                 ("utf-16le", "utf-16-le", b"\xFF\xFE"), ("utf-16be", "utf-16-be", b"\xFE\xFF")]:
            self.write("a.csv", bom + self.TEXT.encode(codec))
            for stated in ([], ["--encoding", name]) if bom else (["--encoding", name],):
                with self.subTest(name, bom=bom, stated=stated):
                    report = self.identify("a.csv", *stated, code=0)
                    expected = expected or report["outcomes"]
                    self.assertEqual(report["outcomes"], expected)
                    self.assertEqual(report["records"], 3)
                    self.assertEqual(report["source"]["encoding"], name)
                    self.assertEqual(report["files"][0]["bytes"], len(bom) + len(self.TEXT.encode(codec)))

    def test_a_bom_inside_is_a_control(self):
        self.write("a.txt", "山\uFEFF田")
        self.assertEqual(self.counts(self.identify("a.txt", code=1)), {"standard": 2, "control": 1})

    def test_a_bom_against_the_stated_encoding_is_said(self):
        self.write("a.csv", "\uFEFF氏名\n山\n")
        run = self.hyojun("identify", "a.csv", "--encoding", "cp932")
        self.assertIn("BOM", run.err)

    def test_malformed_utf8_by_maximal_subparts(self):
        self.write("a.txt", b"\xE5\xB1a\xC0\x80\xED\xA0\x80\xF0\x90\x80")
        report = self.identify("a.txt", "--encoding", "utf-8", code=1)
        self.assertEqual(self.counts(report), {"standard": 1, "malformed": 7})
        self.assertTrue(all(e["text"] is None for e in report["exceptions"]))

    def test_truncated_at_the_end(self):
        for name, data, source in [("utf-8", "山".encode() + b"\xE5\xB1", "E5B1"),
                                   ("cp932", "山".encode("cp932") + b"\x8E", "8E"),
                                   ("utf-16le", "山".encode("utf-16-le") + b"\x71", "71"),
                                   ("utf-16be", "山".encode("utf-16-be") + b"\xD8\x40", "D840")]:
            with self.subTest(name):
                self.write("a.txt", data)
                report = self.identify("a.txt", "--encoding", name, code=1)
                self.assertEqual(self.counts(report), {"standard": 1, "malformed": 1})
                self.assertEqual(report["exceptions"][0]["source"], source)

    def test_cp932_single_bytes_and_bad_trails(self):
        self.write("a.txt", b"\x80\xA0\xFD\xFE\xFF" + b"\x811" + b"\x81\x7F" + b"\x81\xAD")
        report = self.identify("a.txt", "--encoding", "cp932", code=1)
        # five bytes; 81 alone, then 1; 81 alone, then DEL; an unassigned pair
        self.assertEqual(self.counts(report), {"standard": 1, "control": 1, "malformed": 8})
        self.assertIn("81AD", [e["source"] for e in report["exceptions"]])


class Sameness(Case):
    def test_two_runs_and_any_number_of_threads(self):
        lines = "".join(f"山田{i},\"葛\U000E0101\n{chr(0xE000 + i % 5000)}\"\r\n" for i in range(60000))
        self.write("a.csv", "氏名,備考\r\n" + lines)
        first = self.hyojun("identify", "a.csv", "--json", "--threads", "1", code=1)
        self.check_sums(first.json())
        for threads in ("1", "2", "7", "64"):
            again = self.hyojun("identify", "a.csv", "--json", "--threads", threads, code=1)
            self.assertEqual(again.out_bytes, first.out_bytes, threads)
        piped = self.hyojun("identify", "-", "--json", stdin=self.read("a.csv"), code=1)
        self.assertEqual(piped.out.replace('"-"', '"a.csv"'), first.out)

    def test_a_thousand_threads_do_not_stall(self):
        self.write("a.csv", "氏名\n" + "山田太郎\n" * 300000)
        self.identify("a.csv", "--threads", "1024", code=0)


class ManyFiles(Case):
    def test_sums_and_positions_name_the_file(self):
        self.write("a.csv", "氏名\n한\n")
        self.write("b.csv", "氏名\n한\n山\n", "utf-16")
        report = self.identify("a.csv", "b.csv", "-", stdin="h\n한\n".encode(), code=1)
        self.assertEqual([f["name"] for f in report["files"]], ["a.csv", "b.csv", "-"])
        self.assertEqual(report["records"], 7)
        utf8 = next(e for e in report["exceptions"] if e["source"] == "ED959C")
        self.assertEqual([p["file"] for p in utf8["first"]], ["a.csv", "-"])

    def test_one_bad_file_stops_the_run_with_its_name(self):
        self.write("a.csv", "氏名\n山\n")
        run = self.hyojun("identify", "a.csv", "missing.csv", "--json")
        self.check_message(run, 4, "no such file", r"missing\.csv")


if __name__ == "__main__":
    main()
