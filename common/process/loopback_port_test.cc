#include "common/process/loopback_port.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <set>

#include "common/testing/status_matchers.h"

namespace edirae::process {
namespace {

TEST(FreeLoopbackPort, CanBeListenedOn) {
  ASSERT_OK_AND_ASSIGN(const int port, FreeLoopbackPort());
  EXPECT_LT(port, 32768);
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  ::close(socket);
}

TEST(FreeLoopbackPort, IsGivenOutOnce) {
  std::set<int> ports;
  // So many that without a reservation two would almost certainly be the same.
  for (int i = 0; i < 400; ++i) {
    ASSERT_OK_AND_ASSIGN(const int port, FreeLoopbackPort());
    EXPECT_TRUE(ports.insert(port).second) << port;
  }
}

}  // namespace
}  // namespace edirae::process
