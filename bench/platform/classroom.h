#ifndef EDIRAE_BENCH_PLATFORM_CLASSROOM_H_
#define EDIRAE_BENCH_PLATFORM_CLASSROOM_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "edirae/catalog/v1/content.pb.h"
#include "grpcpp/channel.h"
#include "tests/platform/platform.h"

namespace edirae::bench {

struct Learner {
  std::string id;
  std::string authorization;  // metadata that proves them to the gateway
};

// A question of the roadmap with replies to it, right and wrong ones.
struct Exercise {
  std::string question_id;
  std::vector<catalog::v1::Reply> replies;
};

// A platform with learners who follow its first roadmap. Immutable and thread-safe.
class Classroom {
 public:
  // Mints tokens for `learner_count` learners and asks the gateway for the roadmap's questions. Errors of those calls.
  static absl::StatusOr<std::unique_ptr<Classroom>> Open(const testing::Platform& platform, int learner_count);

  const testing::Platform& platform() const { return platform_; }
  const std::string& roadmap_id() const { return roadmap_id_; }
  const std::vector<Learner>& learners() const { return learners_; }
  const std::vector<Exercise>& exercises() const { return exercises_; }  // in curriculum order

  // A channel to the gateway for single calls.
  const std::shared_ptr<grpc::Channel>& gateway() const { return gateway_; }

  // Someone who is not among `learners()`.
  absl::StatusOr<Learner> NewLearner(const std::string& id) const;

 private:
  explicit Classroom(const testing::Platform& platform) : platform_(platform) {}
  absl::Status ReadRoadmap();
  absl::Status ReadQuestions(const std::string& concept_id);

  const testing::Platform& platform_;
  std::shared_ptr<grpc::Channel> gateway_;
  std::vector<Learner> learners_;
  std::string roadmap_id_;
  std::vector<Exercise> exercises_;
};

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_PLATFORM_CLASSROOM_H_
