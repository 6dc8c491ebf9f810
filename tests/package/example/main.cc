// Which standard character is each character of a text?
#include <hyojun/charmap/scanner.h>

#include <array>
#include <iostream>

namespace charmap = hyojun::charmap;

int main() {
  auto repertoire = charmap::Repertoire::make(charmap::StandardTable::bundled());
  if (!repertoire) return 1;
  charmap::PlanOptions options{.structure = {.kind = charmap::Structure::Kind::text}, .default_glyph_events = true};
  const charmap::Plan plan(options, std::make_shared<charmap::Repertoire>(std::move(*repertoire)));

  const std::u8string_view text = u8"渡邉\U000E010F 辻 张\n";
  charmap::ScanState state = charmap::start_of_file(plan);
  charmap::ScanCounts counts;
  std::array<charmap::Event, 64> events;
  const auto bytes = std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  const auto result = charmap::scan(plan, state, bytes, charmap::End::file, counts, events);
  for (const charmap::Event& event : std::span(events).first(result.events)) {
    const auto identity = plan.identify(event.first, event.second);
    std::cout << "byte " << event.offset << ": " << charmap::outcome_key(event.outcome) << " "
              << (identity.id ? plan.repertoire().name(*identity.id) : "-") << "\n";
  }
  std::cout << counts.characters() << " characters\n";
}
