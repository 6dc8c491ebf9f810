"""Checks the tables of data/ against the figures known of the official lists. Run: python3 data/scripts/test_data.py"""

import hashlib
import re
import unittest
from collections import Counter, defaultdict
from pathlib import Path

import tsv

DATA = Path(__file__).resolve().parent.parent
CODE_POINT = re.compile(r"U\+(?:[0-9A-F]{4}|[1-9A-F][0-9A-F]{4}|10[0-9A-F]{4})\Z")
MJ_NAME = re.compile(r"MJ\d{6}\Z")
tables = {}


def table(name):
    if name not in tables:
        tables[name] = tsv.read(DATA / (name + ".tsv"))
    return tables[name]


def filled(name, column):
    return [row[column] for row in table(name) if row[column]]


def numbers(sequence):
    return [int(point[2:], 16) for point in sequence.split()]


class EveryTable(unittest.TestCase):
    def test_is_plain_sorted_text(self):
        for path in sorted(DATA.glob("*.tsv")):
            with self.subTest(path.name):
                content = path.read_bytes()
                self.assertNotIn(b"\r", content)
                self.assertFalse(content.startswith(b"\xef\xbb\xbf"), "BOM")
                self.assertTrue(content.endswith(b"\n"))
                lines = content.decode("utf-8").split("\n")[:-1]
                width = lines[0].count("\t")
                self.assertTrue(all(line.count("\t") == width for line in lines), "ragged")
                self.assertRegex(lines[0], r"^[a-z0-9_\t]+$")
                self.assertEqual(len(set(lines)), len(lines), "a line twice")

    def test_is_sorted_by_its_first_column(self):
        by_text = ("core_cities", "hentaigana", "mj", "mj_dictionaries", "mj_notes", "mj_radicals", "mj_readings",
                   "mj_shrink", "mj_shrink_notes", "municipalities", "prefectures", "wards", "cp932", "jisx0213",
                   "jisx0213_sequences", "SOURCES", "DIGESTS")
        for name in by_text:
            first = [next(iter(row.values())) for row in table(name)]
            self.assertEqual(first, sorted(first), name)
        for name in ("nonkanji", "ivd_other", "equivalent_unified_ideograph", "unicode_categories", "lookalikes",
                     "placeholders"):
            first = [numbers(next(iter(row.values()))) for row in table(name)]
            self.assertEqual(first, sorted(first), name)

    def test_writes_code_points_in_one_way(self):
        columns = {"mj": ("ucs", "implemented", "ivs", "svs", "compat"), "mj_duplicate_ivs": ("ivs",),
                   "hentaigana": ("ucs", "jibo"), "nonkanji": ("sequence",), "cp932": ("ucs",),
                   "jisx0213_sequences": ("sequence",), "ivd_other": ("sequence",), "mj_shrink": ("target",),
                   "notice582": ("source", "target"), "equivalent_unified_ideograph": ("radical", "ideograph"),
                   "unicode_categories": ("first", "last"), "placeholders": ("char",), "lookalikes": ("a", "b")}
        for name, names in columns.items():
            for column in names:
                points = {point for value in filled(name, column) for point in value.split(" ")}
                self.assertEqual([point for point in points if not CODE_POINT.match(point)], [], (name, column))

    def test_has_a_source_and_the_recorded_digest(self):
        files = {path.name for path in DATA.glob("*.tsv")}
        self.assertEqual(files - {"SOURCES.tsv", "DIGESTS.tsv"}, {row["file"] for row in table("SOURCES")})
        self.assertEqual(files - {"DIGESTS.tsv"}, {row["file"] for row in table("DIGESTS")})
        for row in table("DIGESTS"):
            digest = hashlib.sha256((DATA / row["file"]).read_bytes()).hexdigest()
            self.assertEqual(digest, row["sha256"], row["file"])


