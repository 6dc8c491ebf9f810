"""Kernels: listed, forced by option and environment, refused where they cannot run, and equal in every byte."""
from e2e import Case, DATA, main, os, re

SAMPLES = os.path.join(DATA, "samples")


def sample(name):
    return os.path.join(SAMPLES, name)


class Kernels(Case):
    def kernels(self):
        return re.search(r"(?m)^kernels (.*) \(in use: .*\)$", self.hyojun("--version", code=0).out).group(1).split()

    def in_use(self, **env):
        return re.search(r"(?m)^kernels .*\(in use: (\w+)\)$", self.hyojun("--version", code=0, env=env).out).group(1)

    def test_version_lists_the_best_first_and_the_one_in_use(self):
        kernels = self.kernels()
        self.assertEqual(kernels[-1], "portable")
        self.assertEqual(len(set(kernels)), len(kernels))
        self.assertEqual(self.in_use(), kernels[0])
        self.assertEqual(self.in_use(HYOJUN_KERNEL=""), kernels[0])
        self.assertEqual(self.in_use(HYOJUN_KERNEL="auto"), kernels[0])
        self.assertEqual(self.in_use(HYOJUN_KERNEL="portable"), "portable")

    def test_every_kernel_gives_the_same_bytes(self):
        with open(sample("residents_utf8.csv"), encoding="utf-8") as file:
            text = file.read()
        self.write("le.csv", b"\xff\xfe" + text.encode("utf-16-le"))
        self.write("be.csv", b"\xfe\xff" + text.encode("utf-16-be"))
        self.write("quoted.csv", "".join('"' + line.replace(",", '","') + '"\r\n' for line in text.splitlines()))
        self.write("broken.csv", b"\xe8\xbe\xbb,\xff\xe8\xbe\n" * 3000)
        runs = [[sample("residents_utf8.csv")], [sample("residents_utf8.csv"), "--default-glyphs", "--columns", "2,7"],
                [sample("residents_utf8.csv"), "--name-columns", "氏名漢字", "--format", "csv"],
                [sample("residents_utf8.csv"), "--format", "text"],
                [sample("residents_cp932.csv"), "--encoding", "cp932"],
                [sample("residents_cp932.csv"), "--profile", sample("sample.profile.json")],
                ["le.csv"], ["be.csv"], ["quoted.csv"], ["broken.csv", "--encoding", "utf-8"]]
        for arguments in runs:
            expected = self.hyojun("identify", *arguments, "--json", "--kernel", "portable")
            self.assertIn(expected.code, (0, 1), expected)
            for kernel in self.kernels():
                with self.subTest(arguments=arguments, kernel=kernel):
                    by_option = self.hyojun("identify", *arguments, "--json", "--kernel", kernel)
                    by_variable = self.hyojun("identify", *arguments, "--json", env={"HYOJUN_KERNEL": kernel})
                    self.assertEqual((by_option.code, by_option.out_bytes), (expected.code, expected.out_bytes))
                    self.assertEqual((by_variable.code, by_variable.out_bytes), (expected.code, expected.out_bytes))

    def test_convert_writes_and_reports_the_same_on_every_kernel(self):
        gaiji = ["--profile", sample("sample.profile.json")]
        utf8, cp932 = sample("residents_utf8.csv"), sample("residents_cp932.csv")
        with open(utf8, encoding="utf-8") as file:
            text = file.read()
        self.write("le.csv", b"\xff\xfe" + text.encode("utf-16-le"))
        self.write("quoted.csv", "".join('"' + line.replace(",", '","') + '"\r\n' for line in text.splitlines()))
        self.write("broken.csv", b"\xe8\xbe\xbb,\xff\xe8\xbe\n" * 3000)
        self.write("outside.csv", "㐂塚﨑,〃①\n辻\U000e0101,鷗\n" * 3000)
        runs = [[utf8, "--unidentified", "keep"], [utf8, "--form", "base", "--shrink", "--unidentified", "geta"],
                [utf8, "--shrink", "ipa", "--unidentified", "tag", "--columns", "2,7"], [utf8],
                [cp932, *gaiji, "--unidentified", "keep"], [cp932, *gaiji, "--shrink", "--unidentified", "tag"],
                ["le.csv", "--shrink", "none", "--unidentified", "geta"],
                ["quoted.csv", "--form", "base", "--shrink", "--unidentified", "geta"],
                ["broken.csv", "--encoding", "utf-8", "--unidentified", "geta"],
                ["outside.csv", "--shrink", "--unidentified", "geta"]]
        for arguments in runs:
            made = set()
            for kernel in self.kernels():
                for how in (["--kernel", kernel], {"HYOJUN_KERNEL": kernel}):
                    option, env = (how, {}) if isinstance(how, list) else ([], how)
                    run = self.hyojun("convert", *arguments, "-o", "out.csv", "--force", "--json", *option, env=env)
                    self.assertIn(run.code, (0, 1, 3), run)
                    made.add((run.code, run.out_bytes, self.read_bytes("out.csv")))
            self.assertEqual(len(made), 1, arguments)

    def read_bytes(self, name):
        if not os.path.exists(self.path(name)):
            return None
        with open(self.path(name), "rb") as file:
            data = file.read()
        os.remove(self.path(name))
        return data

    def test_unknown_kernels_are_refused_with_the_list(self):
        self.write("a.csv", "名\n山\n")
        for name in ("avx1024", "AVX512", "portable,avx512"):
            run = self.hyojun("identify", "a.csv", "--kernel=" + name)
            self.check_message(run, 2, "--kernel: no kernel of this machine: " + name)
            for kernel in ["auto", *self.kernels()]:
                self.assertIn(kernel, run.err)
        self.check_message(self.hyojun("identify", "a.csv", env={"HYOJUN_KERNEL": "z80"}), 2, "HYOJUN_KERNEL: .*z80")
        run = self.hyojun("convert", "a.csv", "-o", "b.csv", "--kernel=z80")
        self.check_message(run, 2, "--kernel: no kernel of this machine: z80")
        self.assertFalse(os.path.exists(self.path("b.csv")))
        run = self.hyojun("--version", env={"HYOJUN_KERNEL": "z80"}, code=2)
        self.assertRegex(run.err, "HYOJUN_KERNEL: .*z80")

    def test_the_option_goes_before_the_variable(self):
        self.write("a.csv", "名\n山\n")
        self.hyojun("identify", "a.csv", "--kernel", "auto", env={"HYOJUN_KERNEL": "z80"}, code=0)


if __name__ == "__main__":
    main()
