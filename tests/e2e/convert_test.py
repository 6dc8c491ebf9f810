"""convert: forms, policies, exit codes, streams, whole or nothing, hostile input."""
import resource
import signal
import stat
import time

import e2e
from e2e import Case, data_rows, main, os, subprocess, text_of

# One of each outcome: plain, default glyph, listed sequence, gaiji, unregistered sequence, outside the standard, control.
TEXT = "番号,氏名\r\n1,山\r\n2,辻\r\n3,\"渡\u9089\U000E010F\"\"\r\n,\"\r\n4,\uE000\r\n5,辻\U000E01EF\r\n6,张\r\n7,\x01\r\n8,髙か\u3099\r\n"
ACTIONS = ["form", "decision", "shrink", "keep", "geta", "tag", "unselected", "refused", "substitute", "fold",
           "unfit", "double_code"]


class ConvertCase(Case):
    def convert(self, *arguments, code=None, **options):
        """Runs convert --json and checks what holds for any input."""
        run = self.hyojun("convert", *arguments, "--json", code=code, **options)
        report = e2e.json.loads(run.err if "-o" in arguments and arguments[arguments.index("-o") + 1] == "-" else run.out)
        self.assertEqual(report["schema"], "hyojun.convert/1")
        self.assertEqual(sum(report["outcomes"].values()), report["characters"])
        self.assertEqual(list(report["actions"]), ACTIONS)
        sums = dict.fromkeys(ACTIONS, 0)
        listed = dict.fromkeys(e2e.OUTCOMES, 0)
        for entry in report["replacements"]:
            sums[entry["action"]] += entry["count"]
            if entry["action"] in ("keep", "geta", "tag", "refused"):
                listed[entry["outcome"]] += entry["count"]
        self.assertEqual(sums, report["actions"])
        for outcome in e2e.EXCEPTIONS:
            if "--columns" not in arguments:
                self.assertEqual(listed[outcome], report["outcomes"][outcome], "every exception is accounted for")
        self.assertEqual(report["written"], report["actions"]["refused"] == 0)
        return run, report


