"""What the tests of the tracker share: a database of 兵庫県, and short ways to import and to ask."""
from e2e import Case

DAY = "2026-01-31"


class Tracker(Case):
    def setUp(self):
        super().setUp()
        self.hyojun("init", "--prefecture", "28", code=0)

    def take(self, name, content, *arguments, code=0):
        self.write(name, content)
        return self.hyojun("import", name, *arguments, "--json", code=code).json()

    def report(self, *arguments, code=None):
        run = self.hyojun(*arguments, "--json")
        self.assertIn(run.code, (0, 1) if code is None else (code,), run)
        return run.json()
