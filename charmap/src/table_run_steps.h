// The steps of a run of one character after the other. Internal to charmap; included as table_run_loop.h is, behind it.

template <bool kWrite>
struct OneByOne {
  static constexpr bool kWrites = kWrite;

  HYOJUN_TARGET static void singles(const RunTables& tables, const RunTables::Set& set, Cursor& at) noexcept {
    const std::uint8_t* p = at.p;
    std::uint8_t* out = at.out;
    std::uint64_t default_glyph = 0;
    Run last = 0;
    for (; p != at.end; ++p) {
      const Run run = set.runs[*p];
      if ((run & tables.stop) != 0) break;
      write_run<kWrites>(run, out);
      default_glyph += run_default_glyph(run);
      last = run;
    }
    finish(at, p, 1, out, default_glyph, last);
  }

  HYOJUN_TARGET static void pairs(const RunTables& tables, const Run* plane, Cursor& at) noexcept {
    const std::uint8_t* p = at.p;
    std::uint8_t* out = at.out;
    std::uint64_t default_glyph = 0;
    Run last = 0;
    for (; at.end - p >= 2; p += 2) {
      const Run run = plane[pair_at(p)];
      if ((run & tables.stop) != 0) break;
      write_run<kWrites>(run, out);
      default_glyph += run_default_glyph(run);
      last = run;
    }
    finish(at, p, 2, out, default_glyph, last);
  }

 private:
  HYOJUN_TARGET static void finish(Cursor& at, const std::uint8_t* p, std::size_t unit, std::uint8_t* out,
                                   std::uint64_t default_glyph, Run last) noexcept {
    if (p == at.p) return;
    at.characters += static_cast<std::size_t>(p - at.p) / unit;
    at.default_glyph += default_glyph;
    at.p = p;
    at.out = out;
    at.last = last;
    at.last_length = unit;
  }
};
