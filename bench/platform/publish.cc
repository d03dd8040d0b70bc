#include "bench/platform/publish.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "bench/load/connection.h"
#include "common/catalog_feed/encoded_content.h"
#include "common/rpc/channel.h"
#include "common/rpc/unary.h"
#include "common/status/macros.h"
#include "edirae/catalog/v1/authoring_service.grpc.pb.h"
#include "gateway/auth/token.h"

namespace edirae::bench {
namespace {

using catalog::v1::PublishRevisionRequest;
using Writer = grpc::ClientWriter<PublishRevisionRequest>;

constexpr size_t kPartBytes = 3 * 1024 * 1024;
constexpr absl::Duration kDeadline = absl::Seconds(60);

// Whether the gateway took everything; when it did not, the call says why.
bool WriteAll(const catalog::v1::RevisionContent& content, const PublishRevisionRequest& head, Writer& writer) {
  const catalog_feed::EncodedContent encoded(content);
  if (!writer.Write(head)) return false;
  size_t begin = 0, last = 0;
  const auto write_until = [&](size_t end) {
    PublishRevisionRequest part;
    const absl::string_view bytes = encoded.bytes().substr(begin, end - begin);
    begin = end;
    return part.mutable_content()->ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) && writer.Write(part);
  };
  for (const size_t end : encoded.ends()) {
    if (end - begin > kPartBytes && last > begin && !write_until(last)) return false;
    last = end;
  }
  if (!write_until(last)) return false;
  PublishRevisionRequest end;
  end.mutable_end();
  return writer.Write(end) && writer.WritesDone();
}

}  // namespace

absl::StatusOr<Published> Publish(const testing::Platform& platform, const catalog::v1::RevisionContent& content,
                                  int64_t head) {
  EDIRAE_ASSIGN_OR_RETURN(const std::string token,
                          gateway::MintToken(platform.token_secret(), "bench-author", absl::Hours(1), absl::Now(),
                                             identity::v1::ROLE_AUTHOR));
  grpc::ClientContext context;
  rpc::AddBearer(context, token);
  context.set_deadline(absl::ToChronoTime(absl::Now() + kDeadline));
  const auto stub = catalog::v1::AuthoringService::NewStub(NewConnection(platform.gateway().address()));
  PublishRevisionRequest first;
  first.mutable_head()->set_request_id(absl::StrCat("bench-", head));
  first.mutable_head()->set_expected_head(head);
  first.mutable_head()->set_note("measured");
  const absl::Time start = absl::Now();
  catalog::v1::PublishRevisionResponse response;
  const auto writer = stub->PublishRevision(&context, &response);
  WriteAll(content, first, *writer);
  const grpc::Status status = writer->Finish();
  if (!status.ok()) return rpc::FromGrpc(status);
  if (!response.published()) {
    return absl::InternalError(absl::StrCat("the content is not published: ", response.ShortDebugString()));
  }
  const auto& time = response.revision().publish_time();
  return Published{.revision = response.revision().revision(),
                   .publish_time = absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos()),
                   .took = absl::Now() - start};
}

}  // namespace edirae::bench
