// Full-width katakana to half-width, as host systems keep them: ガ becomes ｶ and ﾞ.
#ifndef HYOJUN_BENCH_HALF_WIDTH_H_
#define HYOJUN_BENCH_HALF_WIDTH_H_

#include <string>

namespace hyojun::bench {

// Characters without a half-width form stay; the ideographic space becomes an ASCII space.
void to_half_width(std::u32string& text);

}  // namespace hyojun::bench

#endif  // HYOJUN_BENCH_HALF_WIDTH_H_
