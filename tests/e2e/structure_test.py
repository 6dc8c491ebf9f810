"""What is structure and what is text: records, fields, quotes, line ends, columns."""
from e2e import Case, main


class Records(Case):
    def test_line_ends(self):
        for end in ("\n", "\r\n", "\r"):
            with self.subTest(end):
                self.write("a.csv", end.join(["氏名,住所", "山,川", "田,口"]))
                report = self.identify("a.csv", code=0)
                self.assertEqual((report["records"], report["characters"]), (3, 4))

    def test_nothing_to_read(self):
        for data in (b"", b"\xEF\xBB\xBF", b"\xFF\xFE", b"\xFE\xFF"):
            with self.subTest(data):
                self.write("a.csv", data)
                report = self.identify("a.csv", code=0)
                self.assertEqual((report["records"], report["characters"], report["bytes"]), (0, 0, len(data)))

    def test_header_only(self):
        self.write("a.csv", "氏名,한국\n")
        report = self.identify("a.csv", code=0)
        self.assertEqual((report["records"], report["characters"]), (1, 0))

    def test_no_header(self):
        self.write("a.csv", "山田,川\n")
        self.assertEqual(self.identify("a.csv", "--no-header", code=0)["characters"], 3)

    def test_quotes(self):
        self.write("a.csv", '氏名\n"山""田,\n\r\n川"\n')
        report = self.identify("a.csv", code=0)
        # 山 " 田 , 川
        self.assertEqual((report["records"], report["characters"]), (2, 5))

    def test_unclosed_quote_is_said(self):
        self.write("a.csv", 'a,b\n"山\n川,1\n')
        run = self.hyojun("identify", "a.csv", "--json", code=1)
        self.assertIn("quote", run.err)
        self.assertEqual(len(run.json()["files"][0]["warnings"]), 1)

    def test_trail_bytes_are_no_structure(self):
        # ソ ends in 5C, ポ in 7C, ー in 5B: none of them a delimiter
        self.write("a.csv", "氏名|住所\nソポー|表\n".encode("cp932"))
        report = self.identify("a.csv", "--encoding", "cp932", "--delimiter", "|", "--columns", "氏名", code=0)
        self.assertEqual(report["characters"], 3)


class Formats(Case):
    def test_tab_is_control_unless_it_delimits(self):
        self.write("a.csv", "a\tb\n山\t田\n")
        self.assertEqual(self.counts(self.identify("a.csv", code=1)), {"standard": 2, "control": 1})
        self.assertEqual(self.counts(self.identify("a.csv", "--format", "tsv", code=0)), {"standard": 2})
        self.assertEqual(self.counts(self.identify("a.csv", "--delimiter", "tab", code=0)), {"standard": 2})

    def test_the_name_decides(self):
        for name, characters in (("a.tsv", 2), ("a.txt", 6), ("a.csv", 3), ("a.dat", 3)):
            self.write(name, "a\tb\n山\t田\n")
            self.assertEqual(self.identify(name)["characters"], characters, name)

    def test_text_counts_commas_and_quotes(self):
        self.write("a.csv", '"山",田\n')
        self.assertEqual(self.identify("a.csv", "--format", "text", code=0)["characters"], 5)

    def test_delimiters_that_are_none(self):
        self.write("a.csv", "a\n")
        for value in ("", "ab", '"', "\n", "\r", "、", b"\xFF", b"\x80"):
            with self.subTest(value):
                self.check_message(self.hyojun("identify", "a.csv", b"--delimiter=" + (
                    value if isinstance(value, bytes) else value.encode())), 2, "--delimiter", next_=True)


class Columns(Case):
    def setUp(self):
        super().setUp()
        self.write("a.csv", "氏名,番号,住所\n山,1,東京都\n川,2,한\n")

    def test_by_name_and_by_number(self):
        by_name = self.identify("a.csv", "--columns", "氏名,住所", code=1)
        self.assertEqual(by_name["characters"], 6)
        self.assertEqual(by_name["bytes"], len(self.read("a.csv")))
        for columns in (["--columns", "1,3"], ["--columns", "3", "--columns", "氏名"], ["--columns", "3,1,1"]):
            report = self.identify("a.csv", *columns, code=1)
            self.assertEqual(report["scope"]["columns"], ",".join(columns[1::2]).split(","))  # as they were given
            self.assertEqual({**report, "scope": by_name["scope"]}, by_name)
        self.assertEqual(by_name["exceptions"][0]["first"][0]["field"], 3)

    def test_a_column_that_is_not_there(self):
        for column in ("電話", "0", "4", "-1", "99999999999999999999", "1.5", " 氏名"):
            with self.subTest(column):
                self.check_message(self.hyojun("identify", "a.csv", f"--columns={column}"), 2, "no column", "a.csv")

    def test_an_empty_name_is_no_column(self):
        for option in ("--columns", "--name-columns", "--kana-columns"):
            for value in ("", ",", "氏名,", ",氏名"):
                with self.subTest(option, value=value):
                    self.check_message(self.hyojun("identify", "a.csv", f"{option}={value}"), 2, option)

    def test_a_heading_that_stands_twice(self):
        self.write("b.csv", "名,名\n山,川\n")
        self.check_message(self.hyojun("identify", "b.csv", "--columns", "名"), 2, "two columns")
        self.assertEqual(self.identify("b.csv", "--columns", "2", code=0)["characters"], 1)

    def test_columns_without_any_character_are_said(self):
        run = self.hyojun("identify", "a.csv", "--no-header", "--columns", "60000", "--json", code=1)
        self.assertEqual(run.json()["characters"], 0)
        self.assertIn("no character", run.err)

    def test_text_has_one_column(self):
        self.check_message(self.hyojun("identify", "a.csv", "--format", "text", "--columns", "2"), 2, "no column")
        self.identify("a.csv", "--format", "text", "--columns", "1", code=1)

    def test_records_of_uneven_length(self):
        self.write("b.csv", "a,b,c\n山\n川,田,口,木\n\n")
        self.assertEqual(self.identify("b.csv", "--columns", "3", code=0)["characters"], 1)
        self.assertEqual(self.identify("b.csv", code=0)["characters"], 5)

    def test_a_name_in_the_header_of_another_encoding(self):
        self.write("c.csv", "氏名,住所\n山,川\n", "cp932")
        self.check_message(self.hyojun("identify", "c.csv", "--columns", "氏名"), 3, "no UTF-8", r"c\.csv:1:1, byte 0")
        self.identify("c.csv", "--columns", "氏名", "--encoding", "cp932", code=0)


if __name__ == "__main__":
    main()
