#include "gaiji_review.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "gaiji_font.h"
#include "hyojun/base/number.h"
#include "hyojun/base/text.h"
#include "reference_glyphs.h"

namespace hyojun::app {
namespace {

using charmap::GlyphSource;

class Review {
 public:
  Review(const GaijiScan& scan, const ReviewRequest& request)
      : scan_(scan), request_(request), repertoire_(*scan.data.repertoire) {
    for (const SharedGlyph& shared : request.shared) shared_.emplace(shared.glyph, &shared);
  }

  base::Result<ReviewPage> make() {
    if (auto ok = open_fonts(); !ok) return tl::unexpected(ok.error());
    ReviewPage page{.title = fmt::format("外字の同定 {}（{}）", scan_.system, encoding_name(scan_.encoding)),
                    .file = "decisions.csv",
                    .basis = basis(),
                    .unsearched = unsearched()};
    std::vector<std::size_t> drawn;
    std::vector<charmap::GlyphBitmap> drawings;
    for (const FoundGaiji& gaiji : scan_.gaiji) {
      page.gaiji.push_back(gaiji_of(gaiji));
      auto drawing = draw(gaiji.code_point);
      if (!drawing) page.gaiji.back().agreed.clear();  // compared with no shape
      if (!drawing) continue;
      drawn.push_back(page.gaiji.size() - 1);
      drawings.push_back(std::move(*drawing));
    }
    if (request_.index != nullptr) add_shapes(page, drawn, drawings);
    tell_twins(page);
    for (ReviewGaiji& gaiji : page.gaiji) finish(gaiji);
    return page;
  }

 private:
  base::Result<void> open_fonts() {
    auto references = ReferenceGlyphs::open(request_.references);
    if (!references) return tl::unexpected(references.error());
    references_ = std::move(*references);
    if (request_.font.empty()) return {};
    auto font = GlyphSource::open(request_.font, request_.face);
    if (!font) return tl::unexpected(font.error());
    font_.emplace(std::move(*font));
    return {};
  }

  std::string basis() const {
    std::string text = "文字表 " + table_label(repertoire_);
    if (request_.index == nullptr) return text + "。字形検索なし";
    text += "。参照フォント " + reference_label();
    if (!request_.index->has_added_characters()) text += "。" + std::string(charmap::kAddedNotSearched);
    if (font_) text += "。外字フォント " + font_label(font_->family(), font_->version(), font_->digest());
    return text;
  }

  std::string unsearched() const {
    if (request_.index == nullptr) return fmt::format("字形では探していません。{}", charmap::kAddedNotSearched);
    return request_.index->has_added_characters() ? "" : std::string(charmap::kAddedNotSearched);
  }

  std::string reference_label() const {
    std::string label;
    for (const charmap::ReferenceFont& font : request_.index->references())
      label += (label.empty() ? "" : " + ") + font_label(font.family, font.version, font.digest);
    return label;
  }

  std::optional<charmap::GlyphBitmap> draw(char32_t code_point) const {
    const auto glyph = font_ ? font_->find(code_point) : std::nullopt;
    if (!glyph || request_.index == nullptr) return std::nullopt;
    auto drawing = font_->render(*glyph);
    if (!drawing) return std::nullopt;
    return std::move(*drawing);
  }

  ReviewGaiji gaiji_of(const FoundGaiji& found) const {
    ReviewGaiji gaiji{
        .row = {.decision = {.gaiji = {scan_.system, std::string(encoding_name(scan_.encoding)), found.code},
                             .table_version = table_label(repertoire_)}},
        .code_points = base::format_code_points({&found.code_point, 1})};
    if (!scan_.data.files.empty()) gaiji.count = found.count;
    gaiji.row.count = gaiji.count ? std::to_string(*gaiji.count) : "";
    if (found.listed) {
      gaiji.row.reading = found.listed->reading;
      gaiji.note = found.listed->note;
      gaiji.numbers = numbers_text(found.listed->numbers);
    }
    add_glyph(gaiji, found.code_point);
    for (const NumberCandidate& candidate : found.numbers.candidates) {
      ReviewCandidate& added =
          gaiji.candidates.emplace_back(ReviewCandidate{.name = candidate.name, .basis = candidate.basis});
      for (const base::Text& warning : candidate.warnings) added.warnings.push_back(warning.ja);
    }
    for (const base::Text& problem : found.numbers.problems) gaiji.warnings.push_back(problem.ja);
    const bool is_sure = gaiji.candidates.size() == 1 && gaiji.warnings.empty();
    if (is_sure && gaiji.candidates.front().warnings.empty()) gaiji.agreed = gaiji.candidates.front().name;
    add_shared(gaiji);
    add_recorded(gaiji);
    return gaiji;
  }

