#include "kernel_option.h"

#include <string>

#include "hyojun/base/platform.h"

namespace hyojun::cli {
namespace {

constexpr const char* kAuto = "auto";

base::Result<charmap::Kernel> find(const std::string& name, const std::string& where) {
  if (name == kAuto) return charmap::best_kernel();
  std::string list = kAuto;
  for (const charmap::Kernel kernel : charmap::available_kernels()) {
    if (kernel_name(kernel) == name) return kernel;
    list.append(", ").append(kernel_name(kernel));
  }
  return base::fail(base::ErrorCode::usage,
                    {where + ": このマシンにないカーネルです: " + name, where + ": no kernel of this machine: " + name},
                    {}, {list + " のいずれかを指定してください", "give one of " + list});
}

}  // namespace

Option kernel_option() {
  return {.name = "kernel",
          .value = "NAME",
          .summary = {"使うカーネル (省くと auto: 最も速いもの)", "Kernel to use (default auto: the fastest)"},
          .details = {"結果はどれでも同じです。hyojun --version が一覧します。HYOJUN_KERNEL でも指定できます",
                      "All give the same result. hyojun --version lists them. HYOJUN_KERNEL names one, too"},
          .group = OptionGroup::run};
}

base::Result<charmap::Kernel> kernel_of_environment() {
  const std::string name = base::environment_variable("HYOJUN_KERNEL").value_or("");
  return find(name.empty() ? kAuto : name, "HYOJUN_KERNEL");
}

base::Result<charmap::Kernel> kernel_of(const ParsedArguments& arguments) {
  const auto name = arguments.value("kernel");
  return name ? find(*name, "--kernel") : kernel_of_environment();
}

}  // namespace hyojun::cli
