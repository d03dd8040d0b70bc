#include "common/testing/nats_fixture.h"

#include <utility>

#include "common/testing/status_matchers.h"

namespace edirae::testing {

void NatsFixture::SetUp() {
  process::NatsServerOptions options;
  options.folder = folder_.File("nats");
  options.max_file_store_bytes = int64_t{1} << 30;
  ASSERT_OK_AND_ASSIGN(server_, process::NatsServer::Start(options));
}

NatsFixture::~NatsFixture() {
  if (server_ != nullptr) server_->Kill();  // nothing is kept: no need to wait for a graceful end
}

std::unique_ptr<nats::Connection> NatsFixture::Connect(nats::ConnectionOptions options) {
  options.url = server_->url();
  if (options.client_name.empty()) options.client_name = "test";
  absl::StatusOr<std::unique_ptr<nats::Connection>> connection = nats::Connection::Connect(std::move(options));
  EXPECT_OK(connection);
  if (!connection.ok()) return nullptr;
  const absl::Status up = (*connection)->WaitConnected(absl::Seconds(10));
  EXPECT_OK(up);
  return up.ok() ? *std::move(connection) : nullptr;
}

}  // namespace edirae::testing
