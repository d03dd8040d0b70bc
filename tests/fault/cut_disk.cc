#include "tests/fault/cut_disk.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <vector>

#include "common/process/child_process.h"

namespace edirae::testing {
namespace {

constexpr int64_t kBytes = int64_t{256} << 20;
constexpr absl::Duration kToolPatience = absl::Seconds(30);

// The kernel's EXT4_IOC_SHUTDOWN and EXT4_GOING_FLAGS_NOLOGFLUSH (fs/ext4/ext4.h), which no header of the C library
// has.
constexpr unsigned long kShutdown = _IOR('X', 125, uint32_t);
constexpr uint32_t kWithoutFlushing = 2;

bool Succeeds(std::vector<std::string> command) {
  const auto child = process::ChildProcess::Start({.argv = std::move(command), .output_file = "/dev/null"});
  if (!child.ok()) return false;
  const auto ended = (*child)->Wait(kToolPatience);
  return ended.ok() && ended->success();
}

}  // namespace

CutDisk::~CutDisk() {
  if (mounted_) umount2(folder_.c_str(), MNT_DETACH);
}

bool CutDisk::MountImage() { return mounted_ = Succeeds({"mount", "-o", "loop", image_.File("ext4"), folder_}); }

bool CutDisk::Mount() {
  const std::string image = image_.File("ext4");
  if (!Succeeds({"truncate", "--size", std::to_string(kBytes), image})) return false;
  std::filesystem::create_directories(folder_);
  return Succeeds({"/sbin/mkfs.ext4", "-q", image}) && MountImage();
}

bool CutDisk::Cut() {
  const int descriptor = open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return false;
  uint32_t how = kWithoutFlushing;
  const bool cut = ioctl(descriptor, kShutdown, &how) == 0;
  close(descriptor);
  return cut;
}

bool CutDisk::Return() {
  if (umount2(folder_.c_str(), 0) != 0) return false;
  mounted_ = false;
  return MountImage();
}

}  // namespace edirae::testing