class MojiJoho(unittest.TestCase):
    def test_has_every_character(self):
        names = [row["name"] for row in table("mj")]
        self.assertEqual(len(names), 58862)
        self.assertEqual(len(set(names)), 58862)
        self.assertTrue(all(map(MJ_NAME.match, names)))
        self.assertEqual((names[0], names[-1]), ("MJ000001", "MJ068101"))

    def test_code_points(self):
        self.assertEqual(len(filled("mj", "ucs")), 58859)
        self.assertEqual(len(set(filled("mj", "ucs"))), 52518)
        self.assertEqual(len(filled("mj", "implemented")), 52607)
        self.assertEqual(len(set(filled("mj", "implemented"))), 52607)

    def test_shared_code_points(self):
        glyphs = Counter(filled("mj", "ucs"))
        shared = {point: count for point, count in glyphs.items() if count > 1}
        self.assertEqual((len(shared), sum(shared.values())), (5072, 11413))
        self.assertEqual(glyphs.most_common(1), [("U+9089", 16)])

    def test_sequences(self):
        rows = table("mj")
        ivs = [row for row in rows if row["ivs"]]
        self.assertEqual((len(ivs), len({row["ivs"] for row in ivs})), (11382, 11382))
        self.assertEqual(sum(not row["implemented"] for row in ivs), 6236)
        self.assertEqual(sum(bool(row["implemented"]) for row in ivs), 5146)
        self.assertEqual((len(filled("mj", "svs")), len(set(filled("mj", "svs")))), (89, 89))
        self.assertEqual(sum(not (row["implemented"] or row["ivs"]) for row in rows), 19)
        self.assertEqual([row["name"] for row in rows if not row["ucs"]], ["MJ037229", "MJ040579", "MJ042077"])
        self.assertEqual([tuple(row.values()) for row in table("mj_duplicate_ivs")],
                         [("MJ059399", "U+535A U+E010A"), ("MJ059400", "U+535A U+E010B")])

    def test_sequences_have_a_selector(self):
        for column, first, last in (("ivs", 0xE0100, 0xE01EF), ("svs", 0xFE00, 0xFE0F)):
            for value in filled("mj", column):
                self.assertTrue(len(numbers(value)) == 2 and first <= numbers(value)[1] <= last, value)

    def test_numbers(self):
        for column, count, distinct in (("koseki", 55270, 55270), ("juki", 19563, 19563), ("toki", 56380, None),
                                        ("nyukan_seiji", 13285, None), ("nyukan_gaiji", 176, None),
                                        ("compat", 101, None), ("x0213", 13707, 10054), ("x0212", 5801, None),
                                        ("strokes", 58862, None), ("version", 58862, None)):
            values = filled("mj", column)
            self.assertEqual(len(values), count, column)
            if distinct:
                self.assertEqual(len(set(values)), distinct, column)
        self.assertEqual(Counter(filled("mj", "policy")), {"常用漢字": 2136, "人名用漢字": 863})
        self.assertEqual(Counter(filled("mj", "x0213_class")), {"0": 10909, "2": 2798})
        self.assertTrue(all(re.match(r"J\+[0-9A-F]{4}\Z", value) for value in filled("mj", "juki")))

    def test_compatibility_ideographs_that_stand_for_several(self):
        several = [value for value, count in Counter(filled("mj", "compat")).items() if count > 1]
        self.assertEqual(sorted(several), ["U+FA10", "U+FA15", "U+FA20", "U+FA40", "U+FA4A", "U+FA64", "U+FA69"])

    def test_tables_beside_it(self):
        self.assertEqual(sum(row["readings"].count(",") + 1 for row in table("mj_readings")), 122148)
        self.assertEqual(len(table("mj_radicals")), 59665)
        self.assertEqual(len(table("mj_notes")), 35)
        names = {row["name"] for row in table("mj")}
        for name in ("mj_readings", "mj_radicals", "mj_notes", "mj_dictionaries", "mj_shrink", "mj_shrink_notes"):
            self.assertLessEqual({row["name"] for row in table(name)}, names, name)

    def test_hentaigana(self):
        self.assertEqual(len(table("hentaigana")), 299)
        self.assertEqual(len(set(filled("hentaigana", "ucs"))), 286)
        merged = [row for row in table("hentaigana") if not row["ucs"]]
        self.assertTrue(all(row["note"].endswith("へ統合") for row in merged))


