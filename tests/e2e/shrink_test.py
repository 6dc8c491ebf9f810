"""shrink: IPA's rule for all 58,862 characters against SQL over the data, candidates, maps, what is refused."""
import sqlite3

import e2e
from e2e import Case, data_rows, main, os, text_of

# The published rule as one statement (domain: ranks of IPA's reference picker). Candidates of one character that are
# marked 別字 count for JIS包摂/UCS統合 only.
RULE = """
WITH ranked AS (
  SELECT s.name, s.target, s.relation,
    CASE s.relation
      WHEN 'jis_unification' THEN 1000
      WHEN 'min2_5202' THEN 2000
      WHEN 'koseki' THEN 3000 + 100 * s.hops + CASE WHEN EXISTS (SELECT 1 FROM shrink o WHERE o.name = s.name AND
          o.target = s.target AND o.relation IN ('min1_2842', 'min1_2842_zokuji')) THEN 0 ELSE 10 END
      WHEN 'min1_2842' THEN 4000
      WHEN 'min1_2842_zokuji' THEN 4000
      WHEN 'notice582_1' THEN 5000 + 100 * s.rank
    END + CASE
      WHEN t.policy = '常用漢字' THEN 1
      WHEN t.policy = '人名用漢字' AND s.x0213 BETWEEN '1-16-01' AND '1-47-51' THEN 2
      WHEN t.policy = '人名用漢字' AND s.x0213 BETWEEN '1-48-01' AND '1-84-06' THEN 3
      WHEN t.policy = '人名用漢字' AND s.x0213 BETWEEN '1-14-01' AND '1-94-94' THEN 4
      ELSE 5 END AS place
  FROM shrink s LEFT JOIN mj t ON t.implemented = s.target
  WHERE s.relation IN ('jis_unification', 'min2_5202', 'koseki', 'min1_2842', 'min1_2842_zokuji', 'notice582_1')
    AND (s.relation = 'jis_unification' OR NOT EXISTS (SELECT 1 FROM shrink b WHERE b.name = s.name AND
         b.target = s.target AND b.relation = 'min1_2842_betsuji')))
SELECT mj.name, CASE WHEN e.name IS NOT NULL THEN e.target ELSE (
  SELECT target FROM ranked r WHERE r.name = mj.name ORDER BY place LIMIT 1) END
FROM mj LEFT JOIN exception e ON e.name = mj.name ORDER BY mj.rowid
"""
EXCEPTIONS = {"MJ006457": "U+4E1E", "MJ011815": "U+613C", "MJ016886": "U+53CB", "MJ020479": "U+7E8F", "MJ057404": "U+5DE3",
              "MJ016011": "U+6F2B", **dict.fromkeys(
                  ["MJ019374", "MJ034976", "MJ035231", "MJ038675", "MJ056889", "MJ057204", "MJ057262", "MJ057625",
                   "MJ057639", "MJ004411", "MJ014719", "MJ038446", "MJ039434"])}


def database():
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE mj (name TEXT PRIMARY KEY, implemented TEXT, policy TEXT)")
    db.execute("CREATE TABLE shrink (name TEXT, relation TEXT, target TEXT, x0213 TEXT, rank INTEGER, hops INTEGER)")
    db.execute("CREATE TABLE exception (name TEXT PRIMARY KEY, target TEXT)")
    db.executemany("INSERT INTO mj VALUES (?, ?, ?)",
                   [(r["name"], r["implemented"], r["policy"]) for r in data_rows("mj.tsv")])
    db.executemany("INSERT INTO shrink VALUES (?, ?, ?, ?, ?, ?)",
                   [(r["name"], r["relation"], r["target"], r["x0213"], int(r["rank"] or 0), int(r["hops"] or 0))
                    for r in data_rows("mj_shrink.tsv")])
    db.executemany("INSERT INTO exception VALUES (?, ?)", EXCEPTIONS.items())
    db.execute("CREATE INDEX by_name ON shrink (name, target)")
    db.execute("CREATE INDEX by_code ON mj (implemented)")
    return db


