"""Kills, locks, full disks, damage: the database is as it was, or the import is whole."""
import random
import signal
import sqlite3
import time

import e2e
import sheets
from e2e import Case, environment, main, os, subprocess

KILLS = int(os.environ.get("HYOJUN_KILLS", "6" if e2e.SANITIZED else "20"))


class Crash(Case):
    def setUp(self):
        super().setUp()
        self.hyojun("init", "--all", code=0)

    def imports(self):
        return self.hyojun("history", "--json", code=0).json()["imports"]

    def test_killed_at_any_moment(self):
        bodies = [row for row in e2e.data_rows("municipalities.tsv")]
        names = {row["code"][:2]: row["name"] for row in e2e.data_rows("prefectures.tsv")}
        rows = sheets.rates(bodies=bodies)
        for row, body in zip(rows[2:], bodies):
            row[0] = names[body["code"][:2]]
        self.write("a.csv", sheets.csv(rows))
        start = time.monotonic()
        self.hyojun("import", "a.csv", code=0)
        whole = time.monotonic() - start
        self.hyojun("undo", "1", code=0)
        choose = random.Random(4)
        outcomes = set()
        for _ in range(KILLS):
            before = self.imports()
            run = subprocess.Popen([e2e.BINARY, "import", "a.csv"], cwd=self.folder, env=environment(),
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(choose.random() * whole * 1.1)
            run.send_signal(signal.SIGKILL)
            run.wait()
            after = self.imports()
            self.assertEqual(after[:len(before)], before)
            self.assertIn(len(after) - len(before), (0, 1))
            outcomes.add(len(after) - len(before))
            self.hyojun("db", "check", code=0)
            if len(after) > len(before):
                cells = self.hyojun("status", "--as-of", "2026-01-31", "--json", code=0).json()["overall"]
                self.assertEqual(cells["unreported"], 0)
                self.hyojun("undo", str(after[-1]["id"]), code=0)
        self.assertIn(0, outcomes)

    def test_interrupted(self):
        self.write("a.csv", sheets.csv(sheets.steps() * 40))
        before = self.imports()
        run = subprocess.Popen([e2e.BINARY, "import", "a.csv", "--as-of", "2026-01-31"], cwd=self.folder, env=environment(),
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.wait_for_handler(run, signal.SIGINT)
        run.send_signal(signal.SIGINT)
        self.assertIn(run.wait(), (130, 3))  # 3: it was faster, and the rows that come twice are refused
        self.assertEqual(self.imports(), before)

    def test_a_locked_file_is_waited_for_and_said(self):
        self.write("a.csv", sheets.csv(sheets.rates()))
        lock = sqlite3.connect(self.path("hyojun.db"), isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        before = self.read("hyojun.db")
        run = self.hyojun("import", "a.csv", "--wait", "1", code=4)
        self.assertIn("waiting until it has ended", run.err)
        self.assertIn("locked", run.err)
        self.assertEqual(self.read("hyojun.db"), before)
        self.hyojun("status", code=0)  # a reader does not wait
        lock.execute("ROLLBACK")
        lock.close()
        self.hyojun("import", "a.csv", code=0)

    def test_a_full_disk_changes_nothing(self):
        import resource
        self.write("a.csv", sheets.csv(sheets.rates()))
        before = self.imports()

        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))

        run = self.hyojun("import", "a.csv", preexec_fn=limit)
        self.assertEqual(run.code, 4, run)
        self.assertEqual(self.imports(), before)
        self.hyojun("db", "check", code=0)

    def test_a_folder_that_cannot_be_written(self):
        """As another user, because root writes everywhere."""
        self.write("a.csv", sheets.csv(sheets.rates()))
        self.hyojun("import", "a.csv", code=0)
        wanted = self.hyojun("status", "--as-of", "2026-01-31", "--json", code=0).json()
        os.chmod(self.path("hyojun.db"), 0o444)
        os.chmod(self.folder, 0o555)
        self.addCleanup(os.chmod, self.folder, 0o755)

        def as_nobody():
            if os.getuid() == 0:
                os.setgid(65534)
                os.setuid(65534)

        if os.getuid() == 0 and subprocess.run([e2e.BINARY, "--version"], preexec_fn=as_nobody, capture_output=True).returncode != 0:
            self.skipTest("another user cannot run the program where it lies")
        run = self.hyojun("status", "--as-of", "2026-01-31", "--json", preexec_fn=as_nobody)
        self.assertEqual(run.code, 0, run)
        self.assertEqual(run.json(), wanted)
        self.check_message(self.hyojun("undo", "1", preexec_fn=as_nobody), 4, "cannot be written|database")

    def test_what_is_no_store_is_not_touched(self):
        other = sqlite3.connect(self.path("other.db"))
        other.execute("CREATE TABLE t (x)")
        other.commit()
        other.close()
        self.write("text.db", "これは表ではありません" * 50)
        self.write("empty.db", "")
        newer = bytearray(self.read("hyojun.db"))
        newer[60:64] = (99).to_bytes(4, "big")
        self.write("newer.db", bytes(newer))
        self.write("a.csv", sheets.csv(sheets.rates()))
        for name in ("other.db", "text.db", "empty.db", "newer.db"):
            before = self.read(name)
            self.check_message(self.hyojun("status", "--db", name), 5, "hyojun")
            self.check_message(self.hyojun("import", "a.csv", "--db", name), 5, "hyojun")
            self.assertEqual(self.read(name), before)
        self.assertFalse([name for name in self.names() if name.endswith(("-wal", "-shm"))])
        self.check_message(self.hyojun("status", "--db", "none.db"), 4, "no database", "none.db")

    def test_damage_is_found(self):
        raw = bytearray(self.read("hyojun.db"))
        for at in range(4096 * 2, len(raw), 4096):
            raw[at:at + 300] = b"\xFF" * 300
        self.write("hyojun.db", bytes(raw))
        for command in (["status"], ["db", "check"]):
            self.assertEqual(self.hyojun(*command).code, 5)


if __name__ == "__main__":
    main()
