#ifndef EDIRAE_BENCH_PLATFORM_LOADS_H_
#define EDIRAE_BENCH_PLATFORM_LOADS_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "bench/load/generator.h"
#include "bench/platform/classroom.h"

// What learners do through the gateway, as loads for RunLoad(): all learners of the classroom in turn. The classroom
// must outlive the loads.
namespace edirae::bench {

// Everyone reads the whole roadmap.
Load RoadmapLoad(const Classroom& classroom);

// Everyone reads their home.
Load HomeLoad(const Classroom& classroom);

// Everyone answers one question after the other, from the roadmap's start, with one reply or another. Each answer has
// a request id of its own that starts with `prefix`. Each of `lanes` ends after `answers_per_lane`; 0: never.
Load AnswerLoad(const Classroom& classroom, const std::string& prefix, int lanes, int64_t answers_per_lane);

// The same answers recorded at progress itself, as the gateway asks it to: `RecordEvents` with one action.
Load RecordLoad(const Classroom& classroom, const std::string& prefix, int lanes);

// Makes the first 64 calls of `load` one at a time and returns the mean size of the responses in bytes.
absl::StatusOr<int> ResponseBytes(const Load& load);

// A serialized `AnswerQuestionRequest`; `number` picks one of the exercise's replies.
std::string AnswerRequest(const Exercise& exercise, const std::string& request_id, uint64_t number);

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_PLATFORM_LOADS_H_
