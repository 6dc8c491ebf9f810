// Is the file sound? SQLite's own checks, then what only we know.
#include <array>
#include <utility>

#include "store_state.h"

namespace hyojun::core {
namespace {

// Each query lists what breaks the invariant.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kInvariants = {{
    {"記録日時が前の取込より早い",
     "SELECT i.id FROM import i JOIN import p ON p.id = (SELECT max(id) FROM import WHERE id < i.id) "
     "WHERE i.recorded_at < p.recorded_at"},
    {"完了手順数が 40 を超える",
     "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20) SELECT l.import_id FROM survey_line "
     "l, n "
     "WHERE l.indicator = 'finished' AND substr(l.cells, n.i * 2 - 1, 2) <> '..' AND (substr(l.cells, n.i * 2 - 1, 2) "
     "GLOB "
     "'*.*' OR CAST(substr(l.cells, n.i * 2 - 1, 2) AS INTEGER) > 40)"},
    {"業務ごとの事実に業務がない、または団体の事実に業務がある",
     "SELECT f.id FROM fact f JOIN kind k ON k.key = f.kind WHERE (f.business IS NOT NULL) <> k.of_business"},
    {"取消しの様式が undo でない",
     "SELECT i.id FROM import i WHERE (i.form = 'undo') <> EXISTS (SELECT 1 FROM withdrawal w WHERE w.import_id = "
     "i.id)"},
    {"一つの取込が二度取り消されている", "SELECT withdrawn FROM withdrawal GROUP BY withdrawn HAVING count(*) > 1"},
    {"対象範囲のない調査の行",
     "SELECT l.import_id FROM survey_line l WHERE NOT EXISTS (SELECT 1 FROM coverage c JOIN body b ON "
     "b.code = l.body WHERE c.import_id = l.import_id AND c.indicator = l.indicator AND (c.body = l.body OR "
     "(c.whole_prefecture = 1 AND c.body = b.prefecture)))"},
    {"都道府県全体の対象範囲が都道府県のものでない",
     "SELECT c.import_id FROM coverage c JOIN body b ON b.code = c.body WHERE c.whole_prefecture = 1 AND b.prefecture "
     "<> b.code"},
}};

base::Result<void> collect(const Database& database, std::string_view sql, std::string_view sound, int column,
                           const std::string& prefix, std::vector<Finding>& findings) {
  constexpr std::size_t kMost = 100;
  auto statement = database.prepare(sql);
  if (!statement) return tl::unexpected(statement.error());
  for (;;) {
    const auto row = statement->step();
    if (!row) return tl::unexpected(row.error());
    if (!*row || findings.size() >= kMost) return {};
    const std::string text(statement->text(column));
    if (sound.empty() || text != sound) findings.push_back({prefix + text});
  }
}

}  // namespace

base::Result<std::vector<Finding>> Store::check() const {
  std::vector<Finding> findings;
  const Database& database = state_->database;
  if (auto ok = collect(database, "PRAGMA integrity_check", "ok", 0, "integrity_check: ", findings); !ok)
    return tl::unexpected(ok.error());
  if (auto ok = collect(database, "PRAGMA foreign_key_check", "", 0, "foreign_key_check: ", findings); !ok)
    return tl::unexpected(ok.error());
  for (const auto& [name, sql] : kInvariants) {
    if (auto ok = collect(database, sql, "", 0, std::string(name) + ": ", findings); !ok)
      return tl::unexpected(ok.error());
  }
  return findings;
}

}  // namespace hyojun::core