class Policies(ConvertCase):
    def setUp(self):
        super().setUp()
        self.write("a.csv", TEXT)

    def result(self, *arguments, code):
        run, report = self.convert("a.csv", "-o", "out.csv", "--force", *arguments, code=code)
        self.assertEqual(report["outputs"], [{"name": "out.csv", "bytes": len(self.read("out.csv"))}])
        return self.read("out.csv").decode(), report

    def test_fail_writes_nothing_and_reports_all(self):
        run, report = self.convert("a.csv", "-o", "out.csv", code=3)
        self.assertEqual(self.names(), ["a.csv"])
        self.assertEqual([r["text"] for r in report["replacements"]], ["U+E000", "U+8FBB U+E01EF", "U+5F20", "U+0001"])
        self.assertEqual({r["action"] for r in report["replacements"]}, {"refused"})
        self.assertEqual(report["replacements"][0]["first"], [{"file": "a.csv", "record": 5, "field": 2,
                                                                "byte": TEXT.encode().index("\uE000".encode())}])

    def test_keep_changes_nothing(self):
        text, report = self.result("--unidentified", "keep", code=1)
        self.assertEqual(text, TEXT)
        self.assertEqual(report["actions"]["keep"], 4)

    def test_geta(self):
        text, _ = self.result("--unidentified", "geta", code=1)
        self.assertEqual(text, TEXT.replace("\uE000", "〓").replace("辻\U000E01EF", "〓").replace("张", "〓").replace("\x01", "〓"))

    def test_tag(self):
        text, _ = self.result("--unidentified", "tag", code=1)
        self.assertEqual(text, TEXT.replace("\uE000", "〔-:-:EE8080〕").replace("辻\U000E01EF", "〔-:8FBB:E8BEBBF3A087AF〕")
                         .replace("张", "〔-:5F20:E5BCA0〕").replace("\x01", "〔-:0001:01〕"))

    def test_base(self):
        text, report = self.result("--form", "base", "--unidentified", "keep", code=1)
        self.assertEqual(text, TEXT.replace("\U000E010F", ""))
        [form] = [r for r in report["replacements"] if r["action"] == "form"]
        self.assertEqual((form["text"], form["target"], form["relation"]), ("U+9089 U+E010F", "U+9089", None))

    def test_shrink(self):
        for arguments in (["--shrink"], ["--shrink", "strict"], ["--shrink=ipa"]):
            text, report = self.result(*arguments, "--unidentified", "geta", code=1)
            self.assertEqual(text, TEXT.replace("\U000E010F", "").replace("髙か\u3099", "高が").replace("\uE000", "〓")
                             .replace("辻\U000E01EF", "〓").replace("张", "〓").replace("\x01", "〓"))
            relations = {r["text"]: r["relation"] for r in report["replacements"] if r["action"] == "shrink"}
            self.assertEqual(relations, {"U+9089 U+E010F": "jis_unification", "U+9AD9": "jis_unification"})
        text, report = self.result("--shrink", "none", "--unidentified", "geta", code=1)
        self.assertIn("8,〓が", text)
        self.assertEqual(report["options"], {"to": "utf-8", "form": "ivs", "shrink": "none", "unidentified": "geta",
                                             "shrink_to": "jisx0213", "shrink_map": None, "unfit": None, "fold": [], "rules": None})

    def test_no_sequence_for_a_plain_code_point(self):
        shared = "".join(text_of(r["implemented"]) for r in data_rows("mj.tsv") if r["implemented"])
        self.write("plain.txt", shared + "\n")
        for form in ("ivs", "base"):
            self.hyojun("convert", "plain.txt", "-o", form, "--form", form, code=0)
            self.assertEqual(self.read(form).decode(), shared + "\n")

    def test_mode_and_language(self):
        for lang, word in (("ja", "を書きました"), ("en", "bytes written to")):
            run = self.hyojun("convert", "a.csv", "-o", lang, "--unidentified", "geta", "--lang", lang, code=1)
            self.assertIn(word, run.out)
            self.assertEqual(stat.S_IMODE(os.stat(self.path(lang)).st_mode), 0o600)
            self.assertNotIn("山", run.out.replace("氏名", ""), "no field of a resident")


class Sources(ConvertCase):
    def test_cp932_with_gaiji(self):
        self.write("g.csv", "code,target\n0xF040,MJ026190\n0xF041,U+8FBB\n0xF042,U+002C\n0xF043,\n")
        self.write("a.csv", b"h\r\n\xf0\x40\xf0\x41\xb1\x95\x5c\r\n\xf0\x42\xf0\x43\x80\r\n")
        arguments = ["a.csv", "--encoding", "cp932", "--gaiji", "g.csv", "-o", "out.csv", "--force"]
        _, report = self.convert(*arguments, "--unidentified", "tag", code=1)
        self.assertEqual(self.read("out.csv").decode(), "h\r\n\u9089\U000E010F辻ｱ表\r\n〔U+002C:002C:F042〕〔-:-:F043〕〔-:-:80〕\r\n")
        self.assertEqual(report["actions"]["decision"], 2)
        self.convert(*arguments, "--unidentified", "keep", code=3)

    def test_utf16_and_bom(self):
        for encoding, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"), ("utf-8", b"\xef\xbb\xbf")):
            self.write("a.csv", mark + "h\n𠮷山\n".encode(encoding))
            self.hyojun("convert", "a.csv", "-o", "out.csv", "--force", code=0)
            self.assertEqual(self.read("out.csv").decode(), "h\n𠮷山\n")

    def test_every_code_of_cp932_agrees_with_the_table(self):
        rows = [r for r in data_rows("cp932.tsv")]
        self.write("a.txt", b"".join(bytes.fromhex(r["code"][2:]) for r in rows))
        self.hyojun("convert", "a.txt", "--encoding", "cp932", "-o", "out.txt", code=0)
        self.assertEqual(self.read("out.txt").decode(), "".join(text_of(r["ucs"]) for r in rows))

    def test_columns(self):
        self.write("a.csv", "甲,乙\n\uE000,张\n\uE001,\uE002\n")
        run, report = self.convert("a.csv", "-o", "out.csv", "--columns", "乙", "--unidentified", "geta", code=1)
        self.assertEqual(self.read("out.csv").decode(), "甲,乙\n\uE000,〓\n\uE001,〓\n")
        self.assertEqual((report["actions"]["geta"], report["actions"]["unselected"]), (2, 2))
        self.write("bad.csv", b"a,b\n\xff,x\n")
        self.hyojun("convert", "bad.csv", "--encoding", "utf-8", "--columns", "b", "-o", "bad.out", code=3)
        self.hyojun("convert", "bad.csv", "--encoding", "utf-8", "--columns", "b", "--unidentified", "geta", "-o", "bad.out", code=1)
        self.assertEqual(self.read("bad.out").decode(), "a,b\n〓,x\n")

    def test_unstated_encoding(self):
        self.write("a.csv", "h\n山\n".encode("cp932"))
        self.check_message(self.hyojun("convert", "a.csv", "-o", "out.csv", "--unidentified", "geta"), 3, "no UTF-8", "a.csv:2:1")
        self.assertEqual(self.names(), ["a.csv"])

    def test_truncated_anywhere(self):
        whole = TEXT.encode()
        for size in range(len(whole)):
            self.write("a.csv", whole[:size])
            self.hyojun("convert", "a.csv", "--encoding", "utf-8", "--unidentified", "geta", "-o", "out.csv", "--force")
            self.read("out.csv").decode()  # always UTF-8


