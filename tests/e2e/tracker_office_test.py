"""What LibreOffice, where it is installed, reads in the files for Excel: Japanese is Japanese, codes keep their zeros."""
import csv
import io
import shutil

import sheets
from e2e import Case, data_rows, main, subprocess, unittest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@unittest.skipUnless(SOFFICE, "LibreOffice is not installed")
class Office(Case):
    def opened(self, name):
        """The rows as LibreOffice shows them."""
        filters = {"csv": "CSV:44,34,76,1", "xlsx": "Calc MS Excel 2007 XML"}
        subprocess.run([SOFFICE, f"-env:UserInstallation=file://{self.folder.replace(' ', '%20')}/profile", "--headless",
                        f"--infilter={filters[name.rsplit('.')[-1]]}", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1",
                        "--outdir", self.path("out"), self.path(name)], check=True, capture_output=True, timeout=240)
        made = [f for f in __import__("os").listdir(self.path("out")) if f.startswith(name.rsplit(".", 1)[0])]
        with open(self.path("out/" + made[0]), encoding="utf-8-sig") as file:
            return list(csv.reader(io.StringIO(file.read())))

    def test_reports_and_templates(self):
        self.hyojun("init", "--prefecture", "01", code=0)
        bodies = [row for row in data_rows("municipalities.tsv") if row["code"].startswith("01")]
        rows = sheets.rates(bodies=bodies)
        for row in rows[2:]:
            row[0] = "北海道"
        self.write("rates.csv", sheets.csv(rows))
        self.hyojun("import", "rates.csv", code=0)
        wanted = [(body["code"], body["name"]) for body in bodies]
        for suffix in ("csv", "xlsx"):
            self.hyojun("status", "--as-of", "2026-01-31", "-o", f"status_{suffix}.{suffix}", code=0)
            table = self.opened(f"status_{suffix}.{suffix}")
            found = [(row[0], row[1]) for row in table if row[0].startswith("01")]
            self.assertEqual(found, wanted, suffix)
            self.assertTrue(any("完了率%" in row for row in table))
        self.hyojun("template", "golive", "--municipality", "011002", "-o", "t.xlsx", code=0)
        self.assertEqual([row[:3] for row in self.opened("t.xlsx")][2], ["011002", "札幌市", "児童手当"])


if __name__ == "__main__":
    main()
