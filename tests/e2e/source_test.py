"""What a run makes of its sources: several encodings, pipes, headers that are none, short records, profiles."""
import json
import os
import pty
import subprocess
import threading

from e2e import BINARY, SANITIZED, Case, environment, main, unittest


class Sources(Case):
    def test_the_same_bytes_in_two_encodings_are_two_characters(self):
        self.write("le.csv", b"\xff\xfea\x00\n\x00\xac\x01")
        self.write("be.csv", b"\xfe\xff\x00a\x00\n\xac\x01")
        for files in (("le.csv", "be.csv"), ("be.csv", "le.csv")):
            report = self.identify(*files, code=1)
            self.assertEqual([e["text"] for e in report["exceptions"]], ["U+01AC", "U+AC01"])
            self.assertIsNone(report["source"]["encoding"])

    def test_a_named_pipe_is_read_once_on_a_terminal(self):
        os.mkfifo(self.path("pipe"))

        def feed():
            with open(self.path("pipe"), "wb") as pipe:
                pipe.write("a,b\n山,川\n".encode())

        feeder = threading.Thread(target=feed)
        feeder.start()
        terminal, other_end = pty.openpty()
        try:
            done = subprocess.run([BINARY, "identify", "pipe", "--json"], cwd=self.folder, env=environment(),
                                  stdout=subprocess.PIPE, stderr=other_end, timeout=60)
        finally:
            os.close(other_end)
            os.close(terminal)
        feeder.join(60)
        self.assertEqual(json.loads(done.stdout)["records"], 2)

    def test_a_first_record_that_is_data_is_said_and_shown_nowhere(self):
        self.write("a.csv", "1000001,山田太郎,東京\n1000002,鈴木\ue000,大阪\n")
        run = self.hyojun("identify", "a.csv", "--exceptions", "e.csv", code=1)
        self.assertIn("--no-header", run.err)
        self.assertNotIn("山田太郎".encode(), self.read("e.csv") + run.out_bytes + run.err_bytes)

    def test_a_record_too_short_for_a_name_has_none(self):
        self.write("a.csv", "氏名,住所\n山田,東京\n\n鈴木\n")
        report = self.identify("a.csv", "--name-columns", "住所", code=1)
        found = [(s["kind"], s["first"][0]["record"]) for s in report["suspicions"]]
        self.assertEqual(found, [("empty_field", 4)])
        self.identify("a.csv", "--name-columns", "氏名", code=0)

    def test_stated_shapes_are_reported(self):
        self.write("a.csv", "a\n辻\n")
        self.write("p.json", '{"schema":"hyojun.profile/1","system":"s","encoding":"utf-8","shapes":"jis90",'
                             '"shape_exceptions":["U+8FBB"]}')
        source = self.identify("a.csv", "--profile", "p.json", code=0)["source"]
        self.assertEqual((source["shapes"], source["shape_exceptions"]), ("jis90", ["U+8FBB"]))
        self.assertIn("jis90", self.hyojun("identify", "a.csv", "--profile", "p.json", code=0).out)

    def test_a_gaiji_table_without_a_system_is_said(self):
        self.write("a.csv", b"a\n\xf0\x40\n")
        self.write("g.csv", "code,target\n0xF040,MJ026190\n")
        run = self.hyojun("identify", "a.csv", "--encoding", "cp932", "--gaiji", "g.csv", "--system", "s", code=0)
        self.assertIn("names no system", run.err)

    def test_many_distinct_exceptions_are_the_same_on_any_threads(self):
        line = ",".join(chr(0x4E00 + 7 * i) + "\U000E0130" for i in range(400)) + "\n"
        lines = [line.replace("\U000E0130", chr(0xE0130 + i)) for i in range(40)]
        self.write("a.csv", "h\n" + "".join(lines) * 12)
        runs = [self.hyojun("identify", "a.csv", "--json", "--threads", n, code=1).out for n in ("1", "2", "16")]
        self.assertEqual(len(set(runs)), 1)
        self.assertEqual(len(json.loads(runs[0])["exceptions"]), 16_000)

    @unittest.skipIf(SANITIZED, "256 starts for one comparison: in the release build")
    def test_no_more_than_255_layers(self):
        layers = []
        for i in range(256):
            self.write("l.csv", f"name,code\nGJ{i:06},U+{0xF0000 + i:X}\n")
            self.hyojun("table", "import", "l.csv", "-o", f"{i}.hjl", code=0)
            layers += ["--table", f"{i}.hjl"]
        self.check_message(self.hyojun("char", "U+F0000", *layers), 2, "255")
        self.hyojun("char", "U+F0000", *layers[2:], "--table", "1.hjl", code=1)


if __name__ == "__main__":
    main()
