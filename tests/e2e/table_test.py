"""table info, import, diff: the figures of the list, damage in any byte, layers made and used."""
import random

from e2e import Case, IMAGE, json, main, os, thinned

FIGURES = {"mj": 58862, "plain": 52607, "ivs": 11382, "ivs_only": 6236, "svs": 89, "shared": 5072, "hentaigana": 299}


class Info(Case):
    def test_figures(self):
        for arguments in ([], ["--verify"], [IMAGE], ["--table", IMAGE]):
            info = self.hyojun("table", "info", "--json", *arguments, code=0).json()
            self.assertEqual({key: info["counts"][key] for key in FIGURES}, FIGURES)
            self.assertRegex(info["digest"], "^[0-9a-f]{64}$")
            self.assertEqual(info["layers"], [])
        self.assertEqual(info["digest"], self.hyojun("table", "info", "--json").json()["digest"])

    def test_version_and_reports_name_the_same_digest(self):
        digest = self.hyojun("table", "info", "--json").json()["digest"]
        self.assertIn(digest[:12], self.hyojun("--version", code=0).out)
        self.assertEqual(self.identify("-", stdin=b"h\n", code=0)["table"]["digest"], digest)

    def test_two_tables_are_refused(self):
        self.check_message(self.hyojun("table", "info", IMAGE, "--table", IMAGE), 2, "one standard table")


