"""Every plain code point and every IVS of the list: all identified, and each IVS has the name of the list."""
from e2e import Case, data_rows, json, main, text_of


class StandardSet(Case):
    def setUp(self):
        super().setUp()
        self.rows = list(data_rows("mj.tsv"))
        self.ivs = {row["ivs"]: row["name"] for row in self.rows if row["ivs"]}

    def test_all_are_standard_or_default(self):
        plain = {row["implemented"] for row in self.rows if row["implemented"]}
        self.assertEqual(len(self.ivs), 11382)
        self.assertEqual(len(plain), 52607)
        self.write("a.txt", "\n".join(map(text_of, sorted(plain))) + "\n" + "\n".join(map(text_of, self.ivs)) + "\n")
        report = self.identify("a.txt", code=0)
        self.assertEqual(report["characters"], 52607 + 11382)
        self.assertEqual(report["exceptions"], [])
        self.assertEqual(set(self.counts(report)), {"standard", "default_glyph"})

    def test_char_names_every_ivs(self):
        sequences = sorted(self.ivs)
        for start in range(0, len(sequences), 2000):
            batch = sequences[start:start + 2000]
            run = self.hyojun("char", "--json", *batch, code=0)
            answers = [json.loads(line) for line in run.out.splitlines()]
            self.assertEqual([a["query"] for a in answers], batch)
            self.assertEqual([a["records"][0]["name"] for a in answers], [self.ivs[q] for q in batch])

    def test_char_takes_the_sequence_itself(self):
        for sequence, name in list(self.ivs.items())[:50]:
            answer = json.loads(self.hyojun("char", "--json", text_of(sequence), code=0).out)
            self.assertEqual([r["name"] for r in answer["records"]], [name])


if __name__ == "__main__":
    main()
