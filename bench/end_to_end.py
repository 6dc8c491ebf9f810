#!/usr/bin/env python3
"""Times whole processes in turn and prints medians, spread, peak memory and ratios. Called by end_to_end.sh.

usage: end_to_end.py BASE OUT.json     the files are BASE-utf-8.csv and BASE-cp932.csv
"""
import json
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from table import processor

HYOJUN = os.environ["HYOJUN_BENCH_HYOJUN"]
SLOW = 3
LIMIT = 5.0


class Job:
    """One command. `output`: None is /dev/null; a path is what the command itself or the runner writes."""

    def __init__(self, what, encoding, arguments, output=None, slow=False):
        self.what, self.encoding, self.arguments, self.output, self.slow = what, encoding, arguments, output, slow
        self.seconds, self.peak = [], 0

    @property
    def name(self):
        return f"{self.what} {self.encoding}".strip()

    def run(self):
        if self.output and os.path.exists(self.output):
            os.remove(self.output)
        with open(os.devnull, "wb") as null, tempfile.TemporaryFile() as errors:
            begin = time.perf_counter()
            process = subprocess.Popen(self.arguments, stdin=subprocess.DEVNULL, stdout=null, stderr=errors)
            _, status, usage = os.wait4(process.pid, 0)
            self.seconds.append(time.perf_counter() - begin)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode not in (0, 1) or (process.returncode == 1 and self.arguments[0] != HYOJUN):
                errors.seek(0)
                sys.exit(f"end_to_end: {' '.join(self.arguments)}: exit {process.returncode}\n"
                         + errors.read().decode("utf-8", "replace"))
        self.peak = max(self.peak, usage.ru_maxrss * 1024)

    @property
    def median(self):
        return statistics.median(self.seconds)

    @property
    def spread(self):
        if len(self.seconds) < 4:
            return float("nan")
        quartiles = statistics.quantiles(self.seconds, n=4, method="inclusive")
        return 100 * (quartiles[2] - quartiles[0]) / quartiles[1]


def hyojun_jobs(files, out):
    jobs = []
    for encoding, file in files.items():
        for threads in ("1", "2"):
            jobs.append(Job(f"hyojun identify, {threads} thread(s)", encoding,
                            [HYOJUN, "identify", file, "--encoding", encoding, "--threads", threads]))
    for encoding, file in files.items():
        command = [HYOJUN, "convert", file, "--encoding", encoding, "--unidentified", "keep"]
        for threads in ("1", "2"):
            jobs.append(Job(f"hyojun convert -o -, {threads} thread(s)", encoding, command + ["--threads", threads, "-o", "-"]))
        jobs.append(Job("hyojun convert to a file, 2 thread(s)", encoding, command + ["--threads", "2", "-o", out], out))
    return jobs


def other_jobs(files, out):
    jobs = []
    for encoding, file in files.items():
        jobs += [Job("cat", encoding, ["cat", file]), Job("cp", encoding, ["cp", file, out], out)]
    converters = [("iconv to UTF-8", "cp932", ["iconv", "-f", "CP932", "-t", "UTF-8"]),
                  ("iconv to UTF-16LE", "utf-8", ["iconv", "-f", "UTF-8", "-t", "UTF-16LE"]),
                  ("uconv to UTF-8", "cp932", ["uconv", "-f", "windows-932", "-t", "UTF-8"]),
                  ("nkf to UTF-8", "cp932", ["nkf", "--ic=CP932", "--oc=UTF-8", "-x"])]
    for what, encoding, command in converters:
        if shutil.which(command[0]):
            jobs.append(Job(what, encoding, command + [files[encoding]], slow=True))
        else:
            print(f"{command[0]}: not installed, skipped")
    return jobs


def start_up_jobs(folder, files):
    with open(files["utf-8"], "rb") as file, open(os.path.join(folder, "ten.csv"), "wb") as ten:
        ten.writelines(file.readline() for _ in range(10))
    return [Job("true", "", ["true"]), Job("hyojun identify, ten lines", "utf-8", [HYOJUN, "identify", ten.name, "--threads", "1"])]