class Damage(Case):
    def damaged(self, name, data):
        self.write(name, data)
        self.check_message(self.hyojun("identify", "-", "--table", name, stdin=b"h\n"), 5, ".", name)

    def test_image(self):
        with open(IMAGE, "rb") as file:
            data = file.read()
        source = random.Random(2)
        places = [*range(0, 32, 3), len(data) - 1, *(source.randrange(len(data)) for _ in range(25))]
        for place in places:
            with self.subTest(place):
                flipped = bytearray(data)
                flipped[place] ^= 1 << source.randrange(8)
                self.damaged("t.hjt", bytes(flipped))
        for length in (0, 1, 16, 63, 64, len(data) // 2, len(data) - 1):
            self.damaged("t.hjt", data[:length])
        self.damaged("t.hjt", data + b"\0")

    def test_layer_every_byte(self):
        self.write("gj.csv", "name,code\nGJ000001,U+E000\n")
        self.hyojun("table", "import", "gj.csv", "-o", "gj.hjl", code=0)
        data = self.read("gj.hjl")
        for place in thinned(range(len(data))):
            flipped = bytearray(data)
            flipped[place] ^= 0x10
            self.damaged("t.hjl", bytes(flipped))


class Layers(Case):
    def layer(self, rows, name="gj", heading="name,code,base\n", version="1"):
        self.write(name + ".csv", heading + rows)
        self.hyojun("table", "import", name + ".csv", "-o", name + ".hjl", "--layer-version", version, "--force", code=0)
        return name + ".hjl"

    def test_private_use_code_becomes_standard(self):
        layer = self.layer("GJ000001,U+E000,U+5C71\nGJH00002,U+E001,\nMH000003,U+1B002 U+3099,\n")
        self.write("a.txt", "\uE000\uE001\uE002\U0001B002\u3099")
        without = self.identify("a.txt", code=1)
        self.assertEqual(self.counts(without)["gaiji_unmapped"], 3)
        for how in (["--table", layer], []):
            report = self.identify("a.txt", *how, env=None if how else {"HYOJUN_TABLE": layer}, code=1)
            self.assertEqual(self.counts(report), {"standard": 3, "gaiji_unmapped": 1})
            self.assertEqual(report["table"]["layers"][0]["version"], "1")
            self.assertRegex(report["table"]["layers"][0]["digest"], "^[0-9a-f]{64}$")
        answer = self.hyojun("char", "GJ000001", "--table", layer, "--json", code=0).json()
        self.assertEqual(answer["records"][0]["text"], ["U+E000"])
        info = self.hyojun("table", "info", "--table", layer, "--json").json()
        self.assertEqual(info["layers"][0]["characters"], 3)

    def test_gaiji_table_before_layer(self):
        layer = self.layer("GJ000001,U+E000,\nGJ000002,U+E001,\n")
        self.write("g.csv", "code,target\nU+E000,MJ000001\nU+E001,\n")
        self.write("a.txt", "\uE000\uE001")
        report = self.identify("a.txt", "--gaiji", "g.csv", "--table", layer, code=1)
        self.assertEqual(self.counts(report), {"gaiji_mapped": 1, "gaiji_unmapped": 1})
        self.write("g.csv", "code,target\nU+E000,GJ000002\n")
        self.assertEqual(self.counts(self.identify("a.txt", "--gaiji", "g.csv", "--table", layer, code=0)),
                         {"gaiji_mapped": 1, "standard": 1})

    def test_layers_that_disagree(self):
        first, second = self.layer("GJ000001,U+E000,\n"), self.layer("GJ000002,U+E000,\n", "other")
        third = self.layer("GJ000001,U+E005,\n", "third")
        for other in (second, third):
            run = self.hyojun("identify", "-", "--table", first, "--table", other, stdin=b"h\n")
            self.check_message(run, 3, "disagree about GJ00000[12]")
        self.hyojun("char", "GJ000001", "--table", first, "--table", first, code=0)

    def test_the_same_list_gives_the_same_bytes(self):
        layer = self.read(self.layer("GJ000001,U+E000,\nGJ000002,U+E001,\n"))
        self.assertEqual(self.read(self.layer("GJ000002,U+E001,\nGJ000001,U+E000,\n")), layer)

    def test_headings_in_japanese(self):
        self.layer("GJ000001,U+E000,U+5C71\n", heading="文字図形名,コードポイント,代替\n")

    def test_lists_that_are_refused(self):
        for rows in ("MJ000001,U+E000,\n", "GJ1,U+E000,\n", "GJ000001,,\n", "GJ000001,U+0041 U+0042,\n", "GJ000001,U+D800,\n",
                     "GJ000001,U+0000,\n", "GJ000001,U+E0100,\n", "GJ000001,U+E000 U+E0100 U+E0101,\n", "GJ000001,U+E000,xx\n",
                     "GJ000001,U+E000,\nGJ000001,U+E001,\n", "GJ000001,U+E000,\nGJ000002,U+E000,\n", "GJ000001,U+9089 U+E010F,\n"):
            with self.subTest(rows):
                self.write("gj.csv", "name,code,base\n" + rows)
                self.check_message(self.hyojun("table", "import", "gj.csv", "-o", "x.hjl"), 3, ".", r"gj\.csv")
        self.assertEqual(self.names(), ["gj.csv"])

    def test_existing_layer_is_kept(self):
        layer = self.layer("GJ000001,U+E000,\n")
        before = self.read(layer)
        self.check_message(self.hyojun("table", "import", "gj.csv", "-o", layer), 2, "exists", layer)
        self.assertEqual(self.read(layer), before)

    def test_fonts_that_are_none(self):
        for data in (b"", b"\0\1\0\0", b"OTTO" + bytes(1000), "氏名\n".encode(), os.urandom(5000)):
            self.write("gj.ttf", data)
            self.check_message(self.hyojun("table", "import", "--font", "gj.ttf", "-o", "x.hjl"), 3, "font", r"gj\.ttf")
        self.check_message(self.hyojun("table", "import", "--font", "missing.ttf", "-o", "x.hjl"), 4, "no such file")

    def test_a_title_of_any_bytes(self):
        self.write(b"gj\xff\n.csv", "name,code\nGJ000001,U+E000\n")
        self.hyojun("table", "import", b"gj\xff\n.csv", "-o", "x.hjl", code=0)
        self.assertEqual(json.loads(self.hyojun("table", "info", "x.hjl", "--json", code=0).out)["layers"][0]["characters"], 1)
        self.assertNotRegex(self.hyojun("table", "info", "x.hjl", code=0).out, "[\udc80-\udcff]")


class Diff(Case):
    def test_same_and_different(self):
        self.hyojun("table", "diff", "bundled", IMAGE, code=0)
        self.write("a.csv", "name,code\nGJ000001,U+E000\nGJ000002,U+E001\n")
        self.write("b.csv", "name,code\nGJ000001,U+E005\nGJ000003,U+E003\n")
        for name in ("a", "b"):
            self.hyojun("table", "import", name + ".csv", "-o", name + ".hjl", code=0)
        changes = self.hyojun("table", "diff", "a.hjl", "b.hjl", "--json", code=1).json()["changes"]
        self.assertEqual([(c["kind"], c["name"]) for c in changes if c["kind"] != "changed"],
                         [("removed", "GJ000002"), ("added", "GJ000003")])
        self.assertIn(("GJ000001", "text", "U+E000", "U+E005"),
                      [(c["name"], c["field"], c["before"], c["after"]) for c in changes])
        self.hyojun("table", "diff", "a.hjl", "a.hjl", code=0)
        self.check_message(self.hyojun("table", "diff", "a.hjl", "missing"), 4, "no such file", "missing")
        self.check_message(self.hyojun("table", "diff", "a.csv", "b.hjl"), 5, ".", r"a\.csv")


if __name__ == "__main__":
    main()
