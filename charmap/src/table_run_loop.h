// The loop of table_run(), the same for every kernel. Internal to charmap; included inside the anonymous namespace of
// each kernel, which defines HYOJUN_TARGET (its instruction set) and the two classes of steps:
//   void singles(const RunTables& tables, const RunTables::Set& set, Cursor& at)   plain single bytes
//   void pairs(const RunTables& tables, const RunTables::Run* plane, Cursor& at)   plain codes of two bytes of one
//   plane
// and, where kBlocks, RunTables::Blocks:
//   void blocks(const RunTables& tables, ScanState& state, ScanCounts& counts, Cursor& at)
//       as much as is plain, with its structure, where all fields count alike; in set 0 or the one of double bytes

using Kind = RunTables::Kind;
using Run = RunTables::Run;

// Where a run reads and writes, and what it took since counts were added up.
struct Cursor {
  const std::uint8_t* p;
  const std::uint8_t* end;
  std::uint8_t* out;
  std::uint64_t characters = 0;
  std::uint64_t default_glyph = 0;
  Run last = 0;                 // of the character before p
  std::size_t last_length = 0;  // its bytes; 0: before p stands no content of this run
};

HYOJUN_TARGET inline std::size_t run_length(Run run) noexcept { return run >> Codes::kRunLength & 3; }
HYOJUN_TARGET inline std::uint64_t run_default_glyph(Run run) noexcept { return run >> Codes::kRunDefaultGlyph & 1; }

template <bool kWrites>
HYOJUN_TARGET inline void write_run(Run run, std::uint8_t*& out) noexcept {
  if constexpr (kWrites) {
    std::memcpy(out, &run, sizeof run);
    out += run_length(run);
  }
}

HYOJUN_TARGET inline std::size_t pair_at(const std::uint8_t* p) noexcept {
  return static_cast<std::size_t>(p[0]) << 8 | p[1];
}

template <typename Steps>
class RunLoop {
  static constexpr std::ptrdiff_t kWorthwhile = 24;

 public:
  static constexpr bool kWrites = Steps::kWrites;
  HYOJUN_TARGET RunLoop(const Plan& plan, ScanState& state, std::span<const std::uint8_t> bytes, ScanCounts& counts,
                        std::uint8_t* out) noexcept
      : plan_(plan),
        tables_(*plan.run_tables()),
        state_(state),
        counts_(counts),
        at_{bytes.data(), bytes.data() + bytes.size(), out},
        set_(&tables_.sets[state.shift < tables_.sets.size() ? state.shift : 0]) {
    look_at_field();
  }

  HYOJUN_TARGET void run() noexcept {
    while (at_.p != at_.end && (blocks() || step())) {
    }
    // The next may belong to the last: the general path reads both.
    if (tables_.may_join && at_.last_length != 0) {
      at_.p -= at_.last_length;
      if constexpr (kWrites) at_.out -= run_length(at_.last);
      --at_.characters;
      at_.default_glyph -= run_default_glyph(at_.last);
    }
    add_counts();
  }
  HYOJUN_TARGET const Cursor& at() const noexcept { return at_; }

 private:
  // True if something was taken. Where a block holds little that is plain, the next must be some way on.
  HYOJUN_TARGET bool blocks() noexcept {
    if constexpr (Steps::kBlocks) {
      if (!tables_.blocks.possible || by_field_) return false;
      if (at_.p < next_block_ || (set_ != tables_.sets.data() && state_.shift != tables_.blocks.doubles)) return false;
      const std::uint8_t* const from = at_.p;
      Steps::blocks(tables_, state_, counts_, at_);
      if (at_.p - from < kWorthwhile) next_block_ = at_.p + kWorthwhile;
      set_ = &tables_.sets[state_.shift];
      return at_.p != from;
    }
    return false;
  }

  // Takes one thing or many of a kind; false: it is the general path's.
  HYOJUN_TARGET bool step() noexcept {
    const std::uint8_t* const from = at_.p;
    const Kind kind = set_->kinds[*from];
    switch (kind) {
      case Kind::plain:
        Steps::singles(tables_, *set_, at_);
        break;
      case Kind::lead2:
        Steps::pairs(tables_, set_->planes[*from], at_);
        if (at_.p == from) return pair_of_structure();
        break;
      case Kind::lead3:
        triples();
        break;
      case Kind::shift:
        return shift();
      case Kind::stop:
        return false;
      default:
        return structure(kind, set_->runs[*from], 1);
    }
    if (at_.p == from) return false;
    begin_content();
    return true;
  }

  HYOJUN_TARGET void triples() noexcept {
    const Run* const plane = set_->planes[*at_.p];
    while (at_.end - at_.p >= 3 && set_->kinds[*at_.p] == Kind::lead3) {
      const Run run = plane[pair_at(at_.p + 1)];
      if ((run & tables_.stop) != 0) break;
      take(run, 3);
    }
  }

  HYOJUN_TARGET void take(Run run, std::size_t length) noexcept {
    write_run<kWrites>(run, at_.out);
    at_.p += length;
    ++at_.characters;
    at_.default_glyph += run_default_glyph(run);
    at_.last = run;
    at_.last_length = length;
  }

  HYOJUN_TARGET void begin_content() noexcept {
    if (state_.phase != ScanState::Phase::quoted) state_.phase = ScanState::Phase::unquoted;
  }

  // Structure among double bytes.
  HYOJUN_TARGET bool pair_of_structure() noexcept {
    if (tables_.unit != 2 || at_.end - at_.p < 2) return false;
    const Run run = set_->planes[*at_.p][pair_at(at_.p)];
    if ((run & Codes::kRunDoubleAscii) == 0) return false;
    const Kind kind = tables_.ascii[run & 0x7F];
    return kind > Kind::shift && structure(kind, run, 2);
  }

