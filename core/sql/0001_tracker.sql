-- 0001 The tracker's store, first version. Run in one transaction; core/src/migrate.cc then sets user_version to 1.
--
-- How to read this file
--   import       one row for each thing that was said: when it was recorded, by whom, from which file, of which day (as_of)
--   survey_line  what a survey says of one body: every cell of one indicator packed into one text, a character or two a
--                cell. A national survey of 1,392,800 step cells is 1,741 rows; a cell, changed or not, never costs one.
--   fact         what is said of one business of a body, or of the body itself, outside the surveys
--   note         issues, hearings, next actions; many may be open at once
--   withdrawal   an import that takes another back
--   coverage     what an import speaks of: only there is absence a fact
-- Nothing of these is ever changed or deleted: triggers refuse it. The value of a cell at (as_of A, known_at K) is what
-- the visible import with the greatest (as_of, id) says of it, among as_of <= A; visible = recorded until the end of K
-- (JST) and not withdrawn by a visible import. core/include/hyojun/core/state.h is the only reader of this rule.
--
-- Dates are YYYY-MM-DD, recorded_at is YYYY-MM-DDTHH:MM:SS.mmm+09:00: texts that sort as they mean.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE prefecture (
  code TEXT PRIMARY KEY CHECK (code GLOB '[0-4][0-9]000[0-9]'),
  name TEXT NOT NULL UNIQUE,
  kana TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE body (
  code TEXT PRIMARY KEY CHECK (code GLOB '[0-4][0-9][0-9][0-9][0-9][0-9]'),
  name TEXT NOT NULL CHECK (name <> ''),
  kana TEXT NOT NULL,
  prefecture TEXT NOT NULL REFERENCES prefecture,
  class TEXT NOT NULL CHECK (class IN ('都道府県', '指定都市', '中核市', '特別区', '市', '町', '村')),
  valid_from TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND valid_to >= coalesce(valid_from, ''))
) STRICT, WITHOUT ROWID;
CREATE INDEX body_of_prefecture ON body (prefecture);

CREATE TABLE business (
  no INTEGER PRIMARY KEY CHECK (no BETWEEN 1 AND 21),
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE,
  order_da INTEGER UNIQUE,
  order_mic INTEGER UNIQUE,
  label_mic TEXT,
  label_da TEXT NOT NULL,
  ministry TEXT NOT NULL
) STRICT;

CREATE TABLE step (
  no INTEGER PRIMARY KEY CHECK (no BETWEEN 1 AND 40),
  item TEXT NOT NULL,
  sub INTEGER NOT NULL,
  phase TEXT NOT NULL,
  name TEXT NOT NULL
) STRICT;

