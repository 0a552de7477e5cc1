// A test here mostly waits for a process it started, so more of them than cores may run at once.
[assembly: Xunit.v3.Parallelization(MaxThreads = 4)]
