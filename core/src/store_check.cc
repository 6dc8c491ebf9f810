// Is the file sound? SQLite's own checks, then what only we know.
#include <array>

#include "store_state.h"

namespace hyojun::core {
namespace {

// `broken` lists what breaks the invariant.
struct Invariant {
  std::string_view ja;
  std::string_view en;
  std::string_view broken;
};

constexpr std::array<Invariant, 7> kInvariants = {{
    {"記録日時が前の取込より早い", "recorded earlier than the import before",
     "SELECT i.id FROM import i JOIN import p ON p.id = (SELECT max(id) FROM import WHERE id < i.id) "
     "WHERE i.recorded_at < p.recorded_at"},
    {"完了手順数が 40 を超える", "more than 40 finished steps",
     "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20) SELECT l.import_id FROM survey_line "
     "l, n "
     "WHERE l.indicator = 'finished' AND substr(l.cells, n.i * 2 - 1, 2) <> '..' AND (substr(l.cells, n.i * 2 - 1, 2) "
     "GLOB "
     "'*.*' OR CAST(substr(l.cells, n.i * 2 - 1, 2) AS INTEGER) > 40)"},
    {"業務ごとの事実に業務がない、または団体の事実に業務がある",
     "a fact of a business without one, or of a body with one",
     "SELECT f.id FROM fact f JOIN kind k ON k.key = f.kind WHERE (f.business IS NOT NULL) <> k.of_business"},
    {"取消しの様式が undo でない", "a withdrawal whose form is not undo",
     "SELECT i.id FROM import i WHERE (i.form = 'undo') <> EXISTS (SELECT 1 FROM withdrawal w WHERE w.import_id = "
     "i.id)"},
    {"一つの取込が二度取り消されている", "an import withdrawn twice",
     "SELECT withdrawn FROM withdrawal GROUP BY withdrawn HAVING count(*) > 1"},
    {"対象範囲のない調査の行", "a line of a survey without coverage",
     "SELECT l.import_id FROM survey_line l WHERE NOT EXISTS (SELECT 1 FROM coverage c JOIN body b ON "
     "b.code = l.body WHERE c.import_id = l.import_id AND c.indicator = l.indicator AND (c.body = l.body OR "
     "(c.whole_prefecture = 1 AND c.body = b.prefecture)))"},
    {"都道府県全体の対象範囲が都道府県のものでない", "coverage of a whole prefecture that is none",
     "SELECT c.import_id FROM coverage c JOIN body b ON b.code = c.body WHERE c.whole_prefecture = 1 AND b.prefecture "
     "<> b.code"},
}};

base::Result<void> collect(const Database& database, std::string_view sql, std::string_view sound, int column,
                           const base::Text& name, std::vector<Finding>& findings) {
  constexpr std::size_t kMost = 100;
  auto statement = database.prepare(sql);
  if (!statement) return tl::unexpected(statement.error());
  for (;;) {
    const auto row = statement->step();
    if (!row) return tl::unexpected(row.error());
    if (!*row || findings.size() >= kMost) return {};
    const std::string text(statement->text(column));
    if (sound.empty() || text != sound) findings.push_back({{name.ja + ": " + text, name.en + ": " + text}});
  }
}

}  // namespace

base::Result<std::vector<Finding>> Store::check() const {
  std::vector<Finding> findings;
  const Database& database = state_->database;
  if (auto ok = collect(database, "PRAGMA integrity_check", "ok", 0, {"integrity_check", "integrity_check"}, findings);
      !ok)
    return tl::unexpected(ok.error());
  if (auto ok =
          collect(database, "PRAGMA foreign_key_check", "", 0, {"foreign_key_check", "foreign_key_check"}, findings);
      !ok)
    return tl::unexpected(ok.error());
  for (const auto& [ja, en, broken] : kInvariants) {
    if (auto ok = collect(database, broken, "", 0, {std::string(ja), std::string(en)}, findings); !ok)
      return tl::unexpected(ok.error());
  }
  return findings;
}

}  // namespace hyojun::core