CREATE TABLE status (
  sign TEXT PRIMARY KEY CHECK (length(sign) = 1),
  name TEXT NOT NULL UNIQUE,
  meaning TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO status VALUES
  ('3', '完了済み', '公表どおり'), ('2', '作業中', '公表どおり'), ('1', '未着手', '公表の「未」を含む'),
  ('9', '対象外', '公式の完了率では完了に数える'), ('0', '未報告', '報告がない。未着手とは別'), ('.', '言及なし', 'この取込では触れていない');

CREATE TABLE late_reason (no INTEGER PRIMARY KEY CHECK (no BETWEEN 1 AND 4), name TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE deadline (
  valid_from TEXT NOT NULL CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  date TEXT NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  name TEXT NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (valid_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE import (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE CHECK (uid GLOB '[0-9a-f]*' AND length(uid) = 32),
  recorded_at TEXT NOT NULL CHECK (recorded_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]+09:00'),
  as_of TEXT NOT NULL CHECK (as_of GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  form TEXT NOT NULL CHECK (form <> ''),
  source TEXT NOT NULL,
  file TEXT,
  sha256 TEXT CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
  actor TEXT NOT NULL CHECK (actor <> ''),
  tool TEXT NOT NULL,
  schema INTEGER NOT NULL,
  origin TEXT
) STRICT;
CREATE INDEX import_of_file ON import (sha256);

CREATE TABLE coverage (
  import_id INTEGER NOT NULL REFERENCES import,
  indicator TEXT NOT NULL,
  body TEXT NOT NULL REFERENCES body,
  whole_prefecture INTEGER NOT NULL CHECK (whole_prefecture IN (0, 1)),
  businesses TEXT NOT NULL CHECK (length(businesses) = 21 AND businesses NOT GLOB '*[^01]*'),
  PRIMARY KEY (import_id, indicator, body)
) STRICT, WITHOUT ROWID;

CREATE TABLE survey_line (
  import_id INTEGER NOT NULL REFERENCES import,
  indicator TEXT NOT NULL CHECK (indicator IN ('steps', 'finished', 'late')),
  body TEXT NOT NULL REFERENCES body,
  cells TEXT NOT NULL CHECK (
    CASE indicator
      WHEN 'steps' THEN length(cells) = 800 AND cells NOT GLOB '*[^.01239]*'
      WHEN 'finished' THEN length(cells) = 40 AND cells NOT GLOB '*[^.0-9]*'
      WHEN 'late' THEN length(cells) = 21 AND cells NOT GLOB '*[^.01]*'
    END),
  PRIMARY KEY (import_id, indicator, body)
) STRICT, WITHOUT ROWID;

CREATE TABLE kind (
  key TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  of_business INTEGER NOT NULL CHECK (of_business IN (0, 1)),
  type TEXT NOT NULL CHECK (type IN ('flag', 'date', 'count', 'text', 'reason', 'outlook')),
  meaning TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE fact (
  id INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES import,
  body TEXT NOT NULL REFERENCES body,
  business INTEGER REFERENCES business,
  kind TEXT NOT NULL REFERENCES kind,
  value TEXT,
  reason TEXT,
  person TEXT,
  CHECK (value IS NULL OR CASE
    WHEN kind IN ('on_standard', 'on_cloud', 'system_completed', 'undecided', 'forecast_on_time', 'notify_residents')
      THEN value IN ('0', '1')
    WHEN kind IN ('golive_planned', 'golive_forecast', 'golive_actual', 'late_deadline', 'notify_on')
      THEN value GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
    WHEN kind = 'late_reason' THEN value IN ('1', '2', '3', '4')
    WHEN kind = 'judgement' THEN value IN ('completed', 'overdue', 'late', 'undecided', 'on_time', 'unreported')
    WHEN kind IN ('gaiji_total', 'gaiji_identified', 'gaiji_undecided', 'gaiji_no_match', 'population') THEN value <> '' AND value NOT GLOB '*[^0-9]*'
    ELSE value <> '' END)
) STRICT;
CREATE UNIQUE INDEX fact_once ON fact (import_id, body, coalesce(business, 0), kind);
CREATE INDEX fact_of_kind ON fact (kind, import_id);

CREATE TABLE note (
  id INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES import,
  key TEXT NOT NULL CHECK (key <> ''),
  body TEXT NOT NULL REFERENCES body,
  business INTEGER REFERENCES business,
  theme TEXT NOT NULL CHECK (theme <> ''),
  text TEXT NOT NULL CHECK (text <> ''),
  next_action TEXT,
  person TEXT,
  open INTEGER NOT NULL CHECK (open IN (0, 1)),
  UNIQUE (import_id, key)
) STRICT;

CREATE TABLE withdrawal (
  import_id INTEGER PRIMARY KEY REFERENCES import,
  withdrawn INTEGER NOT NULL REFERENCES import CHECK (withdrawn < import_id),
  reason TEXT
) STRICT;

-- Facts are append-only, and the time of recording never goes back.
CREATE TRIGGER import_keeps_time BEFORE INSERT ON import
WHEN NEW.recorded_at < (SELECT recorded_at FROM import ORDER BY id DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'recorded_at never decreases'); END;
CREATE TRIGGER import_is_kept_1 BEFORE UPDATE ON import BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;
CREATE TRIGGER import_is_kept_2 BEFORE DELETE ON import BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;
CREATE TRIGGER coverage_is_kept_1 BEFORE UPDATE ON coverage BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;
CREATE TRIGGER coverage_is_kept_2 BEFORE DELETE ON coverage BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;
CREATE TRIGGER line_is_kept_1 BEFORE UPDATE ON survey_line BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;
CREATE TRIGGER line_is_kept_2 BEFORE DELETE ON survey_line BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;
CREATE TRIGGER fact_is_kept_1 BEFORE UPDATE ON fact BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;
CREATE TRIGGER fact_is_kept_2 BEFORE DELETE ON fact BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;
CREATE TRIGGER note_is_kept_1 BEFORE UPDATE ON note BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;
CREATE TRIGGER note_is_kept_2 BEFORE DELETE ON note BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;
CREATE TRIGGER withdrawal_is_kept_1 BEFORE UPDATE ON withdrawal BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;
CREATE TRIGGER withdrawal_is_kept_2 BEFORE DELETE ON withdrawal BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;

-- For people who open the file in a database tool.
CREATE TABLE about (
  "表" TEXT NOT NULL,
  "列" TEXT NOT NULL,
  "名称" TEXT NOT NULL,
  "意味" TEXT NOT NULL,
  PRIMARY KEY ("表", "列")
) STRICT, WITHOUT ROWID;

CREATE VIEW "取込一覧" AS
SELECT i.id AS "番号", i.as_of AS "基準日", i.recorded_at AS "記録日時", i.form AS "様式", i.source AS "出典", i.file AS "ファイル名",
       i.sha256 AS "SHA-256", i.actor AS "担当", i.tool AS "ツール",
       (SELECT w.import_id FROM withdrawal w WHERE w.withdrawn = i.id) AS "取り消した取込"
FROM import i;

CREATE VIEW "団体一覧" AS
SELECT b.code AS "団体コード", p.name AS "都道府県", b.name AS "団体名", b.kana AS "かな", b.class AS "区分", b.valid_from AS "有効期間開始",
       b.valid_to AS "有効期間終了"
FROM body b JOIN prefecture p ON p.code = b.prefecture;

CREATE VIEW "作業状況の記録" AS
SELECT i.id AS "取込", i.as_of AS "基準日", l.body AS "団体コード", b.name AS "団体名", u.name AS "業務", s.no AS "作業項目番号", s.name AS "作業項目",
       t.name AS "状況"
FROM survey_line l
JOIN import i ON i.id = l.import_id
JOIN body b ON b.code = l.body
JOIN business u ON u.no <= 20
JOIN step s
JOIN status t ON t.sign = substr(l.cells, (u.no - 1) * 40 + s.no, 1)
WHERE l.indicator = 'steps' AND t.sign <> '.';

CREATE VIEW "完了手順数の記録" AS
SELECT i.id AS "取込", i.as_of AS "基準日", l.body AS "団体コード", b.name AS "団体名", u.name AS "業務",
       CAST(substr(l.cells, u.no * 2 - 1, 2) AS INTEGER) AS "完了手順数(40のうち)"
FROM survey_line l
JOIN import i ON i.id = l.import_id
JOIN body b ON b.code = l.body
JOIN business u ON u.no <= 20
WHERE l.indicator = 'finished' AND substr(l.cells, u.no * 2 - 1, 2) <> '..';

CREATE VIEW "特定移行支援システムの記録" AS
SELECT i.id AS "取込", i.as_of AS "基準日", l.body AS "団体コード", b.name AS "団体名", u.name AS "業務",
       CASE substr(l.cells, u.no, 1) WHEN '1' THEN '該当見込み' ELSE '該当なし' END AS "該当"
FROM survey_line l
JOIN import i ON i.id = l.import_id
JOIN body b ON b.code = l.body
JOIN business u
WHERE l.indicator = 'late' AND substr(l.cells, u.no, 1) <> '.';

CREATE VIEW "事実の記録" AS
SELECT i.id AS "取込", i.as_of AS "基準日", f.body AS "団体コード", b.name AS "団体名", u.name AS "業務", k.name AS "種類", f.value AS "値",
       f.reason AS "理由", f.person AS "報告者"
FROM fact f
JOIN import i ON i.id = f.import_id
JOIN body b ON b.code = f.body
JOIN kind k ON k.key = f.kind
LEFT JOIN business u ON u.no = f.business;

CREATE VIEW "覚書の記録" AS
SELECT i.id AS "取込", i.as_of AS "基準日", n.key AS "覚書番号", n.body AS "団体コード", b.name AS "団体名", u.name AS "業務", n.theme AS "主題",
       n.text AS "内容", n.next_action AS "次の対応", n.person AS "担当", CASE n.open WHEN 1 THEN '継続' ELSE '完了' END AS "状態"
FROM note n
JOIN import i ON i.id = n.import_id
JOIN body b ON b.code = n.body
LEFT JOIN business u ON u.no = n.business;
