#ifndef EDIRAE_TESTS_PLATFORM_SMALL_DISK_H_
#define EDIRAE_TESTS_PLATFORM_SMALL_DISK_H_

#include <string>
#include <utility>

namespace edirae::testing {

// A file system of its own in memory over a folder, of 24 MB. Unmounted by destruction, with what still uses it.
class SmallDisk {
 public:
  explicit SmallDisk(std::string folder) : folder_(std::move(folder)) {}
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk();

  // False when this user may not.
  [[nodiscard]] bool Mount();

  // Leaves no room for anybody.
  void Fill() const;
  // Takes away what Fill wrote.
  void Free() const;

 private:
  const std::string folder_;
  bool mounted_ = false;
};

}  // namespace edirae::testing

#endif  // EDIRAE_TESTS_PLATFORM_SMALL_DISK_H_
