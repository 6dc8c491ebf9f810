// The converter under test, called as its users call it, and what the oracle says of the same.
#ifndef HYOJUN_TESTS_CHARMAP_CONVERSION_H_
#define HYOJUN_TESTS_CHARMAP_CONVERSION_H_

#include <gtest/gtest.h>

#include <algorithm>

#include "engine.h"
#include "hyojun/charmap/converter.h"
#include "oracle/conversion.h"
#include "oracle/tsv.h"

namespace hyojun::charmap {

struct Output {
  Bytes bytes;
  std::vector<std::string> replacements;
  std::uint64_t brackets = 0;
  ScanCounts counts;
};

inline std::u32string text_of(const ReplacementText& target) {
  std::u32string text;
  for (const char32_t cp : target) {
    if (cp != 0) text += cp;
  }
  return text;
}

// Converts as a user does, in calls that end at `cuts`, with outputs of `room` bytes.
class Feeder {
 public:
  Feeder(const Converter& converter, const Bytes& bytes, std::size_t room, std::size_t replacements)
      : converter_(converter), bytes_(bytes), state_(start_of_file(converter)), out_(room), made_(replacements) {}

  void feed(std::size_t end_at, End end) {
    const Bytes part(bytes_.begin() + static_cast<std::ptrdiff_t>(at_),
                     bytes_.begin() + static_cast<std::ptrdiff_t>(end_at));
    for (std::size_t used = 0;;) {
      const auto r = convert(converter_, state_, std::span(part).subspan(used), end, output.counts, made_, out_);
      ASSERT_LE(r.written, out_.size());
      output.bytes.insert(output.bytes.end(), out_.begin(), out_.begin() + static_cast<std::ptrdiff_t>(r.written));
      output.brackets += r.tagged_brackets;
      for (std::size_t i = 0; i < r.replacements; ++i) {
        const Replacement& m = made_[i];
        output.replacements.push_back(oracle::replacement(
            at_ + m.event.offset, m.event.length, m.event.record, m.event.field, std::string(action_key(m.action)),
            text_of(m.target), std::string(m.relation ? shrink_relation_key(*m.relation) : "")));
      }
      used += r.read;
      at_ += r.read;
      using Reason = ConvertResult::Reason;
      if (r.reason == Reason::output_full || r.reason == Reason::replacements_full) {
        ASSERT_TRUE(r.read != 0 || r.written != 0) << "no progress";
        continue;
      }
      EXPECT_EQ(r.reason == Reason::done, used == part.size());
      if (r.reason == Reason::need_more) {
        EXPECT_EQ(end, End::open);
        EXPECT_LE(part.size() - used, kMaxUnread);
      }
      return;
    }
  }

  Output output;

