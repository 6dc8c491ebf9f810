// Small files, read whole.
#ifndef HYOJUN_BASE_READ_FILE_H_
#define HYOJUN_BASE_READ_FILE_H_

#include <cstddef>
#include <string>

#include "hyojun/base/error.h"

namespace hyojun::base {

// The bytes of `path` ("-": standard input). Fails as InputFile does, and with input_rejected if there are more than
// `max_bytes`: a wrong file named by mistake must not fill the memory.
Result<std::string> read_file(const std::string& path, std::size_t max_bytes);

}  // namespace hyojun::base

#endif  // HYOJUN_BASE_READ_FILE_H_
