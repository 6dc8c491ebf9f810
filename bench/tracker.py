#!/usr/bin/env python3
"""National surveys through the tracker: time and size of 24 months, with what the issue allows beside it.

    bench/tracker.py [--months N] [--program build/release/hyojun] [--folder DIR]

A survey is the step sheet of 総務省 for all 1,741 municipalities, 20 businesses, 40 steps: 1,392,800 cells, made up, of
which 3 % change from month to month, always forward but for one in fifty. Times are those of the whole process, the
best of three; the first import is of an empty database. One process, one thread.
"""
import argparse
import csv
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATUSES = ["未着手", "作業中", "完了済み"]
CHANGING = 0.03


def table(name):
    with open(ROOT / "data" / name, encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


class Survey:
    def __init__(self):
        names = {row["code"]: row["name"] for row in table("prefectures.tsv")}
        self.bodies = [(names[row["prefecture"]], row["name"]) for row in table("municipalities.tsv")]
        self.businesses = [row["label_mic"] for row in sorted((r for r in table("businesses.tsv") if r["order_mic"]),
                                                              key=lambda r: int(r["order_mic"]))]
        self.header = ["都道府県名", "市区町村名", "業務名"] + [row["name"] for row in table("steps.tsv")]
        self.random = random.Random(1)
        self.cells = [self.random.choices(range(3), [5, 1, 2], k=40) for _ in range(len(self.bodies) * len(self.businesses))]

    def next_month(self):
        for _ in range(int(len(self.cells) * 40 * CHANGING)):
            row = self.cells[self.random.randrange(len(self.cells))]
            step = self.random.randrange(40)
            row[step] = max(row[step] - 1, 0) if self.random.random() < 0.02 else min(row[step] + 1, 2)

    def rows(self):
        yield self.header
        number = 0
        for prefecture, name in self.bodies:
            for business in self.businesses:
                yield [prefecture, name, business] + [STATUSES[s] for s in self.cells[number]]
                number += 1

    def write_csv(self, path):
        with open(path, "w", encoding="utf-8") as file:
            for row in self.rows():
                file.write(",".join(row) + "\n")

    def write_xlsx(self, path):
        """Shared strings, as Excel writes them."""
        strings, order = {}, []

        def index(text):
            if text not in strings:
                strings[text] = len(order)
                order.append(text)
            return strings[text]

        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        letters = [chr(65 + i) if i < 26 else "A" + chr(39 + i) for i in range(43)]
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
                sheet.write(f'<worksheet xmlns="{main}"><sheetData>'.encode())
                for y, row in enumerate(self.rows(), 1):
                    cells = "".join(f'<c r="{letters[x]}{y}" t="s"><v>{index(text)}</v></c>' for x, text in enumerate(row))
                    sheet.write(f'<row r="{y}">{cells}</row>'.encode())
                sheet.write(b"</sheetData></worksheet>")
            items = "".join(f"<si><t>{text.replace('&', '&amp;')}</t></si>" for text in order)
            archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{items}</sst>')
            archive.writestr("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
                             '<sheet name="業務別ステップ別進捗一覧" sheetId="1" r:id="r1"/></sheets></workbook>')
            archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}">'
                             f'<Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/>'
                             f'<Relationship Id="r2" Type="{relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>')
            archive.writestr("_rels/.rels", f'<Relationships xmlns="{package}">'
                             f'<Relationship Id="r1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>')


class Bench:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def run(self, *arguments, codes=(0, 1)):
        start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([self.program, *arguments], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode not in codes:
            sys.exit(done.stderr.decode())
        return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def show(self, name, times, limit):
        wall, cpu = min(times)
        verdict = "" if limit is None else f"   limit {limit * 1000:7.0f} ms   {'ok' if wall <= limit else 'TOO SLOW'}"
        print(f"{name:58} {wall * 1000:8.0f} ms wall {cpu * 1000:8.0f} ms cpu{verdict}", flush=True)


def import_once(bench, name, limit):
    times = []
    for _ in range(3):
        for left in Path(bench.folder).glob("hyojun.db*"):
            left.unlink()
        bench.run("init", "--all")
        times.append(bench.run("import", name, "--as-of", "2024-01-31"))
    bench.show(f"import of {name}, 1,392,800 cells", times, limit)


def reports(bench, days, limit):
    for day in days:
        for report in (["status"], ["status", "--by", "business"], ["status", "--by", "step"], ["status", "--by", "prefecture"],
                       ["status", "--step", "32"], ["outlook"], ["reconcile"], ["stale"], ["history", "282014"]):
            for known in ([], ["--known-at", "2099-01-01"]):
                arguments = [*report, "--as-of", day, *known, "--json"]
                bench.show(" ".join(arguments), [bench.run(*arguments) for _ in range(3)], limit)
    bench.show("changes over a month", [bench.run("changes", "--from", days[0], "--as-of", days[-1], "--json") for _ in range(3)], limit)


def month_end(number):
    year, month = 2024 + number // 12, number % 12 + 1
    return f"{year}-{month:02}-{[31, 29 if year == 2024 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]}"


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--months", type=int, default=24)
    options.add_argument("--program", default=str(ROOT / "build/release/hyojun"))
    options.add_argument("--folder")
    options = options.parse_args()
    folder = options.folder or tempfile.mkdtemp(prefix="hyojun tracker ")
    bench = Bench(os.path.abspath(options.program), folder)
    survey = Survey()
    survey.write_xlsx(Path(folder) / "survey.xlsx")
    survey.write_csv(Path(folder) / "survey.csv")
    import_once(bench, "survey.xlsx", 15)
    import_once(bench, "survey.csv", 5)
    reports(bench, ["2024-01-31"], 0.2)
    for month in range(1, options.months):
        survey.next_month()
        survey.write_csv(Path(folder) / "next.csv")
        bench.run("import", "next.csv", "--as-of", month_end(month))
    size = os.path.getsize(Path(folder) / "hyojun.db")
    print(f"{options.months} surveys: {size / 1e6:.1f} MB (limit 1,000 MB)", flush=True)
    last = options.months - 1
    reports(bench, [month_end(0), month_end(last // 2), month_end(last)], 0.5)
    if not options.folder:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
