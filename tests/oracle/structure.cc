#include "structure.h"

#include <algorithm>

namespace hyojun::oracle {

namespace {

class Parser {
 public:
  Parser(const Format& format, std::vector<Piece> pieces, const Above& above)
      : format_(format), pieces_(std::move(pieces)), above_(above) {}

  Scanned run() {
    while (at_ < pieces_.size()) record();
    return std::move(result_);
  }

 private:
  bool sees(char32_t cp) const {
    return at_ < pieces_.size() && !pieces_[at_].malformed && pieces_[at_].code_point == cp;
  }
  bool sees_delimiter() const { return format_.delimited && sees(format_.delimiter); }
  bool sees_line_end() const { return sees(U'\r') || sees(U'\n'); }

  void record() {
    field_ = 0;
    for (;;) {
      field();
      if (!sees_delimiter()) break;
      mark(Found::Kind::field_end, 1);
      ++field_;
    }
    std::size_t pieces = 0;
    if (sees_line_end()) {
      const bool crlf = sees(U'\r') && at_ + 1 < pieces_.size() && !pieces_[at_ + 1].malformed &&
                        pieces_[at_ + 1].code_point == U'\n';
      pieces = crlf ? 2 : 1;
    }
    mark(Found::Kind::record_end, pieces);
    ++result_.records;
  }

  void field() {
    if (format_.delimited && sees(U'"')) quoted();
    while (at_ < pieces_.size() && !sees_delimiter() && !sees_line_end()) character();
  }

  void quoted() {
    ++at_;
    while (at_ < pieces_.size()) {
      if (sees(U'"')) {
        ++at_;
        if (!sees(U'"')) return;
        --at_;
        add(pieces_[at_], 0, pieces_[at_].length, false);  // the first of two quotes; the second is structure
        at_ += 2;
      } else if (sees_line_end()) {
        ++at_;
      } else {
        character();
      }
    }
    result_.unclosed_quote = true;
  }

  void character() {
    const Piece& one = pieces_[at_];
    if (!one.malformed && at_ + 1 < pieces_.size()) {
      const Piece& two = pieces_[at_ + 1];
      if (!two.malformed && Standard::get().joins(one.code_point, two.code_point)) {
        add(one, two.code_point, one.length + two.length, false);
        at_ += 2;
        return;
      }
    }
    add(one, 0, one.length, one.malformed);
    ++at_;
  }

  bool counts() const {
    if (format_.delimited && format_.header && result_.records == 0) return false;
    return format_.columns.empty() ||
           std::find(format_.columns.begin(), format_.columns.end(), field_) != format_.columns.end();
  }

  void add(const Piece& piece, char32_t second, std::size_t length, bool malformed) {
    const Outcome outcome = malformed ? Outcome::malformed : Standard::get().classify(piece.code_point, second, above_);
    result_.found.push_back({Found::Kind::character, piece.offset, length, result_.records, field_, counts(), outcome,
                             piece.code_point, second});
    if (counts()) ++result_.outcomes[static_cast<std::size_t>(outcome)];
  }

  void mark(Found::Kind kind, std::size_t pieces) {
    std::size_t length = 0;
    const std::size_t offset = at_ < pieces_.size() ? pieces_[at_].offset
                               : pieces_.empty()    ? 0
                                                    : pieces_.back().offset + pieces_.back().length;
    for (std::size_t i = 0; i < pieces; ++i) length += pieces_[at_++].length;
    result_.found.push_back({kind, offset, length, result_.records, field_, false, Outcome::standard, 0, 0});
  }

  const Format& format_;
  const std::vector<Piece> pieces_;
  const Above& above_;
  std::size_t at_ = 0;
  std::size_t field_ = 0;
  Scanned result_;
};

}  // namespace

Scanned scan(Encoding encoding, const Format& format, const Bytes& bytes, const Above& above) {
  return Parser(format, decode(encoding, bytes), above).run();
}

}  // namespace hyojun::oracle
