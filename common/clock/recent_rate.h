#ifndef EDIRAE_COMMON_CLOCK_RECENT_RATE_H_
#define EDIRAE_COMMON_CLOCK_RECENT_RATE_H_

#include <chrono>
#include <cstdint>

namespace edirae {

// How many of something came a second of late: a mean over the last whole span that was counted, so that one burst
// after a silence is no rate. For one thread.
class RecentRate {
 public:
  using SteadyTime = std::chrono::steady_clock::time_point;

  // So many more have come by now. Times do not go back.
  void Add(int64_t count, SteadyTime now) {
    count_ += count;
    const std::chrono::duration<double> elapsed = now - begin_;
    if (elapsed < kSpan) return;
    per_second_ = elapsed < kSilence ? static_cast<double>(count_) / elapsed.count() : 0;
    count_ = 0;
    begin_ = now;
  }

  // As of the last Add.
  double per_second() const { return per_second_; }

 private:
  static constexpr std::chrono::milliseconds kSpan{100};
  static constexpr std::chrono::milliseconds kSilence{1000};  // without a call; what came before is no longer of late

  SteadyTime begin_;
  int64_t count_ = 0;
  double per_second_ = 0;
};

}  // namespace edirae

#endif  // EDIRAE_COMMON_CLOCK_RECENT_RATE_H_
