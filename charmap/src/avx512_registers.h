// What the AVX-512 kernels share. Internal to charmap; included inside the anonymous namespace of each, which defines
// HYOJUN_TARGET and includes avx512_intrinsics.h before.

HYOJUN_TARGET inline __m512i byte(int b) noexcept { return _mm512_set1_epi8(static_cast<char>(b)); }

// A constant that the compiler shall keep in a register: it would make it anew in every block.
HYOJUN_TARGET inline __m512i kept(int b) noexcept {
  __m512i v = byte(b);
  asm("" : "+v"(v));
  return v;
}

HYOJUN_TARGET inline __m512i kept_unit(int u) noexcept {
  __m512i v = _mm512_set1_epi16(static_cast<short>(u));
  asm("" : "+v"(v));
  return v;
}

// A mask that is used several times: moved once.
HYOJUN_TARGET inline std::uint64_t moved(__mmask64 mask) noexcept {
  std::uint64_t m = mask;
  asm("" : "+r"(m));
  return m;
}

// A target for compress and expand: their zeroing forms wait for the register that they overwrite.
HYOJUN_TARGET inline __m512i zero() noexcept {
  __m512i v = _mm512_setzero_si512();
  asm("" : "+v"(v));
  return v;
}
