// libFuzzer's way into the loader: the first byte says which kind of file the others are.
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>

#include "services/catalog/testing/load_one_file.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* input, size_t size) {
  using namespace edirae::catalog::testing;  // NOLINT(google-build-using-namespace): a program of its own
  if (size == 0) return 0;
  LoadOneFile(input[0] % std::size(kFileKinds), std::string(reinterpret_cast<const char*>(input) + 1, size - 1));
  return 0;
}
