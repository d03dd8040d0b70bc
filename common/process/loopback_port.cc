#include "common/process/loopback_port.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"

namespace edirae::process {
namespace {

// Takes a name that stands for the port, in Linux's abstract namespace: it belongs to one process of this network
// namespace, and the kernel frees it when that ends. The descriptor that holds it; -1 when somebody else does.
int Reserve(int port) {
  const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return -1;
  const std::string name = absl::StrCat("edirae-loopback-port-", port);
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  std::copy(name.begin(), name.end(), address.sun_path + 1);  // a first byte of 0 makes it abstract
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
  if (::bind(socket, reinterpret_cast<const sockaddr*>(&address), size) == 0) return socket;
  ::close(socket);
  return -1;
}

bool CanBind(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return false;
  // Servers set it, so a port that only lingers after an earlier connection counts as free.
  const int on = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool bound = ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  ::close(socket);
  return bound;
}

}  // namespace

absl::StatusOr<int> FreeLoopbackPort() {
  std::random_device random;
  std::uniform_int_distribution<int> ports(20000, 32000);
  for (int attempt = 0; attempt < 200; ++attempt) {
    const int port = ports(random);
    const int reservation = Reserve(port);
    if (reservation < 0) continue;
    if (CanBind(port)) return port;  // and the reservation stays
    ::close(reservation);
  }
  return absl::ResourceExhaustedError("no free port between 20000 and 32000 on 127.0.0.1");
}

}  // namespace edirae::process
