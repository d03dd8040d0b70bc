#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "bench/load/connection.h"
#include "bench/measure/measurements.h"
#include "bench/platform/loads.h"
#include "common/status/macros.h"
#include "tests/platform/small_disk.h"

namespace edirae::bench {
namespace {

constexpr int kLearnersInSmallClass = 10;
constexpr double kRefusalMillis = 100;
constexpr double kResumeMillis = 2000;
constexpr absl::Duration kBetweenTries = absl::Milliseconds(2);
constexpr absl::Duration kDiskPatience = absl::Seconds(20);

// Answers recorded at progress one after the other, as a load's first lane makes them.
class Writes {
 public:
  explicit Writes(const Classroom& classroom)
      : load_(RecordLoad(classroom, "disk", 1)), channel_(NewConnection(load_.address)) {}

  absl::Status Try() {
    Call call;
    load_.next(0, call);
    return CallOnce(channel_, load_.method, ToString(call.request), *call.authorization).status();
  }

  // How long from now until a write ends with `code`; those before it must end with `other`. DEADLINE_EXCEEDED when
  // none does.
  absl::StatusOr<absl::Duration> Until(absl::StatusCode code, absl::StatusCode other, const Interrupt& interrupt) {
    const absl::Time start = absl::Now();
    while (absl::Now() - start < kDiskPatience) {
      const absl::Status tried = Try();
      if (tried.code() == code) return absl::Now() - start;
      if (tried.code() != other) return tried.ok() ? absl::InternalError("a write succeeded too early") : tried;
      EDIRAE_RETURN_IF_ERROR(interrupt.Pause(kBetweenTries));
    }
    return absl::DeadlineExceededError("writes go on as before");
  }

 private:
  const Load load_;
  const std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace

absl::Status MeasureDiskFull(const Conditions& conditions, const std::string& programs, Results& results) {
  conditions.progress.Show("disk_full_refusal_ms, disk_full_resume_ms");
  const auto cancelled = [&conditions] { return !conditions.interrupt.Check().ok(); };
  testing::PlatformOptions options;
  options.programs = programs;
  options.log_level = "warn";
  options.cancelled = cancelled;
  EDIRAE_ASSIGN_OR_RETURN(const auto platform, testing::Platform::StartSplit(options));
  EDIRAE_ASSIGN_OR_RETURN(const auto classroom, Classroom::Open(*platform, kLearnersInSmallClass));
  testing::Program& progress = platform->progress();
  progress.Stop();
  testing::SmallDisk disk(platform->DataFolder("progress"));
  if (!disk.Mount()) return absl::PermissionDeniedError("needs the right to mount a file system (root has it)");
  EDIRAE_RETURN_IF_ERROR(progress.Start());
  EDIRAE_RETURN_IF_ERROR(progress.WaitReady(cancelled));
  Writes writes(*classroom);
  EDIRAE_RETURN_IF_ERROR(writes.Try());

  disk.Fill();
  EDIRAE_ASSIGN_OR_RETURN(const absl::Duration refused, writes.Until(absl::StatusCode::kResourceExhausted,
                                                                     absl::StatusCode::kOk, conditions.interrupt));
  disk.Free();
  EDIRAE_ASSIGN_OR_RETURN(
      const absl::Duration resumed,
      writes.Until(absl::StatusCode::kOk, absl::StatusCode::kResourceExhausted, conditions.interrupt));
  progress.Stop();  // before its disk goes
  results.push_back({.name = "disk_full_refusal_ms",
                     .value = absl::ToDoubleMilliseconds(refused),
                     .unit = "ms",
                     .limit = kRefusalMillis,
                     .most = 1});
  results.push_back({.name = "disk_full_resume_ms",
                     .value = absl::ToDoubleMilliseconds(resumed),
                     .unit = "ms",
                     .limit = kResumeMillis,
                     .most = 1});
  return absl::OkStatus();
}

}  // namespace edirae::bench