  static std::string numbers_text(const GaijiNumbers& numbers) {
    std::string text;
    if (!numbers.juki.empty()) text += "J+" + numbers.juki;
    if (!numbers.koseki.empty()) text += (text.empty() ? "戸籍 " : "　戸籍 ") + numbers.koseki;
    if (!numbers.toki.empty()) text += (text.empty() ? "登記 " : "　登記 ") + numbers.toki;
    return text;
  }

  void add_glyph(ReviewGaiji& gaiji, char32_t code_point) const {
    if (!font_) return;
    const auto glyph = font_->find(code_point);
    if (!glyph) {
      gaiji.warnings.emplace_back("外字フォントに字形がありません");
      return;
    }
    const auto path = font_->outline(*glyph);
    if (!path) {
      gaiji.warnings.push_back("字形を描けません: " + path.error().what.ja);
      return;
    }
    gaiji.path = *path;
    gaiji.row.decision.glyph = font_->glyph_digest(*glyph).value_or("");
  }

  void add_shared(ReviewGaiji& gaiji) const {
    const auto found = shared_.find(gaiji.row.decision.glyph);
    if (found == shared_.end()) return;
    const SharedGlyph& shared = *found->second;
    const std::string category(core::name_of(*core::find_category(shared.category)));
    if (shared.target.empty()) {
      gaiji.warnings.push_back(fmt::format("{}: {}", kSharedBasis, category));
    } else {
      add_basis(gaiji, shared.target, fmt::format("{}（{}）", kSharedBasis, category));
    }
  }

  // What is recorded is what the page begins with.
  void add_recorded(ReviewGaiji& gaiji) const {
    const core::RecordedDecision* recorded =
        request_.book == nullptr ? nullptr : request_.book->last(gaiji.row.decision.gaiji);
    if (recorded == nullptr) return;
    const std::string glyph = gaiji.row.decision.glyph;
    const std::string table = gaiji.row.decision.table_version;
    gaiji.row.decision = recorded->decision;
    const core::Decision& d = recorded->decision;
    gaiji.recorded =
        fmt::format("{} {}{}", core::name_of(d.state), d.decided_by.empty() ? "" : d.decided_by + " " + d.decided_on,
                    d.checked_by.empty() ? "" : "、確認 " + d.checked_by + " " + d.checked_on);
    const bool is_provisional = d.category == core::GaijiCategory::no_match && !d.added_searched;
    if (is_provisional && unsearched().empty())
      gaiji.warnings.emplace_back("追加文字（GJ）を探さずに該当なしとした決定です。候補を見直してください");
    if (!glyph.empty() && !d.glyph.empty() && glyph != d.glyph)
      gaiji.warnings.emplace_back("記録した決定のときと字形が違います");
    if (!glyph.empty()) gaiji.row.decision.glyph = glyph;
    gaiji.row.decision.table_version = table;
  }

  static ReviewCandidate& add_basis(ReviewGaiji& gaiji, const std::string& name, const std::string& basis) {
    auto known = std::ranges::find(gaiji.candidates, name, &ReviewCandidate::name);
    if (known == gaiji.candidates.end()) {
      gaiji.candidates.push_back({.name = name, .basis = basis});
      return gaiji.candidates.back();
    }
    known->basis += (known->basis.empty() ? "" : "、") + basis;
    return *known;
  }