class Streams(ConvertCase):
    def test_the_report_goes_to_standard_error(self):
        self.write("a.csv", "h\n山\uE000\n")
        run = self.hyojun("convert", "a.csv", "-o", "-", "--unidentified", "geta", "--lang", "en", code=1)
        self.assertEqual(run.out, "h\n山〓\n")
        self.assertIn("standard output", run.err)
        run, report = self.convert("a.csv", "-o", "-", "--unidentified", "keep", code=1)
        self.assertEqual((run.out, report["outputs"]), ("h\n山\uE000\n", [{"name": "-", "bytes": 9}]))
        run, report = self.convert("a.csv", "-o", "-", code=3)
        self.assertEqual((run.out_bytes, report["written"]), (b"", False))

    def test_pipes(self):
        run = self.hyojun("convert", "-", "-o", "-", "--unidentified", "geta", stdin="h\n한\n".encode(), code=1)
        self.assertEqual(run.out, "h\n〓\n")
        self.hyojun("convert", "-", "-o", "file", stdin="h\n山\n".encode(), code=0)
        self.assertEqual(self.read("file").decode(), "h\n山\n")
        self.check_message(self.hyojun("convert", "-", "-o", "-", stdin=b"h\n"), 2, "twice", "-")

    def test_kept_until_malformed_bytes(self):
        self.write("a.csv", "h\n".encode() + "山\uE000\n".encode() * 400_000 + b"\xff\n")
        run = self.hyojun("convert", "a.csv", "--encoding", "utf-8", "-o", "-", "--unidentified", "keep", "--lang", "en", code=3)
        self.assertTrue(("h\n" + "山\uE000\n" * 400_000).encode().startswith(run.out_bytes))
        self.assertIn("ends before", run.err)

    def test_a_reader_that_goes_away(self):
        self.write("a.csv", "h\n" + "山田太郎,渡辺\n" * 400_000)
        process = subprocess.Popen([e2e.BINARY, "convert", "a.csv", "-o", "-", "--unidentified", "keep"], cwd=self.folder,
                                   env=e2e.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual(process.stdout.read(2), b"h\n")
        process.stdout.close()
        err = process.stderr.read()
        process.stderr.close()
        self.assertEqual((process.wait(timeout=60), err), (4, b""))


class WholeOrNothing(ConvertCase):
    def test_usage(self):
        self.write("a.csv", "h\n")
        self.write("b.csv", "h\n")
        os.mkdir(self.path("folder"))
        for arguments, what in ((["a.csv"], "no output"), (["a.csv", "b.csv", "-o", "x"], "existing folder"),
                                (["a.csv", "b.csv", "-o", "-"], "existing folder"), (["a.csv", "-o", "b.csv"], "exists"),
                                (["-", "-o", "folder"], "no name"), (["a.csv", "./a.csv", "-o", "folder"], "same name"),
                                (["a.csv", "-o", "x", "--shrink=x"], "does not know"), (["a.csv", "-o", "x", "--form", "x"], "does not know"),
                                (["a.csv", "-o", "x", "--form", "tag", "--shrink"], "form"),
                                (["a.csv", "-o", "x", "--unidentified", "tag", "--delimiter", ":"], "delimiter")):
            with self.subTest(arguments):
                self.check_message(self.hyojun("convert", *arguments), 2, what)
        self.check_message(self.hyojun("convert", "missing.csv", "-o", "x"), 4, "cannot open", "missing.csv")
        self.assertEqual(self.names(), ["a.csv", "b.csv", "folder"])
        self.assertEqual(os.listdir(self.path("folder")), [])

    def test_an_input_is_never_an_output(self):
        self.write("a.csv", "h\n山\n")
        os.link(self.path("a.csv"), self.path("same.csv"))
        for arguments in (["-o", "a.csv"], ["-o", "same.csv"], ["-o", "."]):
            self.check_message(self.hyojun("convert", "a.csv", *arguments, "--force"), 2, "input files")
        self.assertEqual(self.read("a.csv").decode(), "h\n山\n")

    def test_many_files_appear_together(self):
        os.mkdir(self.path("out"))
        names = [f"{i}.csv" for i in range(20)]
        for name in names:
            self.write(name, f"h\n山{name}\n")
        self.write("bad.csv", "h\n\uE000\n")
        self.hyojun("convert", *names, "bad.csv", "-o", "out", code=3)
        self.assertEqual(os.listdir(self.path("out")), [])
        _, report = self.convert(*names, "-o", "out", code=0)
        self.assertEqual(sorted(os.listdir(self.path("out"))), sorted(names))
        self.assertEqual(self.read("out/7.csv").decode(), "h\n山7.csv\n")
        self.assertEqual([o["name"] for o in report["outputs"]], [f"out/{name}" for name in names])

    def test_full_disk(self):
        self.write("a.csv", "h\n" + "山\n" * 100_000)

        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

        self.check_message(self.hyojun("convert", "a.csv", "-o", "out.csv", preexec_fn=limit), 4, "cannot write", "out.csv")
        self.assertEqual(self.names(), ["a.csv"])

    def start(self, number):
        """A run over a pipe that stays open, stopped by a signal while its output is half-written."""
        process = subprocess.Popen([e2e.BINARY, "convert", "-", "-o", "out.csv", "--force"], cwd=self.folder,
                                   env=e2e.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdin.write("山,川\n".encode() * 400_000)
        process.stdin.flush()
        for _ in range(600):
            if any(".hyojun-" in name for name in self.names()):
                break
            time.sleep(0.05)
        process.send_signal(number)
        code = process.wait(timeout=60)
        for stream in (process.stdin, process.stdout, process.stderr):
            stream.close()
        return code

    def test_interrupted_and_killed(self):
        self.write("out.csv", "old")
        self.assertEqual(self.start(signal.SIGINT), 130)
        self.assertEqual(self.names(), ["out.csv"])
        self.assertEqual(self.start(signal.SIGKILL), -signal.SIGKILL)
        self.assertEqual(self.read("out.csv"), b"old")
        run = self.hyojun("convert", "-", "-o", "out.csv", "--force", "--lang", "en", stdin=b"h\n", code=0)
        self.assertIn("removed the temporary file", run.err)
        self.assertEqual(self.names(), ["out.csv"])

    def test_threads_write_the_same_bytes(self):
        self.write("a.csv", "a,b\n" + "辻,\"山\n\uE000\n\",髙\U000E0100\r\n" * 120_000)
        outputs = set()
        reports = set()
        for threads in ("1", "2", "7"):
            run, report = self.convert("a.csv", "-o", "out.csv", "--force", "--unidentified", "tag", "--shrink", "--threads", threads, code=1)
            outputs.add(self.read("out.csv"))
            reports.add(run.out)
        self.assertEqual((len(outputs), len(reports)), (1, 1))


if __name__ == "__main__":
    main()