class Shrink(unittest.TestCase):
    def test_relations(self):
        characters, rows = defaultdict(set), Counter()
        for row in table("mj_shrink"):
            characters[row["relation"]].add(row["name"])
            rows[row["relation"]] += 1
        counts = {relation: (len(names), rows[relation]) for relation, names in characters.items()}
        self.assertEqual(counts, {
            "jis_unification": (14513, 14515), "koseki": (14657, 18089), "min1_2842": (578, 618),
            "min1_2842_zokuji": (219, 233), "min1_2842_betsuji": (148, 150), "min2_5202": (138, 138),
            "notice582_1": (4175, 5006), "notice582_2": (6216, 7562), "dictionary": (12335, 15958),
            "inference": (413, 413)})
        self.assertEqual(set(counts), {row["key"] for row in table("mj_shrink_relations")})

    def test_ranks_and_hops(self):
        for row in table("mj_shrink"):
            self.assertEqual(bool(row["rank"]), row["relation"].startswith("notice582"), row)
            self.assertEqual(bool(row["hops"]), row["relation"] == "koseki", row)
        self.assertEqual(set(filled("mj_shrink", "hops")), set("12345"))

    def test_targets(self):
        targets = defaultdict(set)
        for row in table("mj_shrink"):
            targets[row["name"]].add(row["target"])
        sizes = Counter(map(len, targets.values()))
        self.assertEqual(58862 - len(targets), 23011)
        self.assertEqual((sizes[1], sizes[2], len(targets) - sizes[1] - sizes[2]), (28684, 6226, 941))
        self.assertEqual(max(sizes), 8)

    def test_notice_582(self):
        plain = set(filled("mj", "implemented"))
        self.assertEqual(Counter(row["table"] for row in table("notice582")), {"1": 10378, "2": 12078})
        self.assertEqual(len(set(filled("notice582", "source")) - plain), 3646)
        self.assertTrue(all(bool(row["source"]) != bool(row["source_code"]) for row in table("notice582")))
        zhang = [row for row in table("notice582") if row["source"] == "U+5F20"]
        self.assertEqual([(row["table"], row["rank"], row["target"]) for row in zhang],
                         [("1", "1", "U+5F35"), ("1", "2", "U+5F21")])


class OtherCharacters(unittest.TestCase):
    def test_non_kanji(self):
        origins = Counter(origin for row in table("nonkanji") for origin in row["origins"].split(","))
        self.assertEqual(len(table("nonkanji")), 1347)
        self.assertEqual(origins, {"ascii": 95, "halfwidth_kana": 63, "jisx0213": 1186, "cp932": 766})
        self.assertEqual(set(filled("nonkanji", "sequence")) & set(filled("mj", "implemented")), set())

    def test_non_kanji_of_both_mappings_and_of_microsoft(self):
        listed = {row["sequence"] for row in table("nonkanji")}
        both = ["U+2015", "U+2014", "U+2985", "U+FF5F", "U+2986", "U+FF60", "U+00A5", "U+203E"]
        microsoft = ["U+FF5E", "U+FF3C", "U+FFE0", "U+FFE1", "U+FFE2", "U+FFE4", "U+2211", "U+2225", "U+FF0D"]
        self.assertEqual([point for point in both + microsoft if point not in listed], [])
        self.assertNotIn("U+0402", listed, "JIS X 0212 slipped in")

    def test_sequences_of_jisx0213(self):
        sequences = filled("jisx0213_sequences", "sequence")
        self.assertEqual(len(sequences), 25)
        self.assertEqual(sum(numbers(sequence)[1] not in (0x3099, 0x309A) for sequence in sequences), 11)
        self.assertLessEqual(set(sequences), {row["sequence"] for row in table("nonkanji")})

    def test_cp932(self):
        codes = [int(row["code"], 16) for row in table("cp932")]
        self.assertEqual((len(codes), codes[0], codes[-1]), (7724, 0x8140, 0xFC4B))
        self.assertFalse([code for code in codes if 0xF040 <= code <= 0xF9FC])
        known = {row["sequence"] for row in table("nonkanji")} | set(filled("mj", "implemented"))
        self.assertEqual(set(filled("cp932", "ucs")) - known, set())

    def test_eucjpms(self):
        codes = [int(row["code"], 16) for row in table("eucjpms")]
        self.assertEqual((len(codes), codes, codes[0], codes[-1]), (13135, sorted(codes), 0xA1A1, 0x8FF4FE))
        self.assertFalse([code for code in codes if code & 0xFF00 >= 0xF500])

    def test_jisx0213(self):
        rows = {row["code"]: row["sequence"] for row in table("jisx0213")}
        self.assertEqual(len(rows), 11233)
        self.assertEqual({row["code"]: row["sequence"] for row in table("jisx0213_sequences")},
                         {code: text for code, text in rows.items() if " " in text})

    def test_sequences_of_others(self):
        rows = table("ivd_other")
        svs = [row for row in rows if row["collections"] == "Unicode-SVS"]
        self.assertEqual((len(rows) - len(svs), len(svs)), (18053, 913))
        ours = {row["sequence"] for row in rows} & (set(filled("mj", "ivs")) | set(filled("mj", "svs")))
        self.assertEqual(ours, set())

    def test_categories(self):
        total = Counter()
        end = -1
        for row in table("unicode_categories"):
            first, last = int(row["first"][2:], 16), int(row["last"][2:], 16)
            self.assertTrue(end < first <= last)
            end = last
            total[row["category"]] += last - first + 1
        self.assertEqual((total["Co"], total["Cc"], total["Cs"]), (137468, 65, 2048))
        graphic_and_format = sum(total.values()) - total["Co"] - total["Cc"] - total["Cs"]
        self.assertEqual(graphic_and_format, 159801, "Unicode 17.0 has 159,801 characters")

    def test_everything_listed_is_assigned(self):
        assigned = set()
        for row in table("unicode_categories"):
            if row["category"] not in ("Co", "Cs"):
                assigned.update(range(int(row["first"][2:], 16), int(row["last"][2:], 16) + 1))
        for name, column in (("mj", "ucs"), ("nonkanji", "sequence"), ("hentaigana", "ucs"), ("ivd_other", "sequence")):
            points = {point for value in filled(name, column) for point in numbers(value)}
            self.assertEqual(points - assigned, set(), name)


