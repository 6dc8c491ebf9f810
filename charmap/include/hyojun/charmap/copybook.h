// Makes a layout (layout.h) from a COBOL copybook (COPY句).
//
// Read: level numbers, names, FILLER; PIC X, A, N, G, 9, S, V, P, editing characters (as single bytes); USAGE
// DISPLAY, COMP (COMP-4, COMP-5, BINARY), COMP-3 (PACKED-DECIMAL), COMP-1, COMP-2 (as hex), NATIONAL, DISPLAY-1; OCCURS
// n TIMES; OCCURS m TO n DEPENDING ON (as n: a variable record may end early), which nothing may follow; REDEFINES;
// SIGN LEADING and TRAILING, SEPARATE (as single bytes); SYNC. Levels 66 and 88 and all other clauses say nothing about
// where a field lies and are passed over. Fixed form (columns 7 to 72, continued lines by - in column 7) and free form.
//
// SYNC by the rules of IBM Enterprise COBOL, which count from the record's start: COMP of up to 4 digits on 2 bytes, of
// more on 4, COMP-1 on 4, COMP-2 on 8; slack bytes are put in front, and behind each repetition of a group, so that all
// repetitions lie alike. Other compilers may put COMP of more than 9 digits on 8 bytes: compare the record's length.
//
// PIC N and G are `double`, PIC X `single`, or `mixed` where the caller says so. A name that stands twice in a record
// gets its group before it. Thread-safety: pure.
#ifndef HYOJUN_CHARMAP_COPYBOOK_H_
#define HYOJUN_CHARMAP_COPYBOOK_H_

#include <string>
#include <string_view>
#include <vector>

#include "hyojun/base/error.h"

namespace hyojun::charmap {

struct CopybookOptions {
  std::vector<std::string> redefines{};  // names of REDEFINES items to take in place of what they redefine
  std::string record{};                  // which 01 item; empty: the only one
  std::string records = "fixed";         // Layout's "records": fixed, rdw or bdw
  bool mixed = false;                    // PIC X holds shift codes
};

// The layout as JSON, one field a line. Errors: input_rejected with the line as record (what cannot be read, a picture
// or clause that is refused, several 01 items and none chosen, a REDEFINES that is not there).
base::Result<std::string> layout_from_copybook(std::string_view text, const std::string& path,
                                               const CopybookOptions& options);

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_COPYBOOK_H_
