#ifndef EDIRAE_SERVICES_PROGRESS_TESTING_EXPORT_FIXTURE_H_
#define EDIRAE_SERVICES_PROGRESS_TESTING_EXPORT_FIXTURE_H_

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/progress_rpc/history_rpc.h"
#include "edirae/progress/v1/history_service.pb.h"
#include "services/progress/testing/service_fixture.h"

namespace edirae::progress {

// The archive that a caller puts together, as tar takes it apart.
class ExportFixture : public ProgressServiceTest {
 protected:
  absl::StatusOr<std::string> Export(const std::string& who, const std::string& request_id,
                                     identity::v1::Role role = identity::v1::ROLE_LEARNER,
                                     const std::string& whom = "") {
    v1::ExportLearnerRequest request;
    request.set_learner_id(whom);
    request.set_request_id(request_id);
    std::string archive;
    parts_ = 0;
    do {
      const auto bytes = CallAs(who, kExportLearner, request.SerializeAsString(), role);
      if (!bytes.ok()) return bytes.status();
      v1::ExportLearnerResponse response;
      EXPECT_TRUE(response.ParseFromString(**bytes));
      archive += response.part();
      request.set_page_token(response.next_page_token());
      ++parts_;
    } while (!request.page_token().empty());
    return archive;
  }

  // A file of an archive.
  std::string FileOf(const std::string& archive, const std::string& name) {
    const std::string path = target_.File("export.tar.gz");
    std::ofstream(path, std::ios::binary) << archive;
    EXPECT_EQ(std::system(absl::StrCat("tar -xzf ", path, " -C ", target_.path()).c_str()), 0);
    std::ifstream file(target_.File(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }

  edirae::testing::TempFolder target_;
  int parts_ = 0;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_TESTING_EXPORT_FIXTURE_H_
