#include "services/progress/domain/mentor_acts.h"

#include <google/protobuf/io/coded_stream.h>

#include <array>

namespace edirae::progress {

using events::v1::LearnerEvent;
using google::protobuf::io::CodedInputStream;
using google::protobuf::io::CodedOutputStream;

namespace {

constexpr size_t kMaxVarintBytes = 10;

}  // namespace

const std::string& MentorOf(const LearnerEvent& event) {
  static const std::string nobody;
  switch (event.body_case()) {
    case LearnerEvent::kMilestoneClaimed:
      return event.milestone_claimed().mentor_id();
    case LearnerEvent::kMilestoneReleased:
      return event.milestone_released().mentor_id();
    case LearnerEvent::kMilestoneReviewed:
      return event.milestone_reviewed().reviewer_id();
    default:
      return nobody;
  }
}

void RenameMentor(LearnerEvent& event, const std::string& name) {
  switch (event.body_case()) {
    case LearnerEvent::kMilestoneClaimed:
      return event.mutable_milestone_claimed()->set_mentor_id(name);
    case LearnerEvent::kMilestoneReleased:
      return event.mutable_milestone_released()->set_mentor_id(name);
    case LearnerEvent::kMilestoneReviewed:
      return event.mutable_milestone_reviewed()->set_reviewer_id(name);
    default:
      return;
  }
}

void MentorActs::Add(const std::string& mentor_id, int64_t position) {
  Acts& acts = acts_[mentor_id];
  std::array<uint8_t, kMaxVarintBytes> step{};
  const uint8_t* end =
      CodedOutputStream::WriteVarint64ToArray(static_cast<uint64_t>(position - acts.last), step.data());
  acts.steps.append(reinterpret_cast<const char*>(step.data()), static_cast<size_t>(end - step.data()));
  acts.last = position;
}

std::vector<int64_t> MentorActs::Of(const std::string& mentor_id) const {
  std::vector<int64_t> positions;
  const auto acts = acts_.find(mentor_id);
  if (acts == acts_.end()) return positions;
  const std::string& steps = acts->second.steps;
  CodedInputStream in(reinterpret_cast<const uint8_t*>(steps.data()), static_cast<int>(steps.size()));
  int64_t position = 0;
  for (uint64_t step = 0; in.ReadVarint64(&step);) positions.push_back(position += static_cast<int64_t>(step));
  return positions;
}

}  // namespace edirae::progress