  HYOJUN_TARGET bool shift() noexcept {
    std::uint32_t bytes = 0;
    if (at_.end - at_.p < static_cast<std::ptrdiff_t>(sizeof bytes)) return false;
    std::memcpy(&bytes, at_.p, sizeof bytes);
    for (const RunTables::Shift& shift : tables_.shifts) {
      if ((bytes & shift.mask) != shift.bytes) continue;
      at_.p += shift.length;
      at_.last_length = 0;
      choose(shift.to);
      return true;
    }
    return false;
  }

  HYOJUN_TARGET void choose(std::uint8_t set) noexcept {
    state_.shift = set;
    set_ = &tables_.sets[set];
  }

  // `run`: of the character, `unit`: its bytes.
  HYOJUN_TARGET bool structure(Kind kind, Run run, std::size_t unit) noexcept {
    switch (kind) {
      case Kind::delimiter:
        if (state_.phase == ScanState::Phase::quoted) return tables_.delimiter_is_text && content(run, unit);
        pass(run, unit);
        ++state_.field;
        state_.phase = ScanState::Phase::field_start;
        if (by_field_) look_at_next_field();
        return true;
      case Kind::line_feed:
        pass(run, unit);
        end_line();
        return true;
      case Kind::carriage_return:
        return carriage_return(run, unit);
      default:
        return quote(run, unit);
    }
  }

  // What is written, but is no content.
  HYOJUN_TARGET void pass(Run run, std::size_t unit) noexcept {
    write_run<kWrites>(run, at_.out);
    at_.p += unit;
    at_.last_length = 0;
  }

  HYOJUN_TARGET bool content(Run run, std::size_t unit) noexcept {
    take(run, unit);
    begin_content();
    return true;
  }

  // What the unit behind this one begins; `stop` where it is not surely a single character of its own.
  HYOJUN_TARGET Kind next_kind(std::size_t unit, Run& run) const noexcept {
    const std::uint8_t* const next = at_.p + unit;
    if (static_cast<std::size_t>(at_.end - next) < unit) return Kind::stop;
    Kind kind = set_->kinds[*next];
    run = set_->runs[*next];
    if (unit == 2 && kind == Kind::lead2) {
      run = set_->planes[*next][pair_at(next)];
      kind = (run & Codes::kRunDoubleAscii) != 0 ? tables_.ascii[run & 0x7F] : Kind::plain;
    }
    return kind == Kind::lead2 || kind == Kind::lead3 || kind == Kind::shift ? Kind::stop : kind;
  }

  HYOJUN_TARGET bool carriage_return(Run run, std::size_t unit) noexcept {
    Run after = 0;
    const Kind next = next_kind(unit, after);
    if (next == Kind::stop) return false;
    pass(run, unit);
    if (next == Kind::line_feed) pass(after, unit);
    end_line();
    return true;
  }

  HYOJUN_TARGET void end_line() noexcept {
    choose(set_->after_line_end);
    if (state_.phase == ScanState::Phase::quoted) return;
    ++counts_.records;
    ++state_.record;
    state_.field = 0;
    state_.in_header = false;
    state_.phase = ScanState::Phase::record_start;
    if (by_field_) look_at_next_field();
  }

  HYOJUN_TARGET bool quote(Run run, std::size_t unit) noexcept {
    if (state_.phase == ScanState::Phase::unquoted) return content(run, unit);
    if (state_.phase != ScanState::Phase::quoted) {
      pass(run, unit);
      state_.phase = ScanState::Phase::quoted;
      return true;
    }
    Run after = 0;
    const Kind next = next_kind(unit, after);
    if (next == Kind::stop) return false;
    pass(run, unit);
    if (next == Kind::quote) {
      pass(after, unit);
      ++at_.characters;
    } else {
      state_.phase = ScanState::Phase::unquoted;
    }
    return true;
  }

  // Not every field counts alike: add up at each.
  HYOJUN_TARGET void look_at_field() noexcept {
    counting_ = !state_.in_header && plan_.selects(state_.field);
    by_field_ = state_.in_header || !plan_.options().columns.empty();
  }
  HYOJUN_TARGET void look_at_next_field() noexcept {
    add_counts();
    look_at_field();
  }

  HYOJUN_TARGET void add_counts() noexcept {
    if (counting_) {
      counts_.outcomes[static_cast<std::size_t>(Outcome::standard)] += at_.characters - at_.default_glyph;
      counts_.outcomes[static_cast<std::size_t>(Outcome::default_glyph)] += at_.default_glyph;
    }
    at_.characters = 0;
    at_.default_glyph = 0;
  }

  const Plan& plan_;
  const RunTables& tables_;
  ScanState& state_;
  ScanCounts& counts_;
  Cursor at_;
  const RunTables::Set* set_;
  bool counting_ = true;
  bool by_field_ = true;
  const std::uint8_t* next_block_ = nullptr;
};

template <typename Steps>
HYOJUN_TARGET TableRun run_with(const Plan& plan, ScanState& state, std::span<const std::uint8_t> bytes,
                                ScanCounts& counts, std::uint8_t* out) noexcept {
  RunLoop<Steps> loop(plan, state, bytes, counts, out);
  loop.run();
  const auto written = Steps::kWrites ? static_cast<std::size_t>(loop.at().out - out) : std::size_t{0};
  return {static_cast<std::size_t>(loop.at().p - bytes.data()), written};
}
