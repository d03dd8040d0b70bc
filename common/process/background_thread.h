#ifndef EDIRAE_COMMON_PROCESS_BACKGROUND_THREAD_H_
#define EDIRAE_COMMON_PROCESS_BACKGROUND_THREAD_H_

namespace edirae::process {

// Lets every other thread go first when processors are scarce (nice 10 for the calling thread only; Linux). For work
// that may lag behind under load, so that calls which somebody waits for are answered first. Best effort: no error is
// reported.
void YieldToForeground();

}  // namespace edirae::process

#endif  // EDIRAE_COMMON_PROCESS_BACKGROUND_THREAD_H_
