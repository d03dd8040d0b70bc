#ifndef EDIRAE_TESTS_PLATFORM_SOCKET_H_
#define EDIRAE_TESTS_PLATFORM_SOCKET_H_

#include <string>

namespace edirae::testing {

// A TCP connection to this machine, for tests that speak below gRPC. Closes when destroyed.
class Socket {
 public:
  // Connects to the port of host:port.
  explicit Socket(const std::string& address);
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket();

  // Whether somebody took the connection.
  bool connected() const { return connected_; }
  // False when not all of it could be sent.
  bool Send(const std::string& bytes) const;
  // Everything that comes until the other side closes.
  std::string ReadAll() const;

 private:
  const int descriptor_;
  bool connected_ = false;
};

// What `GET /metrics` at host:port on this machine answers; empty when nobody does.
std::string Scrape(const std::string& address);

}  // namespace edirae::testing

#endif  // EDIRAE_TESTS_PLATFORM_SOCKET_H_
