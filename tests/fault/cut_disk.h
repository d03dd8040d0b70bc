#ifndef EDIRAE_TESTS_FAULT_CUT_DISK_H_
#define EDIRAE_TESTS_FAULT_CUT_DISK_H_

#include <string>
#include <utility>

#include "common/testing/temp_folder.h"

namespace edirae::testing {

// A disk of its own below a folder, whose power can be cut: an ext4 file system in a file. Unmounted by destruction,
// with what still uses it.
class CutDisk {
 public:
  explicit CutDisk(std::string folder) : folder_(std::move(folder)) {}
  CutDisk(const CutDisk&) = delete;
  CutDisk& operator=(const CutDisk&) = delete;
  ~CutDisk();

  // Makes the disk, empty, and mounts it. False when this user may not, or this system cannot.
  [[nodiscard]] bool Mount();

  // From now on nothing reaches the disk; what was written and not synced is lost, as without power. False when the
  // kernel refuses.
  [[nodiscard]] bool Cut();

  // Mounts it again, with what it had. Nobody may use the folder. False when it cannot be mounted.
  [[nodiscard]] bool Return();

 private:
  bool MountImage();

  const std::string folder_;
  const TempFolder image_;
  bool mounted_ = false;
};

}  // namespace edirae::testing

#endif  // EDIRAE_TESTS_FAULT_CUT_DISK_H_