  void add_shapes(ReviewPage& page, const std::vector<std::size_t>& drawn,
                  const std::vector<charmap::GlyphBitmap>& drawings) const {
    const auto results = request_.index->search(drawings, {.top = request_.top}, request_.threads);
    for (std::size_t i = 0; i < drawn.size(); ++i) {
      ReviewGaiji& gaiji = page.gaiji[drawn[i]];
      const charmap::GlyphSearchResult& result = results[i];
      if (result.is_absent_likely) gaiji.warnings.emplace_back(charmap::kAbsentLikely);
      for (ReviewCandidate& candidate : gaiji.candidates) {
        const bool is_near = std::ranges::find(result.candidates, candidate.name, &charmap::GlyphCandidate::name) !=
                             result.candidates.end();
        if (is_near || result.candidates.empty()) continue;
        candidate.warnings.emplace_back("字形の近い候補の中にありません。番号か字形を確かめてください");
        if (candidate.name == gaiji.agreed) gaiji.agreed.clear();
      }
      if (result.is_absent_likely || result.candidates.empty()) gaiji.agreed.clear();
      for (std::size_t rank = 0; rank < result.candidates.size(); ++rank) {
        const charmap::GlyphCandidate& near = result.candidates[rank];
        add_basis(gaiji, near.name, fmt::format("字形検索 {} 位", rank + 1)).score = near.score;
      }
    }
  }

  // The same drawing under several codes: 重複, or one of them was never drawn.
  static void tell_twins(ReviewPage& page) {
    std::map<std::string, std::vector<ReviewGaiji*>> drawn;
    for (ReviewGaiji& gaiji : page.gaiji) {
      if (!gaiji.row.decision.glyph.empty()) drawn[gaiji.row.decision.glyph].push_back(&gaiji);
    }
    for (const auto& [digest, twins] : drawn) {
      for (ReviewGaiji* gaiji : twins) {
        std::string others;
        for (const ReviewGaiji* other : twins) {
          if (other != gaiji) others += (others.empty() ? "" : "、") + other->row.decision.gaiji.code;
        }
        if (!others.empty()) gaiji->warnings.push_back(fmt::format("同じ字形が {} にもあります（重複）", others));
      }
    }
  }

  // Whether the reading that the office noted is one of the character's, in whichever kana.
  bool is_read_so(const std::string& name, const std::string& reading) const {
    const auto id = reading.empty() ? std::nullopt : repertoire_.find_name(name);
    if (!id) return false;
    const std::vector<std::string> readings = repertoire_.record(*id).readings;
    return std::ranges::any_of(readings,
                               [&](const std::string& one) { return in_katakana(one) == in_katakana(reading); });
  }

  static std::string in_katakana(const std::string& text) {
    auto points = base::decode_utf8(base::nfkc_label(text));
    if (!points) return text;
    constexpr char32_t kFirst = 0x3041, kLast = 0x3096, kToKatakana = 0x60;
    for (char32_t& c : *points) c += c >= kFirst && c <= kLast ? kToKatakana : 0;
    return base::to_utf8(*points);
  }

  void finish(ReviewGaiji& gaiji) const {
    core::Decision& d = gaiji.row.decision;
    if (request_.index != nullptr) {
      d.font = reference_label();
      d.added_searched = request_.index->has_added_characters();
    }
    if (!d.target.empty() &&
        std::ranges::find(gaiji.candidates, d.target, &ReviewCandidate::name) == gaiji.candidates.end())
      gaiji.candidates.push_back({.name = d.target, .basis = "記録した決定"});
    for (ReviewCandidate& candidate : gaiji.candidates) {
      candidate.path = references_.outline(candidate.name);
      if (is_read_so(candidate.name, gaiji.row.reading)) candidate.basis += "、読みが一覧と一致";
    }
  }

  const GaijiScan& scan_;
  const ReviewRequest& request_;
  const charmap::Repertoire& repertoire_;
  std::map<std::string, const SharedGlyph*> shared_;
  std::optional<GlyphSource> font_;
  ReferenceGlyphs references_{};
};

}  // namespace

base::Result<ReviewPage> make_review(const GaijiScan& scan, const ReviewRequest& request) {
  return Review(scan, request).make();
}

}  // namespace hyojun::app
