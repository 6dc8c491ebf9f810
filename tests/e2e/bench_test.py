"""hyojun bench: figures of the user's own file, and nothing of the file."""
from e2e import Case, DATA, main, os, re

UTF8 = os.path.join(DATA, "samples", "residents_utf8.csv")
CP932 = os.path.join(DATA, "samples", "residents_cp932.csv")
FEW = ["--repetitions", "4"]


class Bench(Case):
    def bench(self, *arguments, **options):
        return self.hyojun("bench", *arguments, "--json", *([] if "--repetitions" in arguments else FEW), code=0, **options).json()

    def test_json(self):
        report = self.bench(UTF8, "--all-kernels")
        self.assertEqual(list(report), ["schema", "hyojun", "icu", "cpu", "encoding", "bytes", "whole_file", "characters", "records",
                                        "repetitions", "passes", "noisy", "rows"])
        identified = self.identify(UTF8)
        self.assertEqual(report["schema"], "hyojun.bench/1")
        for key in ("bytes", "records", "characters"):
            self.assertEqual(report[key], identified[key])
        self.assertTrue(report["whole_file"] and report["cpu"])
        kernels = re.search(r"(?m)^kernels (.*) \(", self.hyojun("--version").out).group(1).split()
        self.assertEqual([(row["what"], row["kernel"]) for row in report["rows"]],
                         [("identify", kernel) for kernel in kernels] + [("icu_to_utf16", None), ("memcpy", None)])
        for row in report["rows"]:
            self.assertEqual(len(row["seconds"]), 4)
            self.assertTrue(min(row["seconds"]) <= row["median"] <= max(row["seconds"]) and row["median"] > 0)
            self.assertAlmostEqual(row["bytes_per_second"] * row["median"], report["bytes"], delta=1)
            self.assertAlmostEqual(row["characters_per_second"] * row["median"], report["characters"], delta=1)
        icu, memcpy = report["rows"][-2:]
        self.assertEqual((icu["to_icu"], memcpy["to_memcpy"]), (1.0, 1.0))
        self.assertGreater(memcpy["to_icu"], 1)

    def test_encodings_and_options(self):
        with open(UTF8, encoding="utf-8") as file:
            text = file.read()
        self.write("le.csv", b"\xff\xfe" + text.encode("utf-16-le"))
        self.write("be.csv", b"\xfe\xff" + text.encode("utf-16-be"))
        self.assertEqual(self.bench("le.csv")["encoding"], "utf-16le")
        self.assertEqual(self.bench("be.csv")["encoding"], "utf-16be")
        self.assertEqual(self.bench(CP932, "--encoding", "cp932")["encoding"], "cp932")
        profile = os.path.join(DATA, "samples", "sample.profile.json")
        self.assertEqual(self.bench(CP932, "--profile", profile)["encoding"], "cp932")
        self.assertEqual(self.bench(UTF8, "--kernel", "portable")["rows"][0]["kernel"], "portable")
        self.assertEqual(self.bench(UTF8, env={"HYOJUN_KERNEL": "portable"})["rows"][0]["kernel"], "portable")
        whole = self.bench(UTF8)["characters"]
        self.assertLess(self.bench(UTF8, "--columns", "氏名漢字")["characters"], whole)
        self.assertEqual(self.bench("-", stdin=text.encode())["characters"], whole)

    def test_only_the_beginning_of_a_big_file(self):
        self.write("big.csv", "氏名,住所\n" + "山田太郎,東京都\n" * 200_000)
        report = self.bench("big.csv", "--megabytes", "2", "--repetitions", "1")
        self.assertFalse(report["whole_file"])
        self.assertTrue(1_000_000 < report["bytes"] <= 2_000_000, report["bytes"])
        self.assertTrue(report["noisy"])  # one repetition has no spread
        self.assertIn("--megabytes", self.hyojun("bench", "big.csv", "--megabytes", "2", "--repetitions", "1", code=0).out)

    def test_table(self):
        for lang, small in (("en", "the file is small"), ("ja", "小さいファイル")):
            run = self.hyojun("bench", UTF8, *FEW, "--lang", lang, code=0)
            self.assertRegex(run.out, r"(?m)^hyojun identify \(\w+\) +\d+\.\d{3} +\d+ +\d+\.\d % ")
            self.assertRegex(run.out, r"(?m)^ICU ucnv .* 1\.00 ")
            self.assertRegex(run.out, r"(?m)^memcpy .* 1\.000$")
            self.assertIn(small, run.out)

    def test_nothing_of_the_file_is_written(self):
        self.write("秘密.csv", "氏名\n" + "鬼頭\uE000\n" * 50)
        for arguments in (["--json"], [], ["--lang", "ja"]):
            run = self.hyojun("bench", "秘密.csv", *FEW, *arguments, code=0)
            for hidden in ("秘密", "鬼頭", "氏名", "E000"):
                self.assertNotIn(hidden, run.out + run.err)

    def test_errors(self):
        self.write("empty.csv", "")
        self.write("header.csv", "氏名\n")
        for name in ("empty.csv", "header.csv"):
            self.check_message(self.hyojun("bench", name), 3, "no character", name)
        self.check_message(self.hyojun("bench", CP932), 3, "no UTF-8", "byte 0")
        self.write("late.csv", b"a\n" + b"x" * 50 + b"\n\xff\n")
        self.check_message(self.hyojun("bench", "late.csv"), 3, "no UTF-8", "byte 53")
        self.write("bom.csv", b"\xff\xfea\x00\n\x00b\x00")
        self.assertEqual(self.bench("bom.csv")["characters"], 1)
        self.check_message(self.hyojun("bench", "absent.csv"), 4, ".", "absent.csv")
        for wrong in (["--repetitions", "0"], ["--repetitions", "1001"], ["--megabytes", "0"], ["--megabytes", "9999"], ["--kernel", "x"],
                      ["--encoding", "shift_jis"], [UTF8]):
            self.assertEqual(self.hyojun("bench", UTF8, *wrong).code, 2, wrong)
        self.hyojun("bench", code=2)


if __name__ == "__main__":
    main()
