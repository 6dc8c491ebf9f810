// Kernels: implementations of the scanner's inner loop. All give the same counts, events and positions.
#ifndef HYOJUN_CHARMAP_KERNEL_H_
#define HYOJUN_CHARMAP_KERNEL_H_

#include <cstdint>
#include <string_view>
#include <vector>

namespace hyojun::charmap {

enum class Kernel : std::uint8_t {
  portable,  // any machine
  avx2,      // needs AVX2 and BMI2
  avx512,    // needs AVX-512 BW, VBMI2 and BMI2
};

std::string_view kernel_name(Kernel kernel) noexcept;

// What this machine can run, the best first; portable is always the last.
std::vector<Kernel> available_kernels();
Kernel best_kernel() noexcept;

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_KERNEL_H_
