#include "gateway/aggregate/home_message.h"

#include "common/wire/wire.h"
#include "edirae/learn/v1/learn_service.pb.h"

namespace edirae::gateway {

using learn::v1::Home;

void AppendHome(std::string& message, int field_number, absl::string_view progress,
                std::optional<absl::string_view> next_steps) {
  size_t home_size = wire::SizeOfBytes(Home::kProgressFieldNumber, progress.size());
  if (next_steps.has_value()) home_size += wire::SizeOfBytes(Home::kNextStepsFieldNumber, next_steps->size());
  message.reserve(message.size() + wire::SizeOfBytes(field_number, home_size));
  wire::AppendHeader(message, field_number, home_size);
  wire::AppendBytes(message, Home::kProgressFieldNumber, progress);
  if (next_steps.has_value()) wire::AppendBytes(message, Home::kNextStepsFieldNumber, *next_steps);
}

}  // namespace edirae::gateway
