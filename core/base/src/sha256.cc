#include "hyojun/base/sha256.h"

#include <openssl/evp.h>

#include <array>
#include <new>

namespace hyojun::base {

struct Sha256::State {
  // OpenSSL's SHA-256 cannot fail but for want of memory, so that is how a failure is reported.
  State() : context(EVP_MD_CTX_new()) {
    if (context == nullptr) throw std::bad_alloc();
    start();
  }
  ~State() { EVP_MD_CTX_free(context); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void start() const { check(EVP_DigestInit_ex(context, EVP_sha256(), nullptr)); }

  static void check(int status) {
    if (status != 1) throw std::bad_alloc();
  }

  EVP_MD_CTX* context;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::span<const std::uint8_t> bytes) {
  State::check(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()));
}

void Sha256::update(std::string_view bytes) {
  State::check(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()));
}

std::string Sha256::digest() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<unsigned char, 32> bytes{};
  State::check(EVP_DigestFinal_ex(state_->context, bytes.data(), nullptr));
  state_->start();
  std::string out;
  for (const unsigned char byte : bytes) {
    out.push_back(kDigits[byte >> 4U]);
    out.push_back(kDigits[byte & 0xFU]);
  }
  return out;
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.digest();
}

}  // namespace hyojun::base
