"""Nothing half-written, nothing overwritten: existing files, full disks, signals, killed runs (promise 5)."""
import resource
import signal
import time

import e2e
from e2e import Case, main, os, subprocess, unittest

MANY = "氏名,備考\n" + "山한\uE000,川\n" * 20000


class Existing(Case):
    def setUp(self):
        super().setUp()
        self.write("a.csv", "氏名\n한\n")

    def test_refused_without_force(self):
        for name in ("e.csv", "e.xlsx"):
            self.write(name, "precious")
            self.check_message(self.hyojun("identify", "a.csv", "--exceptions", name), 2, "exists", name)
            self.assertEqual(self.read(name), b"precious")
            self.hyojun("identify", "a.csv", "--exceptions", name, "--force", code=1)
            self.assertNotEqual(self.read(name), b"precious")

    def test_an_input_is_never_an_output(self):
        original = self.read("a.csv")
        os.link(self.path("a.csv"), self.path("same.csv"))
        for name in ("a.csv", "./a.csv", self.path("a.csv"), "same.csv"):
            run = self.hyojun("identify", "a.csv", "--exceptions", name, "--force")
            self.check_message(run, 2, "one of the input files", "csv")
        self.write("gj.csv", "name,code\nGJ000001,U+E000\n")
        self.check_message(self.hyojun("table", "import", "gj.csv", "-o", "gj.csv", "--force"), 2, "input files")
        self.write("g.csv", "code,target\nU+E000,MJ000001\n")
        self.check_message(self.hyojun("identify", "a.csv", "--gaiji", "g.csv", "--exceptions", "g.csv", "--force"), 2,
                           "input files")
        self.assertEqual(self.read("a.csv"), original)

    def test_a_failed_run_keeps_the_old_file(self):
        self.write("bad.csv", b"h\n" + "한\n".encode() * 50000 + b"\xff\n")
        for name in ("e.csv", "e.xlsx"):
            self.write(name, "old")
            self.hyojun("identify", "bad.csv", "--exceptions", name, "--force", code=3)
            self.assertEqual(self.read(name), b"old")
        self.assertEqual(self.names(), ["a.csv", "bad.csv", "e.csv", "e.xlsx"])

    def test_places_that_cannot_be_written(self):
        os.mkdir(self.path("folder.csv"))
        os.symlink("/nonexistent/x", self.path("link.csv"))
        for name, code in [("missing/e.csv", 4), ("folder.csv", 2), ("link.csv", 2), ("/proc/e.csv", 4), ("a.csv/e.csv", 4)]:
            with self.subTest(name):
                self.check_message(self.hyojun("identify", "a.csv", "--exceptions", name), code, ".", ".")

    @unittest.skipIf(os.geteuid() == 0, "root writes everywhere")
    def test_folder_without_permission(self):
        os.mkdir(self.path("locked"), 0o500)
        self.check_message(self.hyojun("identify", "a.csv", "--exceptions", "locked/e.csv"), 4, "permission", "locked")


class FullDisk(Case):
    def test_file_size_limit(self):
        self.write("a.csv", MANY)

        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

        for name in ("e.csv", "e.xlsx"):
            with self.subTest(name):
                run = self.hyojun("identify", "a.csv", "--exceptions", name, preexec_fn=limit)
                self.check_message(run, 4, "cannot write", name)
                self.assertEqual(self.names(), ["a.csv"])

    def test_small_file_system(self):
        os.mkdir(self.path("small"))
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", self.path("small")],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        if mounted.returncode != 0:
            self.skipTest("no right to mount")
        self.addCleanup(subprocess.run, ["umount", self.path("small")], check=False)
        self.write("a.csv", MANY)
        for name in ("small/e.csv", "small/e.xlsx"):
            with self.subTest(name):
                self.check_message(self.hyojun("identify", "a.csv", "--exceptions", name), 4, "no space|cannot write", name)
                self.assertEqual(os.listdir(self.path("small")), [])


