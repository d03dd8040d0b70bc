#ifndef EDIRAE_TESTS_PLATFORM_STUDENT_H_
#define EDIRAE_TESTS_PLATFORM_STUDENT_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/client/session.h"
#include "edirae/events/v1/learner_event.pb.h"
#include "tests/platform/platform.h"

namespace edirae::testing {

// The roadmap that students follow.
inline constexpr char kRoadmap[] = "machine-learning";

// A learner with a token, who talks to the gateway. Thread-safe.
class Student {
 public:
  Student(const Platform& platform, const std::string& gateway_address, const std::string& learner_id);

  const std::string& id() const { return id_; }
  const cli::Session& session() const { return session_; }

  // Answers once. Errors are the gateway's.
  absl::StatusOr<progress::v1::ActionOutcome> Answer(const std::string& question_id, const catalog::v1::Reply& reply,
                                                     const std::string& request_id) const;

  // Answers with the same request id until it is acknowledged. DEADLINE_EXCEEDED when it is not within two minutes;
  // errors that no retry mends at once.
  absl::StatusOr<progress::v1::ActionOutcome> AnswerUntilAcknowledged(const std::string& question_id,
                                                                      const catalog::v1::Reply& reply,
                                                                      const std::string& request_id) const;

  absl::StatusOr<learn::v1::Home> Home() const;
  absl::StatusOr<std::vector<catalog::v1::Question>> Questions(const std::string& concept_id) const;

 private:
  const std::string id_;
  const cli::Session session_;
};

// A reply that makes these choices.
catalog::v1::Reply Choose(const std::vector<std::string>& choice_ids);

// A learner's whole history, asked of progress with the service credential.
absl::StatusOr<std::vector<events::v1::LearnerEvent>> HistoryOf(Platform& platform, const std::string& learner_id);

// What recommend reflects of a learner, asked with the service credential: that replica which answers, or this one.
absl::StatusOr<int64_t> RecommendedAsOf(Platform& platform, const std::string& learner_id);
absl::StatusOr<int64_t> RecommendedAsOf(Platform& platform, Program& replica, const std::string& learner_id);

}  // namespace edirae::testing

#endif  // EDIRAE_TESTS_PLATFORM_STUDENT_H_
