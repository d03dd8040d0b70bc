// The wall clock of a program under test, which the test sets. Also for who sleeps until it shows a time: the kernel's
// own clock does not jump, so such sleeps go on in slices, with a look at the clock after each.
#include <dlfcn.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <ctime>

#include "tests/fault/system_faults/shared_faults.h"

namespace edirae::testing {
namespace {

constexpr int64_t kSecond = 1'000'000'000;
constexpr int64_t kSlice = 20'000'000;
// Times below are of a clock that starts with the machine: pthread_cond_timedwait() does not say which it waits by.
constexpr int64_t kFirstWallTime = 1'000'000'000 * kSecond;

// The C library's syscall(), which is ours to take over.
long Kernel(long call, long a, long b, long c, long d = 0, long e = 0, long f = 0) {
#if defined(__x86_64__)
  long result;
  register long r10 asm("r10") = d;
  register long r8 asm("r8") = e;
  register long r9 asm("r9") = f;
  asm volatile("syscall"
               : "=a"(result)
               : "a"(call), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
               : "rcx", "r11", "memory");
#elif defined(__aarch64__)
  register long x8 asm("x8") = call;
  register long result asm("x0") = a;
  register long x1 asm("x1") = b;
  register long x2 asm("x2") = c;
  register long x3 asm("x3") = d;
  register long x4 asm("x4") = e;
  register long x5 asm("x5") = f;
  asm volatile("svc 0" : "+r"(result) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
#else
#error "write this architecture's system call"
#endif
  if (result >= 0 || result < -4095) return result;
  errno = static_cast<int>(-result);
  return -1;
}

int64_t NanosOf(const timespec& time) { return time.tv_sec * kSecond + time.tv_nsec; }
timespec TimeOf(int64_t nanos) { return {.tv_sec = nanos / kSecond, .tv_nsec = nanos % kSecond}; }

int64_t MachineTime() {
  timespec now;
  Kernel(SYS_clock_gettime, CLOCK_REALTIME, reinterpret_cast<long>(&now), 0);
  return NanosOf(now);
}

int64_t Offset() {
  const Faults* faults = SharedFaults();
  return faults == nullptr ? 0 : faults->clock_offset.load();
}

// Waits by `wait`, which takes a time of the machine and returns whether nothing came before it, until the wall clock
// shows `deadline`. False when something came.
template <class Wait>
bool TimedOut(int64_t deadline, const Wait& wait) {
  for (;;) {
    const int64_t now = MachineTime();
    const int64_t rest = deadline - now - Offset();
    if (!wait(TimeOf(now + std::clamp<int64_t>(rest, 0, kSlice)))) return false;
    if (rest <= 0) return true;
  }
}

long Futex(long address, long operation, long value, const timespec* deadline, long second, long bits) {
  long result = 0;
  TimedOut(NanosOf(*deadline), [&](timespec until) {
    result = Kernel(SYS_futex, address, operation, value, reinterpret_cast<long>(&until), second, bits);
    return result == -1 && errno == ETIMEDOUT;
  });
  return result;
}

}  // namespace
}  // namespace edirae::testing

extern "C" {

int clock_gettime(clockid_t clock, timespec* now) {
  if (edirae::testing::Kernel(SYS_clock_gettime, clock, reinterpret_cast<long>(now), 0) != 0) return -1;
  if (clock == CLOCK_REALTIME)
    *now = edirae::testing::TimeOf(edirae::testing::NanosOf(*now) + edirae::testing::Offset());
  return 0;
}

int gettimeofday(timeval* now, void*) {
  timespec exact;
  clock_gettime(CLOCK_REALTIME, &exact);
  *now = {.tv_sec = exact.tv_sec, .tv_usec = exact.tv_nsec / 1000};
  return 0;
}

time_t time(time_t* now) {
  timespec exact;
  clock_gettime(CLOCK_REALTIME, &exact);
  if (now != nullptr) *now = exact.tv_sec;
  return exact.tv_sec;
}

int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex, const timespec* deadline) {
  static const auto next =
      reinterpret_cast<decltype(&pthread_cond_timedwait)>(dlsym(RTLD_NEXT, "pthread_cond_timedwait"));
  const int64_t nanos = edirae::testing::NanosOf(*deadline);
  if (nanos < edirae::testing::kFirstWallTime) return next(condition, mutex, deadline);
  int result = 0;
  edirae::testing::TimedOut(nanos, [&](timespec until) {
    result = next(condition, mutex, &until);
    return result == ETIMEDOUT;
  });
  return result;
}

long syscall(long call, ...) {
  va_list list;
  va_start(list, call);
  long a[6];
  for (long& argument : a) argument = va_arg(list, long);
  va_end(list);
  const auto* deadline = std::bit_cast<const timespec*>(a[3]);
  if (call == SYS_futex && (a[1] & FUTEX_CLOCK_REALTIME) != 0 && deadline != nullptr) {
    return edirae::testing::Futex(a[0], a[1], a[2], deadline, a[4], a[5]);
  }
  return edirae::testing::Kernel(call, a[0], a[1], a[2], a[3], a[4], a[5]);
}

}  // extern "C"
