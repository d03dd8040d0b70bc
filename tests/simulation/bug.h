#ifndef EDIRAE_TESTS_SIMULATION_BUG_H_
#define EDIRAE_TESTS_SIMULATION_BUG_H_

namespace edirae::simulation {

// A mistake that is planted, to see whether the oracle finds it.
enum class Bug {
  kNone,
  kAckBeforeCommit,        // progress answers, then appends
  kInboxByStreamSequence,  // the consumer remembers places of the stream, not of the learner's history
  kPlacesWithoutMarks,     // the consumer takes a stream that has grown again for the one that it was reading
  kDeleteOnPublish,        // the relay takes for published what it has sent
};

}  // namespace edirae::simulation

#endif  // EDIRAE_TESTS_SIMULATION_BUG_H_
