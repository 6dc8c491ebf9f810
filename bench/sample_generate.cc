// Writes the sample data into a folder: made-up residents in UTF-8 and CP932 with each kind of trouble, the gaiji table
// and profile of the CP932 file, and the list of the troubles. The same bytes on every run.
#include <fstream>
#include <iostream>
#include <map>
#include <set>

#include "corpus.h"
#include "hyojun/base/number.h"
#include "hyojun/charmap/repertoire.h"
#include "sample_troubles.h"
#include "text_encoder.h"

namespace {

using namespace hyojun::bench;
namespace base = hyojun::base;
namespace charmap = hyojun::charmap;

constexpr std::size_t kResidents = 2000;
constexpr std::string_view kSystem = "sample-juki";
constexpr std::string_view kProfile =
    "{\n  \"schema\": \"hyojun.profile/1\",\n  \"system\": \"sample-juki\",\n  \"encoding\": \"cp932\",\n"
    "  \"gaiji\": \"gaiji_cp932.csv\",\n  \"shapes\": \"unknown\"\n}\n";

void apply(const Trouble& trouble, std::u32string& field) {
  switch (trouble.edit) {
    case Edit::replace:
      field = trouble.text;
      break;
    case Edit::append:
      field += trouble.text;
      break;
    case Edit::prepend:
      field.insert(0, trouble.text);
      break;
  }
}

// One of the two resident files.
class SampleWriter {
 public:
  SampleWriter(SampleFile file, charmap::Encoding encoding, const charmap::StandardTable& table)
      : file_(file), encoder_(encoding, table) {
    std::u32string line;
    append_header(false, line);
    append_line(line, "");
  }

  void add(Resident resident, std::uint32_t record) {
    std::string_view raw;
    for (const Trouble& trouble : sample_troubles()) {
      if (trouble.record != record || (trouble.file != SampleFile::both && trouble.file != file_)) continue;
      apply(trouble, resident.fields[trouble.column]);
      raw = trouble.raw;
    }
    for (const std::u32string& field : resident.fields) note_private_use(field);
    std::u32string line;
    append_csv(resident.fields, false, line);
    append_line(line, raw);
  }

  const std::string& bytes() const { return bytes_; }
  const TextEncoder& encoder() const { return encoder_; }
  const std::set<char32_t>& private_use() const { return private_use_; }

 private:
  void note_private_use(std::u32string_view text) {
    for (const char32_t cp : text) {
      if (cp >= 0xE000 && cp <= kLastGaiji) private_use_.insert(cp);
    }
  }

  // CP932 files come with CRLF, inside quotes as well.
  void append_line(std::u32string_view line, std::string_view raw) {
    const std::u32string_view line_end = file_ == SampleFile::cp932 ? U"\r\n" : U"\n";
    for (std::size_t at; (at = line.find_first_of(U"\n\uFDD0")) != line.npos; line.remove_prefix(at + 1)) {
      encoder_.append(line.substr(0, at), bytes_);
      if (line[at] == kRawBytes) {
        bytes_ += raw;
      } else {
        encoder_.append(line_end, bytes_);
      }
    }
    encoder_.append(line, bytes_);
    encoder_.append(line_end, bytes_);
  }

  SampleFile file_;
  TextEncoder encoder_;
  std::string bytes_;
  std::set<char32_t> private_use_;
};

struct GaijiDecision {
  std::string target;
  std::string_view category;
  std::string_view decision;
};

// What the officers of the sample have decided about the n-th gaiji, which is `character`.
GaijiDecision decide(const charmap::Repertoire& repertoire, const std::u32string& character, std::size_t n) {
  if (n % 8 == 5) return {"", "", n % 16 == 5 ? "案" : ""};  // still open
  const char32_t second = character.size() == 2 ? character[1] : 0;
  if (const auto id = repertoire.identify(character[0], second).id) {
    if (n % 5 == 2) return {base::format_code_points(character), "identical", "確認済"};
    return {repertoire.name(*id), "identical", n % 3 == 0 ? "確認済" : "決定"};
  }
  const auto base_id = repertoire.identify(character[0]).id;
  if (base_id && second != 0) return {repertoire.name(*base_id), "design difference", "決定"};
  return {"", "no match", "決定"};
}

std::string gaiji_csv(const SampleWriter& cp932, const charmap::Repertoire& repertoire) {
  std::map<std::uint16_t, std::u32string> by_code;
  for (const auto& [character, code] : cp932.encoder().gaiji()) by_code[code] = character;
  std::string out = "system,encoding,code,target,category,decision\n";
  const auto row = [&](std::string_view code, const GaijiDecision& d) {
    for (const std::string_view cell :
         {kSystem, std::string_view("cp932"), code, std::string_view(d.target), d.category}) {
      (out += cell) += ',';
    }
    (out += d.decision) += '\n';
  };
  const auto hex = [](std::span<const std::uint8_t> bytes) { return "0x" + base::format_hex(bytes); };
  std::size_t n = 0;
  for (const auto& [code, character] : by_code) {
    const std::uint8_t bytes[] = {static_cast<std::uint8_t>(code >> 8U), static_cast<std::uint8_t>(code & 0xFFU)};
    row(hex(bytes), decide(repertoire, character, n++));
  }
  for (const char32_t cp : cp932.private_use()) {  // shapes that nobody has looked at; the last code is in no row
    if (cp != kLastGaiji) row(hex(*charmap::encode(charmap::Encoding::cp932, cp)), {"", "", ""});
  }
  return out;
}

std::string troubles_tsv() {
  constexpr std::array<std::string_view, 3> kFiles = {"both", "utf8", "cp932"};
  std::string out = "record\tfield\tfile\tkind\tnote\n";
  for (const Trouble& t : sample_troubles()) {
    out += std::to_string(t.record) + "\t" + std::to_string(t.column + 1) + "\t";
    ((out += kFiles[static_cast<std::size_t>(t.file)]) += '\t') += t.kind;
    ((out += '\t') += t.note) += '\n';
  }
  return out;
}

bool write(const std::string& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) std::cerr << "sample_generate: cannot write " << path << "\n";
  return !file.fail();
}

bool generate(const std::string& folder) {
  const auto table = charmap::StandardTable::bundled();
  const auto repertoire = charmap::Repertoire::make(table);
  Corpus corpus({}, table);
  SampleWriter utf8(SampleFile::utf8, charmap::Encoding::utf8, *table);
  SampleWriter cp932(SampleFile::cp932, charmap::Encoding::cp932, *table);
  Resident resident;
  for (std::uint32_t i = 0; i < kResidents; ++i) {
    corpus.next(resident);
    utf8.add(resident, i + 2);
    cp932.add(resident, i + 2);
  }
  return write(folder + "/residents_utf8.csv", utf8.bytes()) && write(folder + "/residents_cp932.csv", cp932.bytes()) &&
         write(folder + "/gaiji_cp932.csv", gaiji_csv(cp932, *repertoire)) &&
         write(folder + "/sample.profile.json", kProfile) && write(folder + "/troubles.tsv", troubles_tsv());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 || std::string_view(argv[1]).starts_with("-")) {
    std::cerr << "usage: sample_generate FOLDER\n";
    return 2;
  }
  return generate(argv[1]) ? 0 : 4;
}
