#include "tests/platform/socket.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace edirae::testing {

Socket::Socket(const std::string& address) : descriptor_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  connected_ = connect(descriptor_, reinterpret_cast<const sockaddr*>(&to), sizeof(to)) == 0;
}

Socket::~Socket() { close(descriptor_); }

bool Socket::Send(const std::string& bytes) const {
  return write(descriptor_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
}

std::string Socket::ReadAll() const {
  std::string all;
  char buffer[1 << 14];
  for (ssize_t got = 0; (got = read(descriptor_, buffer, sizeof(buffer))) > 0;) {
    all.append(buffer, static_cast<size_t>(got));
  }
  return all;
}

std::string Scrape(const std::string& address) {
  const Socket socket(address);
  if (!socket.connected() || !socket.Send("GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
    return "";
  }
  return socket.ReadAll();
}

}  // namespace edirae::testing
