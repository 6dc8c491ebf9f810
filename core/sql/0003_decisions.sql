-- 0003 The log of decisions on gaiji (外字の同定の決定). Run in one transaction; migrate.cc then sets user_version to 3.
--
--   decision  what a person said of one gaiji: key (system, encoding, code), answer, who, when, on which versions
-- A row is never changed or deleted: a later row with the same key supersedes it, and both stay. Which one stands is
-- said in core/include/hyojun/core/decisions.h, its only reader. Character names are opaque here: the standard table
-- knows them.

CREATE TABLE decision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  import_id INTEGER NOT NULL REFERENCES import,
  system TEXT NOT NULL CHECK (system <> ''),
  encoding TEXT NOT NULL CHECK (encoding <> ''),
  code TEXT NOT NULL CHECK (code <> ''),
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 3),
  category TEXT CHECK (category IN ('identical', 'design_difference', 'similar', 'duplicate', 'no_match', 'not_character', 'unused')),
  target TEXT CHECK (target <> ''),
  substitute TEXT CHECK (substitute <> ''),
  reason TEXT CHECK (reason <> ''),
  criterion TEXT CHECK (criterion <> ''),
  glyph TEXT CHECK (length(glyph) = 64 AND glyph NOT GLOB '*[^0-9a-f]*'),
  decided_by TEXT CHECK (decided_by <> ''),
  decided_on TEXT CHECK (decided_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  checked_by TEXT CHECK (checked_by <> ''),
  checked_on TEXT CHECK (checked_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  table_version TEXT NOT NULL CHECK (table_version <> ''),
  font TEXT CHECK (font <> ''),
  added_searched INTEGER NOT NULL CHECK (added_searched IN (0, 1)),
  comment TEXT CHECK (comment <> ''),
  UNIQUE (import_id, system, encoding, code),
  CHECK (state = 1 OR (category IS NOT NULL AND decided_by IS NOT NULL AND decided_on IS NOT NULL)),
  CHECK ((state = 3) = (checked_by IS NOT NULL) AND (checked_by IS NULL) = (checked_on IS NULL)),
  CHECK (checked_by IS NULL OR checked_by <> decided_by),
  CHECK (category IS NULL OR (category IN ('identical', 'design_difference', 'similar', 'duplicate')) = (target IS NOT NULL)),
  CHECK (substitute IS NULL OR (target IS NULL AND reason IS NOT NULL))
) STRICT;
CREATE INDEX decision_of_code ON decision (system, encoding, code);

CREATE TRIGGER decision_is_kept_1 BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;
CREATE TRIGGER decision_is_kept_2 BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;

CREATE VIEW "外字の決定の記録" AS
SELECT i.id AS "取込", i.recorded_at AS "記録日時", d.system AS "システム", d.encoding AS "文字コード", d.code AS "外字コード",
       d.target AS "文字図形名",
       CASE d.category WHEN 'identical' THEN '同一字形' WHEN 'design_difference' THEN 'デザイン差' WHEN 'similar' THEN '類似'
         WHEN 'duplicate' THEN '重複' WHEN 'no_match' THEN '該当なし' WHEN 'not_character' THEN '文字でない' WHEN 'unused' THEN '未使用' END
         AS "区分",
       d.substitute AS "代替文字", d.reason AS "代替の理由", d.criterion AS "基準", d.decided_by AS "決定者", d.decided_on AS "決定日",
       d.checked_by AS "確認者", d.checked_on AS "確認日", CASE d.state WHEN 1 THEN '案' WHEN 2 THEN '決定' ELSE '確認済' END AS "状態",
       d.table_version AS "文字表", d.font AS "字形検索のフォント", d.comment AS "コメント"
FROM decision d
JOIN import i ON i.id = d.import_id;
