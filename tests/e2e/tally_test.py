"""tally merge: the report of the parts is, byte for byte, the report of the whole; what has no sum is refused."""
import copy
import random

from e2e import Case, DATA, OUTCOMES, json, main, os, thinned

SAMPLES = os.path.join(DATA, "samples")
WATCH = ["--name-columns", "2", "--kana-columns", "3", "--no-header"]


def dumped(report):
    return json.dumps(report, ensure_ascii=False, separators=(",", ":"))


class Merge(Case):
    def setUp(self):
        super().setUp()
        with open(os.path.join(SAMPLES, "residents_utf8.csv"), encoding="utf-8", newline="") as file:
            lines = file.readlines()
        self.parts = []
        cuts = [0, 200, 210, 900, 1500, len(lines)]
        for i, (begin, end) in enumerate(zip(cuts, cuts[1:])):
            self.parts.append(self.write(f"part{i}.csv", "".join(lines[begin:end])))

    def report(self, name, *arguments):
        """Identifies into NAME.json; the report's bytes."""
        run = self.hyojun("identify", *arguments, "--json")
        self.assertIn(run.code, (0, 1), run)
        self.write(name + ".json", run.out_bytes)
        return run.out_bytes

    def reports(self, *options):
        for i, part in enumerate(self.parts):
            self.report(f"r{i}", part, *options)
        return [f"r{i}.json" for i in range(len(self.parts))]

    def test_parts_are_the_whole(self):
        for options in (WATCH, ["--no-header"], ["--no-header", "--default-glyphs", "--columns", "2,7"], ["--format", "text"],
                        ["--no-header", "--delimiter", ";", "--system", "juki"]):
            with self.subTest(options):
                reports = self.reports(*options)
                whole = self.report("all", *self.parts, *options)
                self.assertEqual(self.hyojun("tally", "merge", *reports, code=1).out_bytes, whole)

    def test_any_order_and_any_grouping(self):
        reports = self.reports(*WATCH)
        order = list(range(len(reports)))
        for seed in range(4):
            random.Random(seed).shuffle(order)
            whole = self.report("all", *(self.parts[i] for i in order), *WATCH)
            merged = self.hyojun("tally", "merge", *(reports[i] for i in order), code=1).out_bytes
            self.assertEqual(merged, whole, order)
        half = self.hyojun("tally", "merge", *(reports[i] for i in order[:2])).out_bytes
        self.write("half.json", half)
        rest = self.hyojun("tally", "merge", "half.json", *(reports[i] for i in order[2:])).out_bytes
        self.assertEqual(rest, whole)

    def test_several_reports_in_one_stream(self):
        reports = self.reports(*WATCH)
        whole = self.report("all", *self.parts, *WATCH)
        stream = b"".join(self.read(name) for name in reports)
        self.assertEqual(self.hyojun("tally", "merge", "-", stdin=stream, code=1).out_bytes, whole)
        pretty = json.dumps(json.loads(self.read(reports[0])), indent=2).encode()
        stream = b"\n " + pretty + b"".join(self.read(name) for name in reports[1:])
        self.assertEqual(self.hyojun("tally", "merge", "-", stdin=stream, code=1).out_bytes, whole)

    def test_text_is_that_of_identify(self):
        reports = self.reports(*WATCH)
        for lang in ("ja", "en"):
            whole = self.hyojun("identify", *self.parts, *WATCH, "--lang", lang, code=1)
            merged = self.hyojun("tally", "merge", *reports, "--text", "--lang", lang, code=1)
            self.assertEqual(merged.out, whole.out)

    def test_encodings_profile_and_layers(self):
        profile = os.path.join(SAMPLES, "sample.profile.json")
        cp932 = os.path.join(SAMPLES, "residents_cp932.csv")
        with open(cp932, "rb") as file:
            lines = file.readlines()
        self.write("x.csv", b"".join(lines[:700]))
        self.write("y.csv", b"".join(lines[700:]))
        self.report("x", "x.csv", "--profile", profile)
        self.report("y", "y.csv", "--profile", profile)
        whole = self.report("all", "x.csv", "y.csv", "--profile", profile)
        self.assertEqual(self.hyojun("tally", "merge", "x.json", "y.json", code=1).out_bytes, whole)
        self.report("z", "x.csv", "--encoding", "cp932")
        self.check_message(self.hyojun("tally", "merge", "y.json", "z.json"), 3, "system", "z.json:1")
        self.write("u.csv", "a,한\n".encode("utf-16"))
        self.report("u", "u.csv")
        self.report("p", self.parts[1])
        whole = self.report("all", "u.csv", self.parts[1])
        self.assertEqual(self.hyojun("tally", "merge", "u.json", "p.json", code=1).out_bytes, whole)
        self.write("gj.csv", "name,code\nGJ000139,U+F0000\n")
        self.hyojun("table", "import", "gj.csv", "-o", "gj.hjl", code=0)
        whole = self.report("l", self.parts[1], "--table", "gj.hjl")
        self.check_message(self.hyojun("tally", "merge", "l.json"), 3, "table|layers", "l.json:1")
        self.check_message(self.hyojun("tally", "merge", "p.json", "--table", "gj.hjl"), 3, "layers")
        self.assertEqual(self.hyojun("tally", "merge", "l.json", "--table", "gj.hjl").out_bytes, whole)

    def test_exit_codes(self):
        self.write("clean.csv", "名\n山\n")
        self.report("clean", "clean.csv")
        self.assertEqual(self.hyojun("tally", "merge", "clean.json", code=0).out_bytes, self.read("clean.json"))
        self.check_message(self.hyojun("tally", "merge", "absent.json"), 4, "absent|cannot|No such", "absent.json")
        self.hyojun("tally", "merge", code=2)
        self.write("warned.csv", '名\n"山\n')
        self.report("warned", "warned.csv")
        self.assertEqual(self.hyojun("tally", "merge", "clean.json", "warned.json", code=1).json()["files"][1]["name"], "warned.csv")

    def test_no_sum(self):
        self.report("a", self.parts[0], "--no-header")
        for name, options in (("columns", ["--columns", "2"]), ("names", ["--name-columns", "2"]), ("glyphs", ["--default-glyphs"]),
                              ("system", ["--system", "x"])):
            self.report(name, self.parts[1], "--no-header", *options)
            self.check_message(self.hyojun("tally", "merge", "a.json", name + ".json"), 3, ".", name + ".json:1")
        self.check_message(self.hyojun("tally", "merge", "a.json", "a.json"), 3, "same name", "a.json:1")
        stream = self.read("a.json") * 2
        self.check_message(self.hyojun("tally", "merge", "-", stdin=stream), 3, "same name", "-:2")
        other = json.loads(self.read("a.json"))
        other["files"][0]["name"] = "other"
        other["table"]["digest"] = "0" * 64
        self.write("b.json", dumped(other))
        self.check_message(self.hyojun("tally", "merge", "a.json", "b.json"), 3, "another table", "b.json:1")

    def test_what_is_no_report(self):
        report = self.report("a", self.parts[0], *WATCH).decode()
        for text in ("", " \n", "null", "1", "{}", "[]", "[" * 100000, '{"a":' * 100000, report[:-20], report + "x", report + "{",
                     report.replace('"hyojun.identify/1"', '"hyojun.identify/2"'), report.replace('"hyojun.identify/1"', "[]"),
                     report.replace('"records":', '"records":NaN,"x":', 1), report.replace('"records":', '"records":1,"records":', 1),
                     report.replace('"bytes":', '"bytes":1e400,"b":', 1), '{"schema":"hyojun.identify/1"}', "\ufeff" + report,
                     '{"schema":"hyojun.profile/1"}', report.replace("residents", "\ud800") if "residents" in report else "{\"\\ud800\":1}"):
            self.write("bad.json", text.encode("utf-8", "surrogatepass"))
            self.check_message(self.hyojun("tally", "merge", "bad.json"), 3, ".", "bad.json")
        self.write("bin.json", bytes(range(256)) * 8)
        self.check_message(self.hyojun("tally", "merge", "bin.json"), 3, ".", "bin.json")

    def test_every_number_and_key_is_checked(self):
        """Any number or key changed, any entry doubled or swapped: refused, and nothing is written."""
        self.write("s.csv", "〓,ヤマ一,辻\n 山\uE000,x,한\n山\uE000한,,\uE001\n葛\U000E0100,\u0001,葛\n")
        options = ["--no-header", "--name-columns", "1", "--kana-columns", "2", "--default-glyphs"]
        report = json.loads(self.report("s", "s.csv", *options))
        self.assertTrue(report["exceptions"] and report["suspicions"] and report["font_dependent"])
        wrong_reports = []

        def places(value, path=()):
            yield path, value
            items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
            for key, inner in items:
                yield from places(inner, path + (key,))

        def changed(path, change):
            out = copy.deepcopy(report)
            at = out
            for key in path[:-1]:
                at = at[key]
            change(at, path[-1])
            return out

        for path, value in places(report):
            free = not path or "references" in path
            changes = []
            if isinstance(value, int) and not isinstance(value, bool) and not free:
                wrong = [-1, 1.5, "1", None, [], 1 << 53, 1 << 63, (1 << 64) - 1, 1 << 70, True]
                if path[-1] not in ("record", "field", "byte"):
                    wrong += [0] if value else [1]
                    wrong += [value + 1]
                for other in wrong:
                    changes.append(lambda at, key, other=other: at.__setitem__(key, other))
            if isinstance(value, list) and len(value) > 1 and path[-1] != "files" and not free:
                changes.append(lambda at, key: at[key].append(at[key][0]))
                if path[-1] in ("exceptions", "suspicions", "font_dependent"):
                    changes.append(lambda at, key: at[key].reverse())
            if isinstance(value, dict) and not free:
                changes.append(lambda at, key: at[key].__setitem__("new", 1))
                changes.append(lambda at, key: at.__setitem__(key, []))
            if path and isinstance(path[-1], str) and not free:
                changes.append(lambda at, key: at.pop(key))
            wrong_reports += [(path, change) for change in changes]
        self.assertGreater(len(wrong_reports), 300)
        for path, change in thinned(wrong_reports):
            run = self.hyojun("tally", "merge", "-", stdin=dumped(changed(path, change)).encode())
            self.check_message(run, 3, ".", "-:1")

    def test_no_part_says_what_another_part_may_not(self):
        """Names and references come from the table in use, not from the file."""
        report = json.loads(self.report("a", self.parts[0], *WATCH))
        expected = self.read("a.json")
        for entry in report["exceptions"]:
            entry["name"] = "MJ999999"
            entry["collection"] = "x"
        run = self.hyojun("tally", "merge", "-", stdin=dumped(report).encode())
        self.assertEqual(run.out_bytes, expected)
        self.assertEqual(list(run.json()["outcomes"]), OUTCOMES)


if __name__ == "__main__":
    main()