def measure(jobs, repetitions):
    """Round after round, each in another order, so that a slow phase of the machine hits all commands."""
    order = random.Random(42)
    for job in jobs:
        if not job.slow:
            job.run()  # warms the page cache, not counted
            job.seconds.clear()
    for i in range(repetitions):
        round_ = [job for job in jobs if not job.slow or i < SLOW]
        order.shuffle(round_)
        for job in round_:
            job.run()


def table(jobs, files):
    by_name = {job.name: job for job in jobs}
    lines = [["", "seconds", "spread", "GB/s", "peak MB", "x cat", "x cp", "iconv/this"]]
    for job in jobs:
        if job.what in ("true", "hyojun identify, ten lines"):
            lines.append([job.name, f"{job.median:.4f}", percent(job.spread), "", f"{job.peak / 1e6:.0f}"])
            continue
        cat, cp = by_name[f"cat {job.encoding}"], by_name[f"cp {job.encoding}"]
        iconv = by_name.get("iconv to UTF-8 cp932" if job.encoding == "cp932" else "iconv to UTF-16LE utf-8")
        lines.append([job.name, f"{job.median:.3f}", percent(job.spread),
                      f"{os.path.getsize(files[job.encoding]) / job.median / 1e9:.2f}", f"{job.peak / 1e6:.0f}",
                      f"{job.median / cat.median:.2f}", f"{job.median / cp.median:.2f}",
                      f"{iconv.median / job.median:.2f}" if iconv else "-"])
    widths = [max(len(line[i]) for line in lines if i < len(line)) for i in range(len(lines[0]))]
    for line in lines:
        print("  ".join([line[0].ljust(widths[0])] + [cell.rjust(w) for cell, w in zip(line[1:], widths[1:])]).rstrip())


def percent(value):
    return "-" if value != value else f"{value:.1f} %"


def version(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.stdout.decode("utf-8", "replace").splitlines()


def write_json(path, jobs, files, versions):
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"schema": "hyojun.end-to-end/1", "cpu": processor(), "processors": os.cpu_count(), "system": platform.platform(),
                   "versions": versions, "files": {e: os.path.getsize(f) for e, f in files.items()},
                   "jobs": [{"name": job.name, "encoding": job.encoding or None, "seconds": job.seconds, "peak_bytes": job.peak}
                            for job in jobs]}, file, ensure_ascii=False, indent=1)


def main():
    base, out = sys.argv[1:]
    files = {encoding: f"{base}-{encoding}.csv" for encoding in ("utf-8", "cp932")}
    repetitions = int(os.environ.get("HYOJUN_BENCH_REPETITIONS", "9"))
    if repetitions < 1:
        sys.exit("HYOJUN_BENCH_REPETITIONS: 1 or more")
    with tempfile.TemporaryDirectory(prefix="out-", dir=os.path.dirname(base)) as folder:
        jobs = start_up_jobs(folder, files) + other_jobs(files, os.path.join(folder, "out"))
        jobs += hyojun_jobs(files, os.path.join(folder, "out.csv"))
        measure(jobs, repetitions)
    hyojun = version([HYOJUN, "--version"])
    versions = {"hyojun": hyojun[0], "kernels": next(line for line in hyojun if line.startswith("kernels")),
                "iconv": version(["iconv", "--version"])[0]}
    print(f"CPU {processor()}, {os.cpu_count()} processors; {platform.system()} {platform.release()}")
    print("; ".join(versions.values()))
    print("; ".join(f"{e}: {os.path.getsize(f) / 1e9:.3f} GB" for e, f in files.items())
          + f"; page cache warm, medians of {repetitions} (slow converters {min(SLOW, repetitions)}), output to /dev/null unless to a file")
    print("x cat, x cp: time over that of cat and cp on the same file; iconv/this: how many times faster than iconv\n")
    table(jobs, files)
    write_json(out, jobs, files, versions)
    print(f"\nsamples: {out}")
    if os.path.getsize(files["utf-8"]) < 1e9:
        print("the file is smaller than 1 GB: starting up weighs too much for a claim")
    noisy = [job.name for job in jobs if job.what == "cat" and not job.spread < LIMIT]
    if noisy:
        print(f"not good enough for a claim: {', '.join(noisy)} spread by {LIMIT:g} % or more (or too few repetitions)")
    return 1 if noisy else 0


if __name__ == "__main__":
    sys.exit(main())
