#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_COPY_ON_WRITE_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_COPY_ON_WRITE_H_

#include <atomic>
#include <cstdint>
#include <utility>

namespace edirae::recommend {

// A value that its copies share until one of them is written: to copy it costs a count, whatever it holds. Copies may
// be in different threads; one and the same object must not, as with any value. What was moved from can only be
// assigned or destroyed.
template <class T>
class CopyOnWrite {
 public:
  CopyOnWrite() : shared_(new Shared()) {}
  explicit CopyOnWrite(T value) : shared_(new Shared{.value = std::move(value)}) {}
  CopyOnWrite(const CopyOnWrite& other) : shared_(other.shared_) {
    shared_->owners.fetch_add(1, std::memory_order_relaxed);
  }
  CopyOnWrite(CopyOnWrite&& other) noexcept : shared_(std::exchange(other.shared_, nullptr)) {}
  CopyOnWrite& operator=(CopyOnWrite other) noexcept {
    std::swap(shared_, other.shared_);
    return *this;
  }
  ~CopyOnWrite() {
    if (shared_ != nullptr && shared_->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) delete shared_;
  }

  const T& operator*() const { return shared_->value; }
  const T* operator->() const { return &shared_->value; }

  // To be changed: no copy sees it. Valid until this object is copied.
  T& Write() {
    // Acquires what the last other owner did before it let go.
    if (shared_->owners.load(std::memory_order_acquire) != 1) *this = CopyOnWrite(shared_->value);
    return shared_->value;
  }

  friend bool operator==(const CopyOnWrite& a, const CopyOnWrite& b) { return a.shared_ == b.shared_ || *a == *b; }

 private:
  struct Shared {
    std::atomic<int64_t> owners = 1;
    T value;
  };

  Shared* shared_;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_COPY_ON_WRITE_H_
