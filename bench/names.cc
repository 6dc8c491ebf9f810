#include "names.h"

namespace hyojun::bench {

namespace {

constexpr WeightedName kSurnames[] = {
#include "surnames.inc"
};

constexpr WeightedName kGivenNames[] = {
#include "given_names.inc"
};

constexpr NamePart kSurnameFirsts[] = {
#include "surname_firsts.inc"
};

constexpr NamePart kSurnameSeconds[] = {
#include "surname_seconds.inc"
};

constexpr NamePart kGivenFirsts[] = {
    {U"正", U"マサ"}, {U"和", U"カズ"}, {U"義", U"ヨシ"}, {U"幸", U"ユキ"}, {U"秀", U"ヒデ"}, {U"孝", U"タカ"},
    {U"信", U"ノブ"}, {U"光", U"ミツ"}, {U"清", U"キヨ"}, {U"文", U"フミ"}, {U"忠", U"タダ"}, {U"昌", U"マサ"},
    {U"利", U"トシ"}, {U"敏", U"トシ"}, {U"俊", U"トシ"}, {U"勝", U"カツ"}, {U"克", U"カツ"}, {U"政", U"マサ"},
    {U"直", U"ナオ"}, {U"智", U"トモ"}, {U"友", U"トモ"}, {U"晴", U"ハル"}, {U"春", U"ハル"}, {U"明", U"アキ"},
    {U"昭", U"アキ"}, {U"章", U"アキ"}, {U"彰", U"アキ"}, {U"康", U"ヤス"}, {U"泰", U"ヤス"}, {U"靖", U"ヤス"},
    {U"保", U"ヤス"}, {U"弘", U"ヒロ"}, {U"博", U"ヒロ"}, {U"裕", U"ヒロ"}, {U"寛", U"ヒロ"}, {U"広", U"ヒロ"},
    {U"美", U"ヨシ"}, {U"喜", U"ヨシ"}, {U"吉", U"ヨシ"}, {U"芳", U"ヨシ"}, {U"良", U"ヨシ"}, {U"重", U"シゲ"},
    {U"茂", U"シゲ"}, {U"滋", U"シゲ"}, {U"隆", U"タカ"}, {U"貴", U"タカ"}, {U"富", U"トミ"}, {U"徳", U"ノリ"},
    {U"典", U"ノリ"}, {U"憲", U"ノリ"}, {U"恒", U"ツネ"}, {U"常", U"ツネ"}, {U"房", U"フサ"}, {U"道", U"ミチ"},
    {U"実", U"サネ"}, {U"真", U"マサ"}, {U"雅", U"マサ"}, {U"静", U"シズ"}, {U"菊", U"キク"}, {U"梅", U"ウメ"},
    {U"鶴", U"ツル"}, {U"亀", U"カメ"}, {U"松", U"マツ"}, {U"竹", U"タケ"}, {U"武", U"タケ"}, {U"祥", U"サチ"},
    {U"郁", U"イク"}, {U"澄", U"スミ"}, {U"純", U"スミ"}, {U"晶", U"アキ"}, {U"瑛", U"エイ"}, {U"颯", U"ソウ"},
    {U"蒼", U"ソウ"}, {U"奏", U"カナ"}, {U"琴", U"コト"}, {U"詩", U"ウタ"}, {U"柚", U"ユズ"}, {U"楓", U"カエ"},
};

constexpr NamePart kMensEndings[] = {
    {U"雄", U"オ"},   {U"男", U"オ"},       {U"夫", U"オ"},       {U"彦", U"ヒコ"}, {U"明", U"アキ"},
    {U"一", U"カズ"}, {U"治", U"ハル"},     {U"司", U"シ"},       {U"也", U"ヤ"},   {U"哉", U"ヤ"},
    {U"樹", U"キ"},   {U"輝", U"キ"},       {U"之", U"ユキ"},     {U"行", U"ユキ"}, {U"志", U"シ"},
    {U"史", U"シ"},   {U"吉", U"キチ"},     {U"蔵", U"ゾウ"},     {U"造", U"ゾウ"}, {U"太郎", U"タロウ"},
    {U"郎", U"ロウ"}, {U"次郎", U"ジロウ"}, {U"之助", U"ノスケ"}, {U"介", U"スケ"}, {U"斗", U"ト"},
};

constexpr NamePart kWomensEndings[] = {
    {U"子", U"コ"}, {U"美", U"ミ"}, {U"江", U"エ"}, {U"枝", U"エ"},     {U"恵", U"エ"},
    {U"代", U"ヨ"}, {U"世", U"ヨ"}, {U"香", U"カ"}, {U"佳", U"カ"},     {U"花", U"カ"},
    {U"奈", U"ナ"}, {U"菜", U"ナ"}, {U"乃", U"ノ"}, {U"野", U"ノ"},     {U"音", U"ネ"},
    {U"穂", U"ホ"}, {U"帆", U"ホ"}, {U"実", U"ミ"}, {U"江子", U"エコ"}, {U"織", U"オリ"},
};

}  // namespace

std::span<const WeightedName> surnames() { return kSurnames; }
std::span<const WeightedName> given_names() { return kGivenNames; }
std::span<const NamePart> surname_firsts() { return kSurnameFirsts; }
std::span<const NamePart> surname_seconds() { return kSurnameSeconds; }
std::span<const NamePart> given_firsts() { return kGivenFirsts; }
std::span<const NamePart> mens_endings() { return kMensEndings; }
std::span<const NamePart> womens_endings() { return kWomensEndings; }

}  // namespace hyojun::bench
