#include "tests/platform/small_disk.h"

#include <sys/mount.h>

#include <filesystem>
#include <fstream>

namespace edirae::testing {
namespace {

constexpr char kSize[] = "size=24m";
constexpr size_t kBlock = 1 << 16;

}  // namespace

SmallDisk::~SmallDisk() {
  if (mounted_) umount2(folder_.c_str(), MNT_DETACH);
}

bool SmallDisk::Mount() {
  mounted_ = mount("tmpfs", folder_.c_str(), "tmpfs", 0, kSize) == 0;
  return mounted_;
}

void SmallDisk::Fill() const {
  std::ofstream filler(folder_ + "/filler", std::ios::binary);
  const std::string block(kBlock, 'x');
  while (filler.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) {
  }
}

void SmallDisk::Free() const { std::filesystem::remove(folder_ + "/filler"); }

}  // namespace edirae::testing
