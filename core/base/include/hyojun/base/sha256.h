// SHA-256 (FIPS 180-4) of files and tables, by OpenSSL.
#ifndef HYOJUN_BASE_SHA256_H_
#define HYOJUN_BASE_SHA256_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace hyojun::base {

// The digest of bytes that come in pieces. One object, one thread at a time; movable, not copyable.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void update(std::span<const std::uint8_t> bytes);
  void update(std::string_view bytes);

  // 64 lower-case hex digits of everything since construction or the last digest(); starts anew afterwards.
  std::string digest();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The digest of `bytes` in 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace hyojun::base

#endif  // HYOJUN_BASE_SHA256_H_
