// Plan: everything that is decided once for (encoding, structure, gaiji table, repertoire), so that the scanner has
// nothing left to decide per character but table look-ups.
//
// Layout and sizes. The hot data is one flat array in the image: the scan byte of every BMP code point, or of every
// two-byte code of CP932 (64 KiB each; a real file touches about 21 KiB, so it lives in L2 and mostly in L1). A flat
// table costs about 1 cycle a look-up, a two-stage table or ICU's trie about 3, a hash 10. Beside it stand one tile
// (6 KiB in use, tile.h) on the scanner's stack and the 3 KiB of source it speaks of. The general path reads the class
// bytes (64 KiB) and, for CP932, the code point of every two-byte code (128 KiB). Everything else (supplementary
// planes, sequences, gaiji, layers) is reached only from characters that are no plain ones and may cost a binary
// search.
//
// Ownership: the plan keeps the repertoire and the gaiji table alive. Thread-safety: immutable after construction.
#ifndef HYOJUN_CHARMAP_PLAN_H_
#define HYOJUN_CHARMAP_PLAN_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "hyojun/charmap/code_point_set.h"
#include "hyojun/charmap/code_table.h"
#include "hyojun/charmap/encoding.h"
#include "hyojun/charmap/gaiji_table.h"
#include "hyojun/charmap/kernel.h"
#include "hyojun/charmap/repertoire.h"

namespace hyojun::charmap {

// How the file is cut into records and fields.
struct Structure {
  enum class Kind : std::uint8_t {
    text,       // lines; the only structure is CR and LF
    delimited,  // RFC 4180 with any one-character delimiter; LF, CRLF or CR end a record
    field,      // one field of a record whose bounds are known: no structure at all, LF and CR are control
  };
  Kind kind = Kind::delimited;
  char32_t delimiter = U',';  // ASCII, not a quote, CR or LF
  bool header = true;         // the first record is structure: it counts as a record, its characters do not count
};

// What the characters written must belong to. A standard character outside becomes an event.
enum class Limit : std::uint8_t {
  none,
  jisx0213,  // kOutsideX0213 of the class byte, in every plane
  watched,   // all but PlanOptions::watched; costs tables of the plan's own, 192 KiB
};

struct PlanOptions {
  Encoding encoding = Encoding::utf8;
  Structure structure{};
  std::vector<std::uint32_t> columns{};           // fields to identify, from 0, sorted; empty: all
  bool default_glyph_events = false;              // an event for each default_glyph, too
  bool check_whole_input = false;                 // events for malformed bytes and ESC also where nothing is counted
  Kernel kernel = best_kernel();                  // must be one of available_kernels()
  bool field_events = false;                      // field_end and record_end events, for readers of whole fields
  Limit limit = Limit::none;                      // an event for each standard character outside
  std::shared_ptr<const CodeTable> codes{};       // where the encoding is read by table; absent: CodeTable::bundled()
  std::shared_ptr<const CodePointSet> watched{};  // with Limit::watched; ASCII in it is not looked at
  bool conversion_events = false;  // an event also for a layer's characters, and where nothing is counted
};

struct CodeBits;
struct RunTables;

class Plan {
 public:
  Plan(PlanOptions options, std::shared_ptr<const Repertoire> repertoire,
       std::shared_ptr<const GaijiTable> gaiji = nullptr);

  const PlanOptions& options() const noexcept { return options_; }
  const Repertoire& repertoire() const noexcept { return *repertoire_; }
  const GaijiTable* gaiji() const noexcept { return gaiji_.get(); }

  // Identity of a decoded character in this source: the gaiji table stands before the layers, and the layers speak
  // only for Unicode sources (a vendor's private-use code is another vendor's other character).
  Identity identify(char32_t first, char32_t second = 0) const noexcept;
  Outcome outcome(char32_t first, char32_t second = 0) const noexcept;  // the same without the name: much cheaper

  // Is this standard character outside the limit? Selected by its code point alone.
  bool outside_limit(char32_t code_point) const noexcept {
    if (options_.limit == Limit::none) return false;
    if (options_.limit == Limit::watched) return options_.watched->contains(code_point);
    return (repertoire_->table().class_of(code_point) & kOutsideX0213) != 0;
  }

  bool selects(std::uint32_t field) const noexcept {
    return all_columns_ || (field < selected_.size() && selected_[field] != 0);
  }

  // The scanner's tables.
  const std::uint8_t* bmp_classes() const noexcept { return bmp_classes_; }
  const std::uint8_t* bmp_scan() const noexcept { return bmp_scan_; }
  // What the kernels count by: the scan bytes of the encoding's codes, with an event for what is outside the limit.
  const std::uint8_t* kernel_scan() const noexcept { return kernel_scan_; }
  const CodeBits* code_bits() const noexcept { return code_bits_.get(); }  // of these, for a kernel that takes them
  const char16_t* cp932() const noexcept { return cp932_; }
  const RunTables* run_tables() const noexcept { return run_tables_.get(); }  // where the encoding is read by table

 private:
  const GaijiRow* gaiji_row(char32_t code_point) const noexcept;
  void watch();

  PlanOptions options_;
  std::shared_ptr<const Repertoire> repertoire_;
  std::shared_ptr<const GaijiTable> gaiji_;
  bool all_columns_;
  std::vector<std::uint8_t> selected_;
  const std::uint8_t* bmp_classes_;
  const std::uint8_t* bmp_scan_;
  const std::uint8_t* kernel_scan_;
  const char16_t* cp932_;
  std::shared_ptr<const std::uint8_t[]> own_classes_, own_scan_;  // of Limit::watched
  std::shared_ptr<const CodeBits> code_bits_;
  std::shared_ptr<const RunTables> run_tables_;
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_PLAN_H_
