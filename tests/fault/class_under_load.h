#ifndef EDIRAE_TESTS_FAULT_CLASS_UNDER_LOAD_H_
#define EDIRAE_TESTS_FAULT_CLASS_UNDER_LOAD_H_

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "tests/platform/student.h"

namespace edirae::testing {

// Students who answer without a pause, each answer with a request id of its own that is retried until it is
// acknowledged, as a client on a bad network would. Whatever was acknowledged is remembered and compared with the
// ledger at the end.
class ClassUnderLoad {
 public:
  // Starts the students. `platform` must outlive this object.
  ClassUnderLoad(Platform& platform, int student_count);
  ~ClassUnderLoad();

  // Waits until `count` more answers than now are acknowledged. False when that takes more than two minutes.
  bool WaitForMore(int count) const;

  // Ends the load and waits for the last answers.
  void Stop();

  int acknowledged_count() const { return acknowledged_count_; }

  // Checks, after Stop(): each acknowledged answer is in the ledger exactly once; each history is gapless; recommend
  // reflects all of it; the stream has every event. Reports what does not hold as test failures.
  void VerifyNothingLostNothingTwice();

  // After VerifyNothingLostNothingTwice(): messages of the stream, so far as they were needed to see every event, whose
  // event was in one before.
  int repeated_messages() const { return repeated_messages_; }

 private:
  void Study(const Student& student);
  void VerifyLedger(const std::string& learner_id, const std::set<std::string>& acknowledged);
  void VerifyStream();

  Platform& platform_;
  std::vector<catalog::v1::Question> questions_;
  std::vector<std::unique_ptr<Student>> students_;
  std::atomic<bool> stopping_ = false;
  std::atomic<int> acknowledged_count_ = 0;
  std::mutex mutex_;
  std::map<std::string, std::set<std::string>> acknowledged_ ABSL_GUARDED_BY(mutex_);  // by learner
  std::set<std::string> recorded_events_;
  int repeated_messages_ = 0;
  std::vector<std::thread> threads_;
};

}  // namespace edirae::testing

#endif  // EDIRAE_TESTS_FAULT_CLASS_UNDER_LOAD_H_
