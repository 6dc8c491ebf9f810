"""char: every kind of query, the records, what is not found, what is no query."""
from e2e import Case, data_rows, json, main, text_of

KEYS = ["name", "text", "ucs", "ivs", "svs", "koseki", "juki", "toki", "x0213", "strokes", "radicals", "readings"]


class Character(Case):
    def answers(self, *queries, code=0):
        run = self.hyojun("char", "--json", *queries, code=code)
        return [json.loads(line) for line in run.out.splitlines()]

    def names(self, query):
        [answer] = self.answers(query)
        return [record["name"] for record in answer["records"]]

    def test_schema(self):
        [answer] = self.answers("MJ026190")
        self.assertEqual(list(answer)[:3], ["schema", "query", "records"])
        self.assertEqual(answer["schema"], "hyojun.char/1")
        self.assertEqual(list(answer["records"][0])[:12], KEYS)

    def test_every_kind_of_query(self):
        row = next(r for r in data_rows("mj.tsv") if r["name"] == "MJ026190")
        for query in ("MJ026190", "mj026190", row["ivs"], text_of(row["ivs"]), row["koseki"], row["toki"], row["juki"]):
            if query:
                with self.subTest(query):
                    self.assertIn("MJ026190", self.names(query))
        for query in ("邉", "U+9089"):
            self.assertGreater(len(self.names(query)), 1)
        radical = next(r for r in data_rows("mj_radicals.tsv") if r["name"] == "MJ026190")
        self.assertIn("MJ026190", self.names(f"{radical['radical']}.{radical['strokes']}"))
        readings = next(r for r in data_rows("mj_readings.tsv") if r["name"] == "MJ026190")["readings"].split(",")
        for reading in readings:
            self.assertIn("MJ026190", self.names("よみ:" + reading), reading)

    def test_reading_in_either_kana(self):
        self.assertEqual(self.names("ツジ"), self.names("つじ"))
        self.assertTrue(self.names("つじ"))

    def test_values_are_those_of_the_list(self):
        rows = [row for i, row in enumerate(data_rows("mj.tsv")) if i % 97 == 0]
        for answer, row in zip(self.answers(*[row["name"] for row in rows]), rows):
            [record] = answer["records"]
            for key in ("name", "ucs", "ivs", "svs", "koseki", "juki", "toki", "x0213"):
                self.assertEqual(record[key] or "", row[key], (row["name"], key))
            self.assertEqual(str(record["strokes"] or ""), row["strokes"].replace("0", "") if row["strokes"] == "0" else row["strokes"])

    def test_not_found(self):
        for query in ("MJ999999", "GJ000001", "gjh00001", "mh000001", "J+0001", "000000", "99999999", "U+0378", "214.99",
                      "ほげほげ", "张", "한"):
            with self.subTest(query):
                [answer] = self.answers(query, code=1)
                self.assertEqual(answer["records"], [])
        self.assertEqual([len(a["records"]) > 0 for a in self.answers("山", "한", code=1)], [True, False])

    def test_outside_the_standard_shows_the_proper_form(self):
        [answer] = self.answers("张", code=1)
        self.assertEqual((answer["outcome"], answer["references"][0]["text"]), ("not_in_standard", "U+5F35"))

    def test_other_collections(self):
        [answer] = self.answers("U+845B U+E0100", code=1)
        self.assertEqual(answer["outcome"], "unregistered_sequence")
        self.assertIn("Adobe-Japan1", answer["collection"])

    def test_garbage_is_usage(self):
        for query in ("", "山田", "U+", "U+110000", "U+D800", "U+ZZZZ", "12345", "1.x", "..", "x" * 100000, "山 ", "\n\n"):
            with self.subTest(query[:20]):
                self.check_message(self.hyojun("char", query), 2, ".")
        for query in (b"\xff", b"\xe5\xb1", b"\xed\xa0\x80"):
            self.check_message(self.hyojun("char", query), 2, "look up")

    def test_no_bytes_break_the_output(self):
        for query in (b"MJ\xff", b"MJ\x1b[31m\n", b"J+\xff\xfe"):
            with self.subTest(query):
                run = self.hyojun("char", query, code=1)
                self.assertNotRegex(run.out.rstrip("\n"), "[\x00-\x09\x0b-\x1f\x7f\udc80-\udcff]")
                json.loads(self.hyojun("char", query, "--json", code=1).out)

    def test_options_end_at_two_dashes(self):
        self.check_message(self.hyojun("char", "--", "--json"), 2, "look up")
        self.check_message(self.hyojun("char", "--jsn", "山"), 2, "no option")


if __name__ == "__main__":
    main()