class Shrink(Case):
    def shrink(self, *arguments, code=0, **options):
        run = self.hyojun("shrink", *arguments, "--json", code=code, **options)
        return [e2e.json.loads(line) for line in run.out.splitlines()]

    def test_the_ipa_rule_for_all_characters(self):
        db = database()
        expected = dict(db.execute(RULE))
        self.assertEqual(len(expected), 58862)
        names = list(expected)
        answers = self.shrink("-", "--to", "jisx0213", "--pick", "ipa", stdin="\n".join(names).encode())
        self.assertEqual([a["input"] for a in answers], names, "one line each, in order")
        self.assertEqual({a["input"]: a["pick"] for a in answers}, expected)
        self.assertEqual(sum(pick is not None for pick in expected.values()), 27584)
        # Every candidate is a row of the map, and every row is a candidate.
        listed = sorted((a["name"], c["relation"], c["text"], c["rank"] or 0, c["hops"] or 0)
                        for a in answers for c in a["candidates"])
        self.assertEqual(listed, sorted(db.execute("SELECT name, relation, target, rank, hops FROM shrink")))

    def test_the_characters_of_every_day(self):
        rows = {}
        for row in data_rows("mj_shrink.tsv"):
            rows.setdefault(row["name"], []).append((row["relation"], row["target"]))
        mj = list(data_rows("mj.tsv"))
        wanted = [r for r in mj if r["ucs"] == "U+9089" and r["ivs"]]
        self.assertGreaterEqual(len(wanted), 15)
        answers = self.shrink("-", stdin="\n".join(text_of(r["ivs"]) for r in wanted).encode())
        for row, answer in zip(wanted, answers):
            self.assertEqual(answer["name"], row["name"])
            self.assertEqual(sorted((c["relation"], c["text"]) for c in answer["candidates"]), sorted(rows.get(row["name"], [])))
        for character in "髙﨑斎麴棃":
            [answer] = self.shrink(character, "--pick", "ipa")
            self.assertEqual(sorted((c["relation"], c["text"]) for c in answer["candidates"]), sorted(rows[answer["name"]]))
            self.assertIsNotNone(answer["pick"])

    def test_jis_x_0208(self):
        [answer] = self.shrink("﨑", "--to", "jisx0208", "--pick", "ipa")
        self.assertEqual((answer["pick"], answer["relation"]), ("U+5D0E", "koseki"))
        self.assertEqual({c["text"] for c in answer["candidates"]}, {"U+5D0E"})
        self.assertEqual(self.shrink("あ①", "--to", "jisx0208")[1]["pick"], None)
        self.assertEqual(self.shrink("あ")[0]["relation"], "within")

    def test_undecided(self):
        several = {}
        for row in data_rows("mj_shrink.tsv"):
            several.setdefault(row["name"], set()).add(row["target"])
        expected = [name for name, targets in several.items() if len(targets) > 1]
        self.assertEqual(sorted(a["name"] for a in self.shrink("--undecided", "--pick", "none")), sorted(expected))
        self.assertEqual(len(expected), 7167)
        strict = self.shrink("--undecided")
        self.assertTrue(all(a["pick"] is None and len({c["text"] for c in a["candidates"]}) > 1 for a in strict))

    def test_the_own_map_stands_first(self):
        self.write("map.csv", "文字図形名,変換先\nMJ028902,嵩\n①,（１）\n")
        high, one = self.shrink("髙①", "--map", "map.csv", "--to", "jisx0208", "--pick", "ipa")
        self.assertEqual((high["pick"], high["relation"]), ("U+5D69", "map"))
        self.assertEqual(one["pick"], "U+FF08 U+FF11 U+FF09")
        self.check_message(self.hyojun("shrink", "a", "--map", "none.csv"), 4, "none.csv")

    def test_header_and_lines_that_are_no_characters(self):
        lines = self.shrink("-", "--header", stdin=b"\xC3\nMJ999999\n\nab\n\xFF", code=1)
        self.assertEqual(lines[0]["schema"], "hyojun.shrink/1")
        self.assertEqual(len(lines), 6)
        self.assertEqual([line["name"] for line in lines[1:]], [None] * 5)
        lines = self.shrink("-", stdin="邉\r\nU+9089 U+E010F\n".encode())
        self.assertEqual([line["name"] for line in lines], ["MJ026190", "MJ026190"])
        self.check_message(self.hyojun("shrink", "-", stdin=b"a" * 2000), 3, "long|長", "-:1")

    def test_text(self):
        run = self.hyojun("shrink", "髙", "--pick", "ipa", "--lang", "ja", code=0)
        self.assertIn("髙 MJ028902 → 高 U+9AD8 (JIS包摂規準・UCS統合規則)", run.out)
        self.assertIn("戸籍統一文字情報", run.out)

    def test_usage(self):
        for arguments in ([], ["-", "a"], ["a", "--undecided"], ["a", "--pick", "x"]):
            self.check_message(self.hyojun("shrink", *arguments), 2, ".")


if __name__ == "__main__":
    main()
