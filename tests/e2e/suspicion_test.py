"""Names already damaged: counted and listed apart from the outcomes, with no influence on them."""
from e2e import Case, data_rows, main, text_of


class Suspicions(Case):
    def kinds(self, name, kana="カナ", *, code=None):
        self.write("a.csv", f"氏名,カナ\n{name},{kana}\n")
        report = self.identify("a.csv", "--name-columns", "氏名", "--kana-columns", "カナ", code=code)
        return {(s["kind"], s["text"]): s["count"] for s in report["suspicions"]}

    def test_each_kind(self):
        for name, kana, expected in [
                ("山田", "ヤマダ", {}),
                ("〓田", "ヤマダ", {("placeholder", "U+3013"): 1}),
                ("山●●", "ヤマ", {("placeholder", "U+25CF"): 2}),
                ("山田", "ヤマ田", {("kanji_in_kana", "U+7530"): 1}),
                ("ジョ一ジ", "ジョージ", {("look_alike", "U+4E00"): 1}),
                (" 山田", "ヤマダ", {("leading_space", "U+0020"): 1}),
                ("\u3000山田", "ヤマダ", {("leading_space", "U+3000"): 1}),
                ("山  田", "ヤマ", {("double_space", "U+0020 U+0020"): 1}),
                ("", "", {("empty_field", ""): 2}),
                ("\u3000 ", "ヤマ", {("empty_field", ""): 1})]:
            with self.subTest(name, kana=kana):
                self.assertEqual(self.kinds(name, kana, code=1 if expected else 0), expected)

    def test_common_names_raise_none(self):
        for name, kana in [("一ノ瀬 二郎", "イチノセ ジロウ"), ("三ツ谷 八重", "ミツヤ ヤエ"), ("野口 ロミ", "ノグチ ロミ"),
                           ("佐々木 ヘレン", "ササキ ヘレン"), ("二階堂 力", "ニカイドウ チカラ"), ("山口 一", "ヤマグチ ハジメ"),
                           ("工藤 エリ", "クドウ エリ"), ("ジョージ", "ジョージ")]:
            with self.subTest(name):
                self.assertEqual(self.kinds(name, kana, code=0), {})

    def test_every_placeholder_of_the_list(self):
        for row in data_rows("placeholders.tsv"):
            character = text_of(row["char"])
            found = self.kinds(f"山{character}田", "ヤマダ", code=1)
            self.assertEqual(found, {("placeholder", row["char"]): 1}, row)

    def test_no_influence_on_the_outcomes(self):
        self.write("a.csv", "氏名\n〓山  \n")
        plain = self.identify("a.csv", code=0)
        named = self.identify("a.csv", "--name-columns", "氏名", code=1)
        self.assertEqual(plain["outcomes"], named["outcomes"])
        self.assertEqual(named["exceptions"], [])

    def test_own_array_with_places(self):
        self.write("a.csv", "氏名,カナ\r\n山,ヤマ\r\n\"山\r\n〓\",ヤ\r\n〓,\r\n")
        report = self.identify("a.csv", "--name-columns", "1", "--kana-columns", "2", code=1)
        self.assertEqual([s["kind"] for s in report["suspicions"]], ["placeholder", "empty_field"])
        for suspicion in report["suspicions"]:
            self.assertEqual(list(suspicion), ["kind", "source", "text", "count", "first"])
        first = report["suspicions"][0]
        self.assertEqual((first["source"], first["count"]), ("E38093", 2))
        self.assertEqual([(p["record"], p["field"]) for p in first["first"]], [(3, 1), (4, 1)])
        data = self.read("a.csv")
        self.assertTrue(all(data[p["byte"]:p["byte"] + 3] == "〓".encode() for p in first["first"]))

    def test_in_every_encoding_and_across_blocks(self):
        text = "氏名\n" + "山田太郎\n" * 400000 + "〓田\n"
        for encoding, codec in (("utf-8", "utf-8"), ("cp932", "cp932"), ("utf-16le", "utf-16-le")):
            self.write("a.csv", text, codec)
            report = self.identify("a.csv", "--encoding", encoding, "--name-columns", "氏名", code=1)
            self.assertEqual([(s["kind"], s["count"], s["first"][0]["record"]) for s in report["suspicions"]],
                             [("placeholder", 1, 400002)])

    def test_the_header_is_no_name(self):
        self.write("a.csv", "〓〓\n山田\n")
        self.assertEqual(self.identify("a.csv", "--name-columns", "1", code=0)["suspicions"], [])

    def test_a_column_that_is_not_there(self):
        self.write("a.csv", "氏名\n山\n")
        self.check_message(self.hyojun("identify", "a.csv", "--kana-columns", "カナ"), 2, "no column", "a.csv")


if __name__ == "__main__":
    main()
