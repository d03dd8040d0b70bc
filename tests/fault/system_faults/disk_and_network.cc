// Disk and network of a program under test, before the C library's (LD_PRELOAD). Calls go to the kernel directly:
// asking the loader for the C library's own would allocate, too early for the allocator.
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "tests/fault/system_faults/shared_faults.h"

namespace edirae::testing {
namespace {

void MayDie(DeathPoint here) {
  Faults* faults = SharedFaults();
  if (faults == nullptr || faults->death != here) return;
  if (--faults->calls_until_death == 0) kill(getpid(), SIGKILL);
}

int Sync(long call, int descriptor) {
  MayDie(DeathPoint::kBeforeSync);
  if (const int error = SharedFaults() == nullptr ? 0 : SharedFaults()->sync_error.load(); error != 0) {
    errno = error;
    return -1;
  }
  const auto result = static_cast<int>(syscall(call, descriptor));
  MayDie(DeathPoint::kAfterSync);
  return result;
}

ssize_t Write(int descriptor, const void* bytes, size_t count, off64_t offset) {
  MayDie(DeathPoint::kBeforeWrite);
  return syscall(SYS_pwrite64, descriptor, bytes, count, offset);
}

}  // namespace
}  // namespace edirae::testing

extern "C" {

int fsync(int descriptor) { return edirae::testing::Sync(SYS_fsync, descriptor); }
int fdatasync(int descriptor) { return edirae::testing::Sync(SYS_fdatasync, descriptor); }

ssize_t pwrite(int descriptor, const void* bytes, size_t count, off_t offset) {
  return edirae::testing::Write(descriptor, bytes, count, offset);
}
ssize_t pwrite64(int descriptor, const void* bytes, size_t count, off64_t offset) {
  return edirae::testing::Write(descriptor, bytes, count, offset);
}

ssize_t send(int descriptor, const void* bytes, size_t count, int flags) {
  edirae::testing::MayDie(edirae::testing::DeathPoint::kBeforeSend);
  return syscall(SYS_sendto, descriptor, bytes, count, flags, nullptr, 0);
}
ssize_t sendmsg(int descriptor, const msghdr* message, int flags) {
  edirae::testing::MayDie(edirae::testing::DeathPoint::kBeforeSend);
  return syscall(SYS_sendmsg, descriptor, message, flags);
}

}  // extern "C"