class Signals(Case):
    def start(self, *arguments, **options):
        return subprocess.Popen([e2e.BINARY, *arguments], cwd=self.folder, env=e2e.environment(),
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)

    def wait_for_temporary(self):
        for _ in range(600):
            found = [name for name in self.names() if ".hyojun-" in name]
            if found:
                return found
            time.sleep(0.05)
        self.fail("no temporary file appeared")

    def stop_in_the_middle(self, number, name="e.csv"):
        """A run that reads a pipe which stays open, stopped by a signal while its output is half-written."""
        process = self.start("identify", "-", "--exceptions", name, stdin=subprocess.PIPE)
        process.stdin.write(MANY.encode())
        process.stdin.flush()
        temporary = self.wait_for_temporary()
        process.send_signal(number)
        code = process.wait(timeout=60)
        err = process.stderr.read().decode()
        out = process.stdout.read()
        for stream in (process.stdin, process.stdout, process.stderr):
            stream.close()
        return code, out, err, temporary

    def test_interrupt_leaves_nothing(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            for name in ("e.csv", "e.xlsx"):
                with self.subTest(number, name=name):
                    code, out, err, _ = self.stop_in_the_middle(number, name)
                    self.assertEqual((code, out), (130, b""))
                    self.assertIn("interrupted", err)
                    self.assertEqual(self.names(), [])

    def test_interrupt_while_a_named_pipe_is_opened(self):
        os.mkfifo(self.path("pipe"))
        process = self.start("identify", "pipe")
        self.wait_for_handler(process, signal.SIGINT)
        time.sleep(0.3)  # until it stands in open
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        self.assertEqual((process.returncode, out), (130, b""), err)

    def test_a_killed_run_is_cleaned_up_by_the_next_which_says_so(self):
        self.write("e.csv", "old")
        process = self.start("identify", "-", "--exceptions", "e.csv", "--force", stdin=subprocess.PIPE)
        process.stdin.write(MANY.encode())
        process.stdin.flush()
        [temporary] = self.wait_for_temporary()
        process.kill()
        process.communicate(timeout=60)
        self.assertEqual(self.names(), [temporary, "e.csv"])
        self.assertEqual(self.read("e.csv"), b"old")
        self.assertEqual(os.stat(self.path(temporary)).st_mode & 0o777, 0o600)
        run = self.hyojun("identify", "-", "--exceptions", "e.csv", "--force", stdin="h\n한\n".encode(), code=1)
        self.assertIn(temporary, run.err)
        self.assertIn("removed", run.err)
        self.assertEqual(self.names(), ["e.csv"])

    def test_table_import_cleans_up_and_says_so(self):
        self.write("gj.csv", "name,code\nGJ000001,U+E000\n")
        finished = subprocess.Popen(["true"])
        finished.wait()
        leftover = f".gj.hjl.hyojun-{finished.pid}.tmp"
        self.write(leftover, "half")
        run = self.hyojun("table", "import", "gj.csv", "-o", "gj.hjl", code=0)
        self.assertIn(leftover, run.err)
        self.assertEqual(self.names(), ["gj.csv", "gj.hjl"])

    def test_the_temporary_file_of_a_living_run_stays(self):
        process = self.start("identify", "-", "--exceptions", "e.csv", stdin=subprocess.PIPE)
        process.stdin.write(MANY.encode())
        process.stdin.flush()
        [temporary] = self.wait_for_temporary()
        self.hyojun("identify", "-", "--exceptions", "e.csv", stdin=b"h\n", code=0)
        self.assertIn(temporary, self.names())
        out, err = process.communicate(timeout=60)
        # the name is taken meanwhile: the slower run refuses to overwrite it
        self.assertEqual(process.returncode, 2, (out, err))
        self.assertEqual(self.names(), ["e.csv"])


if __name__ == "__main__":
    main()