 private:
  const Converter& converter_;
  const Bytes& bytes_;
  ConvertState state_;
  std::vector<std::uint8_t> out_;
  std::vector<Replacement> made_;
  std::size_t at_ = 0;
};

// (With room for few replacements no kernel runs.)
inline Output convert_all(const Converter& converter, const Bytes& bytes, const std::vector<std::size_t>& cuts = {},
                          std::size_t room = 1U << 16U, std::size_t replacements = 512) {
  Feeder feeder(converter, bytes, room, replacements);
  for (const std::size_t cut : cuts) feeder.feed(cut, End::open);
  feeder.feed(bytes.size(), End::file);
  return std::move(feeder.output);
}

// Targets of every kind: by name with IVS, by name without, shared without IVS, code points, a sequence, a delimiter.
inline const std::vector<std::pair<char32_t, oracle::Target>>& decisions() {
  static const std::vector<std::pair<char32_t, oracle::Target>> all = {{0xE000, {"MJ026190", U""}},
                                                                       {0xE001, {"MJ025761", U"辻"}},
                                                                       {0xE002, {"U+002C", U""}},
                                                                       {0xE003, {"MJ010000", U""}},
                                                                       {0xE004, {"MJ026190", U"\u9089\U000E010F"}},
                                                                       {0xE005, {"MJ090001", U""}},
                                                                       {0xE006, {"U+304B U+309A", U"\u304B\u309A"}},
                                                                       {0xE757, {"MJ000001", U""}}};
  return all;
}

inline std::shared_ptr<const GaijiTable> gaiji(Encoding encoding) {
  std::string csv = "code,target\n";
  for (const auto& [cp, target] : decisions()) {
    const Bytes code = oracle::encode(oracle::Encoding::cp932, {cp});
    csv += encoding == Encoding::cp932 ? "0x" + hex(code) : oracle::notation({cp});
    csv += "," + (target.text.empty() ? target.name : oracle::notation(target.text)) + "\n";
  }
  auto table = GaijiTable::from_bytes(csv, "gaiji.csv", {"", encoding}, *bundled_repertoire());
  return std::make_shared<const GaijiTable>(std::move(table.value()));
}

inline const std::map<char32_t, oracle::Target>& decided() {
  static const std::map<char32_t, oracle::Target> result(decisions().begin(), decisions().end());
  return result;
}

struct Case {
  ConverterOptions options;
  oracle::Policy policy;
};

inline std::vector<Case> cases() {
  std::vector<Case> result;
  for (const Form form : {Form::ivs, Form::base}) {
    for (int shrink = 0; shrink < 4; ++shrink) {
      for (const auto u : {Unidentified::fail, Unidentified::keep, Unidentified::geta, Unidentified::tag}) {
        Case c{{form, {}, u}, {form == Form::base, "", std::string(unidentified_key(u))}};
        if (shrink != 0) {
          c.options.shrink = static_cast<ShrinkRule>(shrink - 1);
          c.policy.shrink = shrink_rule_key(*c.options.shrink);
        }
        result.push_back(c);
      }
    }
  }
  return result;
}

// Every form with every rule, each under one of the policies in turn: where a case takes seconds.
inline std::vector<Case> some_cases() {
  const auto all = cases();
  std::vector<Case> result;
  for (std::size_t i = 0; i < 8; ++i) result.push_back(all[i * 4 + (i + i / 4) % 4]);
  return result;
}

inline Converter make(const Case& c, PlanOptions plan,
                      std::shared_ptr<const Repertoire> repertoire = bundled_repertoire()) {
  auto table = gaiji(plan.encoding);
  return std::move(Converter::make(c.options, std::move(plan), std::move(repertoire), std::move(table)).value());
}

inline oracle::Format format_of(const PlanOptions& plan) {
  return {plan.structure.kind == Structure::Kind::delimited,
          plan.structure.delimiter,
          plan.structure.header,
          {plan.columns.begin(), plan.columns.end()}};
}

// True if they agree; otherwise says where they do not.
inline bool expect_same(const Output& engine, const oracle::Converted& truth, const Bytes& source, const Case& c) {
  if (engine.bytes == truth.bytes && engine.replacements == truth.replacements && engine.brackets == truth.brackets) {
    return true;
  }
  const auto [a, b] = std::mismatch(engine.replacements.begin(), engine.replacements.end(), truth.replacements.begin(),
                                    truth.replacements.end());
  ADD_FAILURE() << form_key(c.options.form) << " " << c.policy.shrink << " " << c.policy.unidentified
                << "\nengine: " << (a == engine.replacements.end() ? "-" : *a)
                << "\noracle: " << (b == truth.replacements.end() ? "-" : *b)
                << "\nengine: " << hex(engine.bytes).substr(0, 400) << "\noracle: " << hex(truth.bytes).substr(0, 400)
                << "\nsource: " << hex(source).substr(0, 400);
  return false;
}

inline oracle::Converted expected(const Case& c, const PlanOptions& plan, const Bytes& bytes) {
  return oracle::convert(oracle_encoding(plan.encoding), format_of(plan), bytes, c.policy, decided());
}

inline bool check(const Case& c, const PlanOptions& plan, const Bytes& bytes) {
  return expect_same(convert_all(make(c, plan), bytes), expected(c, plan, bytes), bytes, c);
}

}  // namespace hyojun::charmap

#endif  // HYOJUN_TESTS_CHARMAP_CONVERSION_H_
