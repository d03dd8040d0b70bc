#include "common/testing/seed.h"

#include <cstdlib>
#include <iostream>
#include <random>

#include "absl/strings/numbers.h"

namespace edirae::testing {
namespace {

uint64_t Choose() {
  uint64_t seed = 0;
  if (const char* given = std::getenv("EDIRAE_SEED"); given != nullptr) {
    if (!absl::SimpleAtoi(given, &seed)) {
      std::cerr << "EDIRAE_SEED is not a number: " << given << "\n";
      std::abort();
    }
  } else {
    std::random_device random;
    seed = (uint64_t{random()} << 32) | random();
  }
  std::cerr << "seed: EDIRAE_SEED=" << seed << "\n";
  return seed;
}

}  // namespace

uint64_t Seed() {
  static const uint64_t seed = Choose();
  return seed;
}

}  // namespace edirae::testing
