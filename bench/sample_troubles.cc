#include "sample_troubles.h"

namespace hyojun::bench {

namespace {

using enum SampleFile;
using enum Edit;

constexpr Trouble kTroubles[] = {
    // Structure
    {5, kAddress, both, append, U"　コーポ青空, ２０１", "", "structure", "comma in a quoted field"},
    {9, kAddress, both, append, U"　メゾン\"ひまわり\"３０２", "", "structure", "quotes in a quoted field"},
    {14, kAddress, both, append, U"\n（方書）山下様方", "", "structure", "line end in a quoted field"},
    {21, kAddress, both, append, U"　\"A, B\"\n１階", "", "structure", "quotes, comma and line end in one field"},
    {33, kMoved, both, replace, U"", "", "structure", "empty last field"},
    // Names already damaged
    {12, kName, both, replace, U"〓藤　一郎", "", "placeholder", "geta mark"},
    {27, kName, both, replace, U"●田　花子", "", "placeholder", "black circle"},
    {41, kName, both, replace, U"渡？　和子", "", "placeholder", "full-width question mark"},
    {56, kName, both, replace, U"高■　正雄", "", "placeholder", "black square"},
    {58, kName, both, replace, U"柳?　茂", "", "placeholder", "ASCII question mark of a failed conversion"},
    {60, kName, both, replace, U"木＿　幸子", "", "placeholder", "full-width low line"},
    {72, kName, both, replace, U"山ロ　実", "", "look_alike", "katakana ro among kanji"},
    {88, kName, both, replace, U"ニ宮　清", "", "look_alike", "katakana ni before a kanji"},
    {95, kKana, both, replace, U"サト一　ヨウコ", "", "kanji_in_kana", "kanji one in place of the long vowel mark"},
    {103, kKana, both, replace, U"山ダ　タロウ", "", "kanji_in_kana", "a kanji that was never converted"},
    {118, kKana, both, replace, U"ヘンミ　へイタ", "", "look_alike", "hiragana he among katakana"},
    {131, kName, both, prepend, U"　", "", "leading_space", "full-width space first"},
    {149, kName, both, prepend, U" ", "", "leading_space", "ASCII space first"},
    {160, kName, both, replace, U"田村　　健太", "", "double_space", "two full-width spaces"},
    {177, kKana, both, replace, U"タムラ  ケンタ", "", "double_space", "two ASCII spaces"},
    {190, kName, both, replace, U"", "", "empty_field", "no name"},
    {204, kKana, both, replace, U"", "", "empty_field", "no reading"},
    {219, kName, both, replace, U"　", "", "empty_field", "a name of one space"},
    // Rare but sound
    {230, kName, both, replace, U"\u9AD9\u6A4B　\U00020BB7\u592B", "", "standard", "U+9AD9 and U+20BB7"},
    {237, kName, both, replace, U"\u5C71\uFA11　\uFA19\uFA1B", "", "standard", "compatibility ideographs"},
    {244, kName, utf8, replace, U"\u8FBB\U000E0102　\u795E\uFE00\u4E00", "", "standard",
     "an IVS and an SVS of the list"},
    {251, kName, utf8, replace, U"\U0001B002\u3044　か\u3099く", "", "standard",
     "hentaigana; a kana with a combining mark"},
    {258, kKana, both, replace, U"ｻﾄｳ ｶﾞｸ", "", "standard", "half-width kana"},
    {265, kAddress, both, append, U"　㈱標準①号館Ⅱ", "", "standard", "characters of NEC row 13"},
    {272, kName, cp932, replace, U"\uFDD0木　学", "\xEE\xE0", "standard", "U+9AD9 by NEC's duplicate code EEE0"},
    // Gaiji that the gaiji table leaves open
    {280, kName, both, replace, U"\uE757田　次郎", "", "gaiji_unmapped", "the last gaiji code, F9FC"},
    {281, kName, both, replace, U"\uE757田　三郎", "", "gaiji_unmapped", "the same gaiji again"},
    {287, kAddress, both, append, U"\uE700", "", "gaiji_unmapped", "a gaiji in an address"},
    {294, kName, utf8, replace, U"\uF8FF本　\U000F0001子", "", "gaiji_unmapped",
     "private use outside CP932's range; plane 15"},
    // Sequences that the list does not have
    {301, kName, utf8, replace, U"\u845B\U000E0100\u897F　\u6B63", "", "unregistered_sequence", "Adobe-Japan1 has it"},
    {308, kName, utf8, replace, U"\u5C71\U000E01EF\u672C　\u5B5D", "", "unregistered_sequence", "no collection has it"},
    {315, kName, utf8, replace, U"\u7530\uFE0F\u4E2D　\u5FE0", "", "unregistered_sequence",
     "an emoji selector after a kanji"},
    // Characters outside the standard
    {330, kName, utf8, replace, U"\u5F20\u3000\u4F1F", "", "not_in_standard", "simplified Chinese U+5F20 and U+4F1F"},
    {337, kName, utf8, replace, U"\u9648\u3000\u4E3D", "", "not_in_standard", "simplified Chinese U+9648 and U+4E3D"},
    {344, kName, utf8, replace, U"김\u3000민수", "", "not_in_standard", "Hangul"},
    {345, kName, utf8, replace, U"한\u3000지은", "", "not_in_standard", "Hangul"},
    {351, kAddress, utf8, append, U"\U0001F3E0", "", "not_in_standard", "emoji"},
    {358, kAddress, utf8, append, U"\u2600\uFE0F\U0001F600", "", "not_in_standard", "emoji with and without selector"},
    {365, kName, utf8, replace, U"\u2F2D\u2F65　\u2F00\u90CE", "", "not_in_standard",
     "Kangxi radicals in place of kanji"},
    {372, kName, utf8, replace, U"Nguy\u1EC5n Thi", "", "not_in_standard", "a Vietnamese letter"},
    {379, kName, utf8, replace, U"大\u200B石　恵", "", "not_in_standard", "zero width space"},
    {386, kName, utf8, prepend, U"\U000E0101", "", "not_in_standard", "a selector without a base"},
    {393, kName, utf8, replace, U"林\u3099　誠", "", "not_in_standard", "a voiced mark after a kanji"},
    // Control characters
    {400, kName, both, replace, U"石田\t弘", "", "control", "TAB"},
    {407, kAddress, both, append, U"\u001A", "", "control", "SUB, the end mark of old systems"},
    {414, kKana, both, append, U"\u007F", "", "control", "DEL"},
    {421, kName, utf8, prepend, U"\uFEFF", "", "control", "BOM inside the text"},
    {428, kName, utf8, replace, U"小島\u0085　博", "", "control", "NEL, of a host system"},
    {435, kName, utf8, append, U"\uFFFF", "", "control", "noncharacter"},
    {442, kAddress, both, append, U"\u000B２階", "", "control", "VT, the line break inside a cell"},
    // Bytes that are no CP932
    {450, kAddress, cp932, append, U"\uFDD0", "\x8A", "malformed", "a kanji cut in half at the end of the field"},
    {457, kMoved, cp932, append, U"\uFDD0", "\x83", "malformed", "a kanji cut in half at the end of the record"},
    {464, kName, cp932, replace, U"中\uFDD0野　進", "\x80", "malformed", "80"},
    {471, kName, cp932, replace, U"松\uFDD0本　葵", "\xA0", "malformed", "A0"},
    {478, kName, cp932, replace, U"金\uFDD0子　蓮", "\xFD\xFE\xFF", "malformed", "FD, FE and FF, one each"},
    {485, kName, cp932, replace, U"和\uFDD0田　遥", "\x85\x40", "malformed", "an unassigned pair"},
    {492, kName, cp932, replace, U"原\uFDD0口　彩", "\xFC\x4C", "malformed", "the pair behind the last IBM character"},
    {499, kAddress, cp932, append, U"\uFDD0", "\x81\x20", "malformed", "a lead byte before a space"},
};

}  // namespace

std::span<const Trouble> sample_troubles() { return kTroubles; }

}  // namespace hyojun::bench
