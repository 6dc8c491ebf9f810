"""Exit codes and messages: what, where, what next, in both languages, and nothing on stdout."""
import e2e
from e2e import Case, main, os, subprocess, unittest

JAPANESE = r"[\u3040-\u30FF\u4E00-\u9FFF]"


class Language(Case):
    def message(self, *arguments, **env):
        return self.hyojun("identify", "missing.csv", *arguments, env=env, code=4).err

    def test_order_of_choice(self):
        english, japanese = "cannot open", "開けません"
        for expected, arguments, env in [
                (english, (), {}),
                (japanese, (), {"LANG": "ja_JP.UTF-8"}),
                (japanese, (), {"LC_ALL": "ja_JP.UTF-8", "LANG": "en_US.UTF-8"}),
                (english, (), {"LC_ALL": "C", "LANG": "ja_JP.UTF-8"}),
                (japanese, (), {"HYOJUN_LANG": "ja", "LC_ALL": "C"}),
                (english, (), {"HYOJUN_LANG": "en", "LC_ALL": "ja_JP.UTF-8"}),
                (japanese, ("--lang", "ja"), {"HYOJUN_LANG": "en"}),
                (english, ("--lang", "en"), {"HYOJUN_LANG": "ja"})]:
            with self.subTest(arguments=arguments, env=env):
                self.assertIn(expected, self.message(*arguments, **env))

    def test_json_does_not_depend_on_it(self):
        self.write("a.csv", "氏名\n한\n")
        runs = [self.hyojun("identify", "a.csv", "--json", "--lang", lang, code=1) for lang in ("ja", "en")]
        self.assertEqual(runs[0].out_bytes, runs[1].out_bytes)


class EveryError(Case):
    """Each call in both languages."""

    def check(self, code, arguments, english, where=None, next_=True, **options):
        run = self.hyojun(*arguments, "--lang", "en", **options)
        self.check_message(run, code, english, where, next_)
        run = self.hyojun(*arguments, "--lang", "ja", **options)
        self.check_message(run, code, JAPANESE, where, next_)

    def test_usage(self):
        self.write("a.csv", "氏名\n山\n")
        for arguments, message in [
                (["identify"], "missing: FILE"), (["idntify", "a.csv"], "no command"),
                (["identify", "a.csv", "--colums", "1"], "no option"), (["table", "inf"], "no command"),
                (["identify", "a.csv", "--threads", "0"], "1 to 1024"), (["identify", "a.csv", "--threads=-1"], "1 to"),
                (["identify", "a.csv", "--threads", "99999999999999999999"], "1 to"),
                (["identify", "a.csv", "--threads", "two"], "1 to"), (["identify", "a.csv", "--format", "xml"], "--format"),
                (["identify", "a.csv", "--encoding", "shift_jis"], "unsupported encoding"),
                (["identify", "a.csv", "--key", "氏名"], "--exceptions"), (["identify", "a.csv", "--columns"], "value"),
                (["identify", "a.csv", "--json=1"], "no value"), (["identify", "a.csv", "--json", "--json"], "only once"),
                (["identify", "a.csv", "--exceptions", "x.txt"], "csv or"), (["char"], "missing"), (["char", ""], "look up"),
                (["table", "diff", "bundled"], "missing"), (["table", "import", "a.csv"], "-o"),
                (["table", "import", "-o", "x.hjl"], "--font")]:
            with self.subTest(arguments):
                self.check(2, arguments, message)
        self.assertEqual(self.names(), ["a.csv"])

    def test_no_command_at_all(self):
        run = self.hyojun(code=2)
        self.assertEqual(run.out, "")
        self.assertIn("identify", run.err)

    def test_input_rejected(self):
        self.write("a.csv", "氏名\n山\n川,\x1b$B\n")
        self.check(3, ["identify", "a.csv"], "ESC", r"a\.csv:3:2, (byte|バイト) 15")
        self.write("a.csv", "氏名\n山\n".encode() + "川,田\n".encode("cp932"))
        self.check(3, ["identify", "a.csv"], "no UTF-8", r"a\.csv:3:1, (byte|バイト) 11")
        self.assertIn("cp932", self.hyojun("identify", "a.csv").err)
        self.check(3, ["identify", "-"], "no UTF-8", "-:1:1", stdin=b"\xff")
        self.write("p.json", "[]")
        self.check(3, ["identify", "a.csv", "--profile", "p.json"], "JSON", r"p\.json")
        self.write("gj.csv", "name,code\nGJ000001,U+5C71\n")
        self.check(3, ["table", "import", "gj.csv", "-o", "x.hjl"], "standard table", r"gj\.csv:2")
        self.write("empty.csv", "name,code\n")
        self.check(3, ["table", "import", "empty.csv", "-o", "x.hjl"], "no character", r"empty\.csv")

    def test_escape_and_damage_are_outcomes_where_utf8_is_stated(self):
        self.write("a.csv", b"h\n\x1b\xff\n")
        report = self.identify("a.csv", "--encoding", "utf-8", code=1)
        self.assertEqual(self.counts(report), {"control": 1, "malformed": 1})

    def test_environment(self):
        for name, message in [("missing.csv", "no such file"), (".", "folder"), ("a/b.csv", "no such file"),
                              ("", "no such file"), ("x" * 300, "too long")]:
            with self.subTest(name):
                self.check(4, ["identify", name], message, None if name == "" else ".")
        self.check(4, ["table", "info", "missing.hjl"], "no such file")
        self.check(4, ["char", "山", "--table", "missing.hjl"], "no such file", "missing")
        self.check(4, ["char", "山"], "no such file", "missing", env={"HYOJUN_TABLE": "missing.hjl"})

    @unittest.skipIf(os.geteuid() == 0, "root reads everything")
    def test_unreadable(self):
        self.write("a.csv", "氏名\n")
        os.chmod(self.path("a.csv"), 0)
        self.check(4, ["identify", "a.csv"], "permission", r"a\.csv")

    def test_damaged(self):
        self.write("x.hjl", "this is no table")
        self.check(5, ["identify", "-", "--table", "x.hjl"], "table|layer", r"x\.hjl", next_=True)

    def test_full_standard_output(self):
        self.write("a.csv", "氏名\n山\n")
        for arguments in (["identify", "a.csv"], ["identify", "a.csv", "--json"], ["char", "山"], ["table", "info"],
                          ["--help"], ["--version"]):
            with self.subTest(arguments), open("/dev/full", "wb") as full:
                done = subprocess.run([e2e.BINARY, *arguments], cwd=self.folder, env=e2e.environment(), stdout=full,
                                      stderr=subprocess.PIPE, timeout=60)
                self.assertEqual(done.returncode, 4)
                self.assertIn(b"no space left", done.stderr)

    def test_a_reader_that_leaves_early_ends_in_silence(self):
        process = subprocess.Popen([e2e.BINARY, "char", *["よみ:あ"] * 3000], env=e2e.environment(),
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.read(10)
        process.stdout.close()
        self.assertEqual(process.stderr.read(), b"")
        process.stderr.close()
        self.assertIn(process.wait(timeout=120), (0, 1))


class Help(Case):
    def test_help_and_version(self):
        for arguments in (["--help"], ["-h"], ["identify", "--help"], ["help", "char"], ["--version"]):
            for lang in ("ja", "en"):
                run = self.hyojun(*arguments, "--lang", lang, code=0)
                self.assertEqual(run.err, "")
                self.assertTrue(run.out)
        self.assertRegex(self.hyojun("--version").out, "[0-9a-f]{12}")


if __name__ == "__main__":
    main()
