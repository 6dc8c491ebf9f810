// The intrinsics of AVX-512. Internal to charmap; for x86-64 alone.
#ifndef HYOJUN_CHARMAP_SRC_AVX512_INTRINSICS_H_
#define HYOJUN_CHARMAP_SRC_AVX512_INTRINSICS_H_

// GCC 12 takes the deliberately undefined register of its own intrinsics for an uninitialised variable (bug 105593).
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif
#include <immintrin.h>

#endif  // HYOJUN_CHARMAP_SRC_AVX512_INTRINSICS_H_
