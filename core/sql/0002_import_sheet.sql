-- 0002 Which sheet of a workbook an import is: two sheets of one form in one file are two imports, and the same file is
-- recognised sheet by sheet. Empty for CSV, and for what the first version recorded. Run in one transaction.

ALTER TABLE import ADD COLUMN sheet TEXT CHECK (sheet <> '');

DROP VIEW "取込一覧";
CREATE VIEW "取込一覧" AS
SELECT i.id AS "番号", i.as_of AS "基準日", i.recorded_at AS "記録日時", i.form AS "様式", i.source AS "出典", i.file AS "ファイル名",
       i.sheet AS "シート", i.sha256 AS "SHA-256", i.actor AS "担当", i.tool AS "ツール",
       (SELECT max(w.import_id) FROM withdrawal w WHERE w.withdrawn = i.id) AS "取り消した取込"
FROM import i;
