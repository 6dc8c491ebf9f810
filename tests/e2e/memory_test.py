"""Peak memory: 2 GB through a pipe, files of 300 MB identified and converted, 100,000 and more than 2,000,000 distinct exceptions."""
import threading

import e2e
from e2e import Case, SANITIZED, main, os, subprocess, sys

LIMIT = 100 * 10**6
MEGABYTE = 1 << 20

# Runs the command given and prints its peak memory in bytes: a process of its own, because the figure of
# RUSAGE_CHILDREN is the largest of all children there ever were.
MEASURE = ("import resource,subprocess,sys;code=subprocess.call(sys.argv[1:]);"
           "print('peak', resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024, file=sys.stderr);sys.exit(code)")


def residents(distinct):
    """About 64 MB of records with `distinct` exceptional characters, all line ends inside."""
    lines = []
    size = 0
    i = 0
    while size < 64 * MEGABYTE:
        base, selector = divmod(i % distinct, 200)
        line = f"{i},山田太郎{chr(0x4E00 + base)}{chr(0xE0100 + 30 + selector)},東京都千代田区霞が関一丁目\n".encode()
        lines.append(line)
        size += len(line)
        i += 1
    return b"".join(lines)


class Memory(Case):
    def measured(self, *arguments, feed=None, command="identify"):
        command = [sys.executable, "-c", MEASURE, e2e.BINARY, command, *arguments, "--json"]
        process = subprocess.Popen(command, cwd=self.folder, env=e2e.environment(), stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        writer = threading.Thread(target=self.feed, args=(process.stdin, feed or []))
        writer.start()
        out_reader = process.stdout.read()
        err = process.stderr.read().decode()
        writer.join()
        code = process.wait(timeout=600)
        process.stdout.close()
        process.stderr.close()
        peak = int(err.rsplit("peak ", 1)[1])
        print(f"{self._testMethodName}: peak {peak / 1e6:.1f} MB", file=sys.stderr)
        return code, out_reader, err, peak

    @staticmethod
    def feed(pipe, blocks):
        try:
            with pipe:
                for block in blocks:
                    pipe.write(block)
        except BrokenPipeError:
            pass  # the run has refused the rest

    def check(self, result, characters_over):
        code, out, err, peak = result
        self.assertEqual(code, 1, err)
        report = e2e.json.loads(out)
        self.check_sums(report)
        self.assertGreater(report["characters"], characters_over)
        if not SANITIZED:
            self.assertLess(peak, LIMIT)
        return report

    def test_two_gigabytes_with_100000_distinct(self):
        block = residents(100_000)
        count = 4 if SANITIZED else 2**31 // len(block) + 1
        report = self.check(self.measured("-", "--no-header", feed=[block] * count), 10**8)
        self.assertEqual(report["bytes"], count * len(block))
        self.assertEqual(len(report["exceptions"]), 100_000)

    def test_a_file_of_300_megabytes(self):
        block = residents(1000)
        with open(self.path("a.csv"), "wb") as file:
            for _ in range(5):
                file.write(block)
        self.assertGreater(os.path.getsize(self.path("a.csv")), 300 * 10**6)
        for extra in ([], ["--threads", "1"], ["--name-columns", "2", "--no-header"]):
            self.check(self.measured("a.csv", *extra), 10**7)

    def test_convert_of_large_files(self):
        block = residents(1000)
        half_width = ("ﾔﾏﾀﾞﾀﾛｳ," * 50 + "\n").encode("cp932") * 160_000  # becomes three times as long
        runs = [(block * 5, []), (block, ["--form", "base", "--shrink"]), (half_width * 2, ["--encoding", "cp932"])]
        for data, options in runs:
            with open(self.path("a.csv"), "wb") as file:
                file.write(data)
            for threads in ("1", "16"):
                code, out, err, peak = self.measured("a.csv", "--no-header", *options, "--unidentified", "geta", "-o", "b.csv",
                                                     "--force", "--threads", threads, command="convert")
                self.assertIn(code, (0, 1), err)
                report = e2e.json.loads(out)
                self.assertEqual(report["bytes"], len(data))
                self.assertEqual(report["outputs"][0]["bytes"], os.path.getsize(self.path("b.csv")))
                if not SANITIZED:
                    self.assertLess(peak, LIMIT)

    def test_nothing_but_distinct_exceptions_on_many_threads(self):
        # Each block alone holds tens of thousands: what waits to be joined must not hold the tallies of all of them.
        distinct = [f"{chr(0x4E00 + b)}{chr(0xE0120 + s)}" for b in range(500) for s in range(190)]
        block = "".join(",".join(distinct[i:i + 50]) + "\n" for i in range(0, len(distinct), 50)).encode()
        with open(self.path("a.csv"), "wb") as file:
            for _ in range(30):
                file.write(block)
        report = self.check(self.measured("a.csv", "--no-header", "--threads", "16"), 10**6)
        self.assertEqual(len(report["exceptions"]), len(distinct))

    def test_exceptions_file_of_a_large_input(self):
        block = residents(100_000)
        for name in ("e.csv", "e.xlsx"):
            with open(self.path("a.csv"), "wb") as file:
                file.write(block[:block.rindex(b"\n", 0, 48 * MEGABYTE) + 1])
            self.check(self.measured("a.csv", "--no-header", "--exceptions", name, "--key", "1"), 10**6)

    def test_more_than_two_million_distinct(self):
        def blocks():
            for base in range(0x4E00, 0x4E00 + 20_000):
                yield "".join(f"{chr(base)}{chr(0xE0100 + s)}\n" for s in range(100, 240)).encode()

        code, out, err, peak = self.measured("-", "--no-header", feed=blocks())
        self.assertEqual((code, out), (3, b""), err)
        self.assertRegex(err, "more than 2000000 distinct exceptional characters: this is not text in utf-8")
        print(f"peak {peak / 1e6:.1f} MB", file=sys.stderr)


if __name__ == "__main__":
    main()
