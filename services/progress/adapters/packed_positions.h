#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_PACKED_POSITIONS_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_PACKED_POSITIONS_H_

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace edirae::progress {

// Positions as one value of a row: 8 bytes each, in the machine's order.
inline std::string PackedPositions(const std::vector<int64_t>& positions) {
  return {reinterpret_cast<const char*>(positions.data()), positions.size() * sizeof(int64_t)};
}

inline std::vector<int64_t> UnpackedPositions(const std::string& bytes) {
  std::vector<int64_t> positions(bytes.size() / sizeof(int64_t));
  if (!positions.empty()) std::memcpy(positions.data(), bytes.data(), positions.size() * sizeof(int64_t));
  return positions;
}

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_PACKED_POSITIONS_H_
