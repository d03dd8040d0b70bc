#ifndef EDIRAE_COMMON_TESTING_TEMP_FOLDER_H_
#define EDIRAE_COMMON_TESTING_TEMP_FOLDER_H_

#include <string>
#include <string_view>

namespace edirae::testing {

// A new folder under $TMPDIR (or /tmp), removed with all it holds on destruction. Aborts the program when it cannot be
// made. EDIRAE_KEEP_TEMP=1 in the environment keeps it, for a look after a failure.
class TempFolder {
 public:
  TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder();

  const std::string& path() const { return path_; }
  std::string File(std::string_view name) const;  // path() + "/" + name

 private:
  std::string path_;
};

}  // namespace edirae::testing

#endif  // EDIRAE_COMMON_TESTING_TEMP_FOLDER_H_
