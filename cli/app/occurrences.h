// Follows a file event by event: a row for each occurrence, the value of the key column, suspicions in name columns,
// the characters of columns of numbers.
#ifndef HYOJUN_CLI_APP_OCCURRENCES_H_
#define HYOJUN_CLI_APP_OCCURRENCES_H_

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "block_scan.h"
#include "identify.h"
#include "source.h"

namespace hyojun::app {

class Occurrences {
 public:
  // `suspicions` is added to, and `numbers`: what columns of numbers hold. All references must outlive this object.
  Occurrences(const Source& source, std::string_view file_name, std::uint32_t file, const RowSink& rows,
              std::map<SuspicionKey, SuspicionTally>& suspicions, PartTally& numbers);

  // One event of the block that begins at `block_offset` in the file, with the whole block's bytes.
  base::Result<void> take(const charmap::Event& event, std::uint64_t block_offset, std::span<const std::uint8_t> block);
  // The block is done up to `read`: keeps what an unfinished field needs.
  base::Result<void> end_block(std::uint64_t block_offset, std::span<const std::uint8_t> block, std::size_t read);

  // For dumps, whose fields have known bounds and no order. The characters of a field of text are taken between
  // begin_field() and end_field(); `begin` is the state that it is scanned from, `offset` its place in the file.
  void begin_field(const charmap::ScanState& begin, std::uint64_t offset);
  base::Result<void> end_field(std::span<const std::uint8_t> bytes);
  // A field that is no text.
  void take_value(std::uint32_t field, const std::string& value);
  base::Result<void> end_record();

  // A watched field longer than this is no name: the structure of the file is not what was stated.
  static constexpr std::size_t kLongestField = 1U << 20U;
  // Nor is a record one that holds more exceptions than this before its key.
  static constexpr std::size_t kMostPending = 100'000;

 private:
  struct PendingRow {
    charmap::Position position;
    std::string source;
    std::string text;
    std::string outcome;
    std::string collection;
  };

  base::Result<void> add_row(PendingRow row);
  bool waits(std::uint32_t field) const;
  base::Result<void> write(const PendingRow& row) const;
  base::Result<void> write_pending();
  void read_key(std::uint32_t field);
  base::Result<void> field_end(const charmap::Event& event, std::uint64_t block_offset,
                               std::span<const std::uint8_t> block);
  // A record too short for a watched column has no name in it. `here`: where the record ends.
  base::Result<void> check_missing(const charmap::Event& end, std::uint64_t here);
  base::Result<void> check_names(std::uint64_t record, std::uint32_t field, std::uint64_t begin);
  base::Result<void> take_numbers(std::uint64_t record, std::uint32_t field, std::uint64_t begin);
  bool lists(charmap::Outcome outcome) const;
  bool watches(std::uint32_t field) const;
  base::Result<void> collect(std::uint64_t block_offset, std::span<const std::uint8_t> block, std::uint64_t end);

  const Source& source_;
  const std::string_view file_name_;
  const std::uint32_t file_;
  const RowSink& rows_;
  std::map<SuspicionKey, SuspicionTally>& suspicions_;
  PartTally& sum_;
  charmap::NumberColumns numbers_;

  std::uint64_t field_begin_;        // of the current field, in the file
  std::uint8_t shift_ = 0;           // the set of characters that it begins in
  std::uint32_t field_ = 0;          // its number, from 0
  std::uint64_t record_ = 0;         // its record, from 0
  std::vector<std::uint8_t> raw_;    // its bytes so far, where it is watched
  std::string key_;                  // value of the key column of the current record
  bool key_known_ = false;           // whether the current record's key has been read
  std::vector<PendingRow> pending_;  // rows of the current record that wait; see waits()
};

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_OCCURRENCES_H_
