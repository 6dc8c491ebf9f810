#include "hyojun/charmap/repertoire.h"

#include <fmt/format.h>

#include "hyojun/base/number.h"

namespace hyojun::charmap {

namespace {

constexpr std::size_t kMostLayers = 255;  // CharacterId::layer is a byte

CodeClass class_in(std::uint8_t class_byte) { return static_cast<CodeClass>(class_byte & kClassMask); }

// A control, a selector, a mark alone, or nothing assigned begins no sequence.
bool can_begin(CodeClass c) {
  return c != CodeClass::control && c != CodeClass::unassigned && c != CodeClass::selector &&
         c != CodeClass::voiced_mark;
}

base::Result<void> check_agreement(const std::vector<Layer>& layers) {
  for (std::size_t a = 0; a < layers.size(); ++a) {
    for (std::size_t b = a + 1; b < layers.size(); ++b) {
      for (const LayerCharacter& c : layers[b].characters()) {
        const auto same_code = layers[a].find(c.first, c.second);
        const auto same_name = layers[a].find_name(c.name);
        if (same_code == same_name && (!same_code || layers[a].characters()[*same_code] == c)) continue;
        return base::fail(
            base::ErrorCode::input_rejected,
            {fmt::format("層 {} と {} が {} について食い違います", layers[a].title(), layers[b].title(), c.name),
             fmt::format("layers {} and {} disagree about {}", layers[a].title(), layers[b].title(), c.name)},
            {}, {"どちらか一方だけを --table で指定してください", "give only one of them with --table"});
      }
    }
  }
  return {};
}

}  // namespace

base::Result<Repertoire> Repertoire::make(std::shared_ptr<const StandardTable> table, std::vector<Layer> layers) {
  if (layers.size() > kMostLayers) {
    return base::fail(base::ErrorCode::usage,
                      {fmt::format("層は {} までです", kMostLayers), fmt::format("at most {} layers", kMostLayers)}, {},
                      {"--table を減らしてください", "give fewer with --table"});
  }
  if (auto ok = check_agreement(layers); !ok) return tl::unexpected(ok.error());
  Repertoire result;
  result.table_ = std::move(table);
  result.layers_ = std::move(layers);
  return result;
}

bool Repertoire::forms_sequence(char32_t first, char32_t second) const noexcept {
  const std::uint8_t before = table_->class_of(first);
  switch (class_in(table_->class_of(second))) {
    case CodeClass::selector:
      return can_begin(class_in(before));
    case CodeClass::voiced_mark:
      return (before & kTakesVoicedMark) != 0;
    case CodeClass::second_of_x0213:
      return (before & kFirstOfX0213) != 0 && table_->find(first, second).has_value();
    default:
      return false;
  }
}

std::optional<CharacterId> Repertoire::search_layers(char32_t first, char32_t second) const noexcept {
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    if (const auto row = layers_[i].find(first, second)) {
      return CharacterId{CharacterId::List::layer, static_cast<std::uint8_t>(i), *row};
    }
  }
  return std::nullopt;
}

Outcome Repertoire::outcome(char32_t first, char32_t second) const noexcept {
  if (second != 0 && (table_->find(first, second) || find_in_layers(first, second))) return Outcome::standard;
  Outcome outcome = outcome_of(class_in(table_->class_of(first)));
  if (outcome != Outcome::control && find_in_layers(first, 0)) outcome = Outcome::standard;
  const bool listed = outcome == Outcome::standard || outcome == Outcome::default_glyph;
  return second != 0 && listed ? Outcome::unregistered_sequence : outcome;
}

Identity Repertoire::identify(char32_t first, char32_t second) const noexcept {
  if (second != 0) return identify_sequence(first, second);
  const Outcome single = outcome(first);
  if (single == Outcome::control) return {single, std::nullopt};
  if (const auto layer = find_in_layers(first, 0)) return {Outcome::standard, layer};
  return {single, table_->find(first)};
}

Identity Repertoire::identify_sequence(char32_t first, char32_t second) const noexcept {
  if (const auto id = table_->find(first, second)) return {Outcome::standard, id};
  if (const auto layer = find_in_layers(first, second)) return {Outcome::standard, layer};
  const Outcome found = outcome(first, second);
  if (found != Outcome::unregistered_sequence) return {found, std::nullopt};
  return {found, std::nullopt, table_->collections(first, second)};
}

std::optional<CharacterId> Repertoire::find_name(std::string_view name) const {
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    if (const auto row = layers_[i].find_name(name)) {
      return CharacterId{CharacterId::List::layer, static_cast<std::uint8_t>(i), *row};
    }
  }
  return table_->find_name(name);
}

std::string Repertoire::name(CharacterId id) const {
  if (id.list == CharacterId::List::layer) return layers_[id.layer].characters()[id.index].name;
  return table_->name(id);
}

std::vector<CharacterId> Repertoire::all() const {
  std::vector<CharacterId> result = table_->all();
  for (std::size_t layer = 0; layer < layers_.size(); ++layer) {
    for (std::uint32_t row = 0; row < layers_[layer].characters().size(); ++row) {
      result.push_back({CharacterId::List::layer, static_cast<std::uint8_t>(layer), row});
    }
  }
  return result;
}

CharacterRecord Repertoire::record(CharacterId id) const {
  if (id.list != CharacterId::List::layer) return table_->record(id);
  const Layer& layer = layers_[id.layer];
  const LayerCharacter& c = layer.characters()[id.index];
  CharacterRecord record;
  record.name = c.name;
  record.text.push_back(c.second == 0 ? std::u32string{c.first} : std::u32string{c.first, c.second});
  if (c.base != 0) record.ucs = base::format_code_points({&c.base, 1});
  record.origin = layer.title();
  return record;
}

}  // namespace hyojun::charmap
