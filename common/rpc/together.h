#ifndef EDIRAE_COMMON_RPC_TOGETHER_H_
#define EDIRAE_COMMON_RPC_TOGETHER_H_

#include <memory>
#include <vector>

namespace edirae::rpc {

// Something that can hold back what it has to send for a moment.
class Corked {
 public:
  virtual ~Corked() = default;
  // Sends what has gathered.
  virtual void Uncork() = 0;
};

// While one stands on a thread's stack, answers that this thread gives over batched streams gather, and leave in one
// message a stream when the outermost is destroyed. For whoever finishes many calls at a time, such as a commit. Do not
// wait for anything meanwhile.
class Together {
 public:
  Together();
  Together(const Together&) = delete;
  Together& operator=(const Together&) = delete;
  ~Together();

  // True when the calling thread gathers; `stream` is then uncorked at the end.
  static bool Gathers(const std::shared_ptr<Corked>& stream);

 private:
  const bool outermost_;
};

}  // namespace edirae::rpc

#endif  // EDIRAE_COMMON_RPC_TOGETHER_H_
