// replay CORPUS_FOLDER MUTATIONS: runs the target on every file of the corpus, and on seeded mutations of them.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "fuzz.h"

namespace {

using Bytes = std::vector<std::uint8_t>;

std::vector<Bytes> read_corpus(const char* folder) {
  std::set<std::filesystem::path> paths;  // in the same order on every machine
  for (const auto& entry : std::filesystem::directory_iterator(folder)) paths.insert(entry.path());
  std::vector<Bytes> corpus;
  for (const auto& path : paths) {
    std::ifstream in(path, std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return corpus;
}

// The bytes stand in memory of exactly their size, so that reading past them is seen.
void run(const Bytes& bytes) {
  const Bytes exact(bytes);
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

Bytes mutate(Bytes bytes, const Bytes& other, std::mt19937& random) {
  for (unsigned n = 1 + random() % 4; n > 0; --n) {
    const std::size_t at = bytes.empty() ? 0 : random() % bytes.size();
    const auto place = bytes.begin() + static_cast<std::ptrdiff_t>(at);
    switch (random() % 6) {
      case 0:
        bytes.insert(place, static_cast<std::uint8_t>(random()));
        break;
      case 1:
        bytes.insert(place, other.begin(), other.begin() + static_cast<std::ptrdiff_t>(random() % (other.size() + 1)));
        break;
      case 2:
        bytes.resize(at);
        break;
      case 3:
        if (!bytes.empty()) bytes.erase(place);
        break;
      case 4:
        if (!bytes.empty()) *place ^= static_cast<std::uint8_t>(1U << random() % 8);
        break;
      default:
        if (!bytes.empty()) *place = static_cast<std::uint8_t>(random());
        break;
    }
  }
  return bytes;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::vector<Bytes> corpus = read_corpus(argv[1]);
  if (corpus.empty()) return 2;
  for (const Bytes& bytes : corpus) run(bytes);
  std::mt19937 random(20261122);
  for (int i = std::atoi(argv[2]); i > 0; --i) {
    run(mutate(corpus[random() % corpus.size()], corpus[random() % corpus.size()], random));
  }
  return 0;
}