class Tracker(unittest.TestCase):
    def test_bodies(self):
        self.assertEqual(len(table("prefectures")), 47)
        self.assertEqual(Counter(row["class"] for row in table("municipalities")),
                         {"指定都市": 20, "中核市": 62, "特別区": 23, "市": 710, "町": 743, "村": 183})
        self.assertEqual(len(table("municipalities")), 1741)
        self.assertFalse([row for row in table("municipalities") if "016951" <= row["code"] <= "017001"])

    def test_wards(self):
        current = [row for row in table("wards") if not row["valid_to"]]
        self.assertEqual((len(table("wards")), len(current)), (178, 171))
        cities = {row["code"] for row in table("municipalities") if row["class"] == "指定都市"}
        self.assertEqual({row["city"] for row in table("wards")}, cities)

    def test_check_digits(self):
        for name in ("prefectures", "municipalities", "wards", "core_cities"):
            for code in filled(name, "code"):
                weighted = sum(int(digit) * weight for digit, weight in zip(code, (6, 5, 4, 3, 2)))
                self.assertEqual(code[5:], str((11 - weighted % 11) % 10), (name, code))

    def test_core_cities(self):
        names = {row["code"]: row["name"] for row in table("municipalities")}
        self.assertEqual(len(table("core_cities")), 62)
        for city in table("core_cities"):
            self.assertEqual(names[city["code"]], city["name"])
        hyogo = {city["name"] for city in table("core_cities") if city["code"].startswith("28")}
        self.assertEqual(hyogo, {"姫路市", "尼崎市", "明石市", "西宮市"})

    def test_businesses(self):
        rows = table("businesses")
        self.assertEqual(len(rows), 21)
        for column, count in (("order_cabinet", 20), ("order_da", 21), ("order_mic", 20)):
            self.assertEqual(sorted(map(int, filled("businesses", column))), list(range(1, count + 1)), column)
        labels = [label for row in rows for label in {row["name"], row["label_mic"], row["label_da"],
                                                      *row["aliases"].split(",")} if label]
        self.assertEqual([label for label, count in Counter(labels).items() if count > 1], [])

    def test_steps(self):
        self.assertEqual([int(row["step"]) for row in table("steps")], list(range(1, 41)))
        self.assertEqual(Counter(row["phase"] for row in table("steps")),
                         {"計画立案": 13, "システム選定": 16, "移行": 10, "運用開始": 1})


if __name__ == "__main__":
    unittest.main()
