#ifndef EDIRAE_COMMON_PROCESS_THIS_THREAD_H_
#define EDIRAE_COMMON_PROCESS_THIS_THREAD_H_

namespace edirae::process {

// Names the calling thread for ps, top and perf (Linux; the first 15 characters). Threads that it starts inherit the
// name. Best effort.
void NameThread(const char* name);

// When the calling thread, or one that it starts from now on, wakes, it waits until whoever runs has done or has had a
// turn (SCHED_BATCH; Linux). For programs that serve many at once: threads that hand work to each other then do more of
// it in one go. Child processes inherit it. Best effort: no error is reported.
void InterruptNobody();

// Undoes InterruptNobody: the calling thread interrupts whoever runs when it wakes, as threads do by default. For those
// whom many calls wait for. Best effort.
void InterruptOthers();

// Lets every other thread go first when processors are scarce: InterruptNobody, and nice 10 for the same threads. For
// work that may lag behind under load, so that calls which somebody waits for are answered first. Best effort.
void YieldToForeground();

}  // namespace edirae::process

#endif  // EDIRAE_COMMON_PROCESS_THIS_THREAD_H_
