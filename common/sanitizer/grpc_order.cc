// Tells ThreadSanitizer in which order gRPC hands work from thread to thread. Debian's gRPC and Abseil are built
// without it, so that their locks, and the end of an operation after its start, would go unseen, and whatever passes
// through them would count as a race. Each function here stands before the one of the same name in a shared library,
// says what it means for the order, and calls it. Linked into every program of a ThreadSanitizer build, and into no
// other.
#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>

#include <string>

#include "absl/base/config.h"
#include "absl/synchronization/mutex.h"
#include "grpc/grpc.h"

namespace {

// The function of this name in the library behind.
template <class Function>
Function Next(const std::string& name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name.c_str()));
}

#define EDIRAE_TEXT_OF(macro) EDIRAE_TEXT(macro)
#define EDIRAE_TEXT(text) #text

// Of a member of absl: what follows its namespaces in the mangled name.
template <class Function>
Function NextInAbsl(const char* mangled_end) {
  const std::string inline_namespace = EDIRAE_TEXT_OF(ABSL_OPTION_INLINE_NAMESPACE_NAME);
  return Next<Function>("_ZN4absl" + std::to_string(inline_namespace.size()) + inline_namespace + mangled_end);
}

// Waits with `wait`, which gives the mutex up and takes it again.
template <class Wait>
auto Waited(absl::Mutex* mutex, Wait wait) {
  __tsan_release(mutex);
  const auto result = wait();
  __tsan_acquire(mutex);
  return result;
}

}  // namespace

// An operation of a call starts; what was done before is done before it ends.
extern "C" grpc_call_error grpc_call_start_batch(grpc_call* call, const grpc_op* ops, size_t count, void* tag,
                                                 void* reserved) {
  static const auto next = Next<decltype(&grpc_call_start_batch)>("grpc_call_start_batch");
  __tsan_release(call);
  return next(call, ops, count, tag, reserved);
}

// It has ended: gRPC's templates let go of the call before they run what waits for the end.
extern "C" void grpc_call_unref(grpc_call* call) {
  static const auto next = Next<decltype(&grpc_call_unref)>("grpc_call_unref");
  __tsan_acquire(call);
  __tsan_release(call);
  next(call);
}

namespace absl {
ABSL_NAMESPACE_BEGIN

void Mutex::Lock() {
  static const auto next = NextInAbsl<void (*)(Mutex*)>("5Mutex4LockEv");
  next(this);
  __tsan_acquire(this);
}

bool Mutex::TryLock() {
  static const auto next = NextInAbsl<bool (*)(Mutex*)>("5Mutex7TryLockEv");
  if (!next(this)) return false;
  __tsan_acquire(this);
  return true;
}

void Mutex::Unlock() {
  static const auto next = NextInAbsl<void (*)(Mutex*)>("5Mutex6UnlockEv");
  __tsan_release(this);
  next(this);
}

void CondVar::Wait(Mutex* mutex) {
  static const auto next = NextInAbsl<void (*)(CondVar*, Mutex*)>("7CondVar4WaitEPNS0_5MutexE");
  Waited(mutex, [&] { return next(this, mutex), true; });
}

bool CondVar::WaitWithTimeout(Mutex* mutex, Duration timeout) {
  static const auto next =
      NextInAbsl<bool (*)(CondVar*, Mutex*, Duration)>("7CondVar15WaitWithTimeoutEPNS0_5MutexENS0_8DurationE");
  return Waited(mutex, [&] { return next(this, mutex, timeout); });
}

bool CondVar::WaitWithDeadline(Mutex* mutex, Time deadline) {
  static const auto next =
      NextInAbsl<bool (*)(CondVar*, Mutex*, Time)>("7CondVar16WaitWithDeadlineEPNS0_5MutexENS0_4TimeE");
  return Waited(mutex, [&] { return next(this, mutex, deadline); });
}

ABSL_NAMESPACE_END
}  // namespace absl
