#include "services/progress/rpc/wire.h"

#include "common/status/error.h"
#include "edirae/progress/v1/progress_service.pb.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/wire_format_lite.h"

namespace edirae::progress {
namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedOutputStream;

constexpr size_t kMaxHead = 10;  // of a tag below 16 and a length

// The tag and length of an embedded message; its `size` bytes are to follow.
void AppendHead(int field, size_t size, std::string& to) {
  uint8_t head[kMaxHead];
  uint8_t* end = CodedOutputStream::WriteTagToArray(
      WireFormatLite::MakeTag(field, WireFormatLite::WIRETYPE_LENGTH_DELIMITED), head);
  end = CodedOutputStream::WriteVarint32ToArray(static_cast<uint32_t>(size), end);
  to.append(reinterpret_cast<const char*>(head), static_cast<size_t>(end - head));
}

size_t HeadSize(int field, size_t size) {
  return CodedOutputStream::VarintSize32(WireFormatLite::MakeTag(field, WireFormatLite::WIRETYPE_LENGTH_DELIMITED)) +
         CodedOutputStream::VarintSize32(static_cast<uint32_t>(size));
}

}  // namespace

std::string RecordEventsBytes(const std::vector<ActionAnswer>& answers) {
  std::string bytes;
  size_t size = 0;
  for (const ActionAnswer& answer : answers) size += answer.ok() ? answer->size() + 2 * kMaxHead : 0;
  bytes.reserve(size);
  for (const ActionAnswer& answer : answers) {
    const int field = answer.ok() ? v1::ActionResult::kOutcomeFieldNumber : v1::ActionResult::kErrorFieldNumber;
    const std::string error = answer.ok() ? "" : edirae::ToProto(answer.status(), kErrorDomain).SerializeAsString();
    const std::string& inner = answer.ok() ? *answer : error;
    AppendHead(v1::RecordEventsResponse::kResultsFieldNumber, HeadSize(field, inner.size()) + inner.size(), bytes);
    AppendHead(field, inner.size(), bytes);
    bytes += inner;
  }
  return bytes;
}

std::string ListLearnerEventsBytes(const HistoryPage& page, absl::string_view next_page_token) {
  v1::ListLearnerEventsResponse tail;
  tail.set_next_page_token(std::string(next_page_token));
  tail.set_as_of_seq(page.as_of_seq);
  std::string bytes;
  size_t size = 0;
  for (const std::string& event : page.events) size += event.size() + kMaxHead;
  bytes.reserve(size + tail.ByteSizeLong());
  for (const std::string& event : page.events) {
    AppendHead(v1::ListLearnerEventsResponse::kEventsFieldNumber, event.size(), bytes);
    bytes += event;
  }
  tail.AppendToString(&bytes);
  return bytes;
}

}  // namespace edirae::progress
