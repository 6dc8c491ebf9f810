// Writes a corpus of made-up residents to standard output and its mix to standard error.
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "corpus.h"
#include "hyojun/base/number.h"
#include "text_encoder.h"

namespace {

using hyojun::bench::Corpus;
using hyojun::bench::CorpusOptions;
namespace charmap = hyojun::charmap;

constexpr std::string_view kUsage =
    "usage: corpus_generate --records N [--encoding utf-8|utf-16le|utf-16be|cp932] [--rare PERCENT] [--seed N]\n"
    "                       [--half-width-kana] [--only-rare] [--quoted] > FILE\n"
    "  --records N         made-up residents, below the header\n"
    "  --encoding E        default utf-8; in cp932, characters without a code become gaiji from F040 on\n"
    "  --rare PERCENT      of the kanji of names and towns, 0 to 100, also 0.2; default 2\n"
    "  --seed N            default 42: the same seed gives the same bytes on every machine\n"
    "  --half-width-kana   readings in half-width katakana\n"
    "  --only-rare         nothing but sequences, gaiji and supplementary characters in the fields\n"
    "  --quoted            every field in quotes\n";

struct Arguments {
  std::uint64_t records = 0;
  charmap::Encoding encoding = charmap::Encoding::utf8;
  CorpusOptions corpus;
  bool quoted = false;
};

[[noreturn]] void usage(std::string_view what) {
  std::cerr << "corpus_generate: " << what << "\n" << kUsage;
  std::exit(2);
}

std::uint64_t number(std::string_view option, std::string_view text, std::uint64_t min, std::uint64_t max) {
  const auto value = hyojun::base::parse_unsigned(text, min, max);
  if (!value) usage(std::string(option) + ": " + value.error().what.en);
  return *value;
}

// "2" or "0.25", in millionths: exact, without floating point.
std::uint32_t rare_per_million(std::string_view text) {
  const std::size_t point = text.find('.');
  const std::uint64_t whole = number("--rare", text.substr(0, point), 0, 100);
  std::uint64_t millionths = 0;
  if (point != text.npos) {
    std::string digits(text.substr(point + 1));
    if (digits.empty() || digits.size() > 4) usage("--rare: one to four digits after the point");
    digits.resize(4, '0');
    millionths = number("--rare", digits, 0, 9999);
  }
  if (whole * 10'000 + millionths > 1'000'000) usage("--rare: more than 100");
  return static_cast<std::uint32_t>(whole * 10'000 + millionths);
}

void take(Arguments& out, std::string_view option, std::string_view value) {
  if (option == "--records") {
    out.records = number(option, value, 1, 1'000'000'000);
  } else if (option == "--seed") {
    out.corpus.seed = number(option, value, 0, UINT64_MAX);
  } else if (option == "--rare") {
    out.corpus.rare_per_million = rare_per_million(value);
  } else if (option == "--encoding") {
    const auto encoding = charmap::parse_encoding(value);
    if (!encoding) usage("--encoding: one of " + std::string(charmap::encoding_list()));
    out.encoding = *encoding;
  } else {
    usage("unknown option " + std::string(option));
  }
}

Arguments parse(int argc, char** argv) {
  Arguments out;
  for (int i = 1; i < argc; ++i) {
    const std::string_view option = argv[i];
    if (option == "--help") {
      std::cout << kUsage;
      std::exit(0);
    }
    if (option == "--half-width-kana") {
      out.corpus.half_width_kana = true;
    } else if (option == "--only-rare") {
      out.corpus.only_rare = true;
    } else if (option == "--quoted") {
      out.quoted = true;
    } else if (i + 1 == argc) {
      usage("unknown option or no value after " + std::string(option));
    } else {
      take(out, option, argv[++i]);
    }
  }
  if (out.records == 0) usage("--records is required");
  return out;
}

bool write(std::string& bytes) {
  const bool done = std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size();
  bytes.clear();
  return done;
}

bool generate(const Arguments& arguments) {
  constexpr std::size_t kBlock = 1U << 20U;
  const auto table = charmap::StandardTable::bundled();
  Corpus corpus(arguments.corpus, table);
  hyojun::bench::TextEncoder encoder(arguments.encoding, *table);
  hyojun::bench::Mix mix;
  hyojun::bench::Resident resident;
  std::string bytes;
  std::u32string line;
  hyojun::bench::append_header(arguments.quoted, line);
  encoder.append(line += U'\n', bytes);
  for (std::uint64_t i = 0; i < arguments.records; ++i) {
    corpus.next(resident);
    line.clear();
    hyojun::bench::append_csv(resident.fields, arguments.quoted, line);
    line += U'\n';
    mix.add(resident, line);
    encoder.append(line, bytes);
    if (bytes.size() >= kBlock && !write(bytes)) return false;
  }
  if (!write(bytes) || std::fflush(stdout) != 0) return false;
  std::cerr << mix.text() << "\n";
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (generate(parse(argc, argv))) return 0;
  std::cerr << "corpus_generate: cannot write the output\n";
  return 4;
}
