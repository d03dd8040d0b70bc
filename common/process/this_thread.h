#ifndef EDIRAE_COMMON_PROCESS_BACKGROUND_THREAD_H_
#define EDIRAE_COMMON_PROCESS_BACKGROUND_THREAD_H_

namespace edirae::process {

// Names the calling thread for ps, top and perf (Linux; the first 15 characters). Threads that it starts inherit the
// name. Best effort.
void NameThread(const char* name);

// Lets every other thread go first when processors are scarce: the calling thread, and those that it starts from now
// on, get nice 10 and do not preempt others when they wake (SCHED_BATCH; Linux). For work that may lag behind under
// load, so that calls which somebody waits for are answered first. Best effort: no error is reported.
void YieldToForeground();

}  // namespace edirae::process

#endif  // EDIRAE_COMMON_PROCESS_BACKGROUND_THREAD_H_
