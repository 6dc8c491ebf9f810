"""Four processes import and read at once: no lost import, no wrong report, no error but a stated wait."""
import threading
import time

import sheets
from e2e import Case, main, os

SECONDS = float(os.environ.get("HYOJUN_CONCURRENCY_SECONDS", "6"))


class Concurrency(Case):
    def test_writers_and_readers(self):
        self.hyojun("init", "--prefecture", "28", code=0)
        until = time.monotonic() + SECONDS
        recorded = [0] * 4
        failures = []

        def work(number):
            turn = 0
            while time.monotonic() < until and not failures:
                turn += 1
                name = f"{number}-{turn}.csv"
                # Every sheet is its own file, and all agree: a report that saw half an import would differ.
                rows = sheets.rates()
                rows[0][0] += "　" * (number * 1000 + turn)
                self.write(name, sheets.csv(rows))
                run = self.hyojun("import", name)
                if run.code != 0:
                    failures.append(run)
                recorded[number] += 1
                report = self.hyojun("status", "--as-of", "2026-01-31", "--json")
                if report.code != 0 or report.json()["overall"] != wanted:
                    failures.append(report)

        self.write("first.csv", sheets.csv(sheets.rates()))
        self.hyojun("import", "first.csv", code=0)
        wanted = self.hyojun("status", "--as-of", "2026-01-31", "--json", code=0).json()["overall"]
        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])
        imports = self.hyojun("history", "--json", code=0).json()["imports"]
        self.assertEqual(len(imports), sum(recorded) + 1)
        self.assertGreater(min(recorded), 0)
        self.hyojun("db", "check", code=0)


if __name__ == "__main__":
    main()
