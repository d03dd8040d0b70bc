#include "services/progress/adapters/sha256.h"

#include <openssl/evp.h>

#include <memory>

namespace edirae::progress {

std::string Sha256Of(absl::string_view first, absl::string_view second) {
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  std::string digest(kSha256Bytes, '\0');
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  for (const absl::string_view part : {first, second}) EVP_DigestUpdate(context.get(), part.data(), part.size());
  EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(digest.data()), nullptr);
  return digest;
}

}  // namespace edirae::progress
