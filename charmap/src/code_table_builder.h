// Fills the tables of a CodeTable. Internal to charmap.
#ifndef HYOJUN_CHARMAP_SRC_CODE_TABLE_BUILDER_H_
#define HYOJUN_CHARMAP_SRC_CODE_TABLE_BUILDER_H_

#include <memory>
#include <string_view>
#include <utility>

#include "codes.h"
#include "hyojun/charmap/code_table.h"

namespace hyojun::charmap {

class CodeTableBuilder {
 public:
  CodeTableBuilder(Encoding encoding, const CodeTable::Options& options, const StandardTable& standard);

  Encoding encoding() const noexcept { return encoding_; }
  const CodeTable::Options& options() const noexcept { return options_; }
  const StandardTable& standard() const noexcept { return standard_; }
  Codes& codes() noexcept { return *codes_; }

  // Sets and planes are numbered from 0 as they are added. A new set has no character and returns to set 0 at a line
  // end.
  std::uint8_t add_set();
  std::uint8_t add_plane();
  void set_byte(std::uint8_t set, unsigned byte, char32_t first, char32_t second = 0);
  void set_ascii(std::uint8_t set);                      // 00–7F
  void set_kana(std::uint8_t set, unsigned first_byte);  // 63 half-width kana
  void set_line_ends(std::uint8_t set);                  // LF, CR, and NL of EBCDIC
  void set_leads(std::uint8_t set, unsigned from, unsigned to, std::uint8_t plane, std::uint8_t length = 2);
  void set_trails(unsigned from, unsigned to);
  void set_code(std::uint8_t plane, unsigned code, char32_t first, char32_t second = 0);  // by its last two bytes
  void add_shift(std::string_view bytes, std::uint8_t to);                                // in every set that there is
  // The next gaiji in order; called once for each code, in the order of the codes.
  void set_gaiji(std::uint8_t plane, unsigned code);
  bool gaiji_fit() const noexcept {
    return next_gaiji_ <= 0xF900 || (next_gaiji_ > 0xF0000 && next_gaiji_ <= 0x10FFFE);
  }

  // What table_run() needs of everything that was set.
  std::unique_ptr<const Codes> finish();

 private:
  Codes::Entry entry(char32_t first, char32_t second);
  std::array<bool, 256> last_but_one(std::size_t plane) const;
  Codes::Run run_of(Codes::Entry entry) const;

  Encoding encoding_;
  const CodeTable::Options& options_;
  const StandardTable& standard_;
  std::unique_ptr<Codes> codes_;
  char32_t next_gaiji_;
};

// Each fills the tables of some encodings.
void build_euc(CodeTableBuilder& builder);
void build_shift_jis_2004(CodeTableBuilder& builder);
void build_iso_2022_jp(CodeTableBuilder& builder);
base::Result<void> build_ibm(CodeTableBuilder& builder);  // EUC and EBCDIC
void build_jef_or_keis(CodeTableBuilder& builder);
void build_jips_j(CodeTableBuilder& builder);
base::Result<void> build_jips_e(CodeTableBuilder& builder);
void build_juki_net(CodeTableBuilder& builder);

// Lays the maps over what is there, the last first.
base::Result<void> apply_maps(CodeTableBuilder& builder);

// Every character of JIS X 0208 (1983 or, in the places of 1978, C 6226), JIS X 0212, or a plane of JIS X 0213: row and
// cell from 1, one or two code points.
enum class JisSet : std::uint8_t { x0208, c6226, x0212, x0213_plane1, x0213_plane2 };
struct JisCharacter {
  std::uint8_t row, cell;
  char32_t first, second;
};
std::vector<JisCharacter> jis_characters(JisSet set);

// The rows of data/eucjpms.tsv: code, character.
std::vector<std::pair<std::uint32_t, char32_t>> eucjpms_codes();

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_CODE_TABLE_BUILDER_H_
