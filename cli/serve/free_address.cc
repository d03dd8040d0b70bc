#include "cli/serve/free_address.h"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace edirae::cli {
namespace {

struct FreeAddresses {
  void operator()(addrinfo* list) const { freeaddrinfo(list); }
};

// 0, or the errno of why not.
int TryToBind(const addrinfo& address) {
  const int descriptor = socket(address.ai_family, address.ai_socktype | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return errno;
  const int reuse = 1;  // as servers do: connections that have just ended do not count
  setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof(reuse));
  const int failure = bind(descriptor, address.ai_addr, address.ai_addrlen) == 0 ? 0 : errno;
  close(descriptor);
  return failure;
}

}  // namespace

absl::Status CheckAddressIsFree(const std::string& address) {
  const size_t colon = address.rfind(':');
  absl::string_view host = absl::string_view(address).substr(0, colon);
  if (absl::ConsumePrefix(&host, "[")) absl::ConsumeSuffix(&host, "]");
  addrinfo wanted{};
  wanted.ai_flags = AI_PASSIVE;
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  const int unknown = getaddrinfo(std::string(host).c_str(), address.substr(colon + 1).c_str(), &wanted, &list);
  if (unknown != 0)
    return absl::UnavailableError(absl::StrCat("cannot listen on ", address, ": ", gai_strerror(unknown)));
  const std::unique_ptr<addrinfo, FreeAddresses> found(list);
  const int failure = TryToBind(*found);
  if (failure == 0) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat("cannot listen on ", address, ": ", std::strerror(failure)));
}

}  // namespace edirae::cli
