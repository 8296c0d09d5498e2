/* The sandbox's door: after bw_lock_in this process can compute, and talk through what it
 * already holds; nothing else.
 *
 * Gone for good: opening files, sockets, new programs and processes, signals to others,
 * new privileges, executable memory, more memory and processor than given, core dumps
 * (they would hold people's faces). What is refused without harm fails with EPERM
 * (libraries look for files on their way); what only an intruder does (exec, fork,
 * socket, ptrace …) kills the process, and the kiosk starts another.
 *
 * Under address, thread or memory sanitizer the limit on the address space is left out,
 * for their shadow needs terabytes of it; everything else stays. */
#ifndef BW_SCAN_LOCK_H
#define BW_SCAN_LOCK_H

#include <brugwachter/error.h>
#include <stdint.h>

struct bw_lock_limits {
    uint64_t memory_bytes; /* of address space */
    uint32_t processor_s;  /* of processor time */
};

/* The calling process, which must have one thread, for ever. On failure nothing may be
 * read from outside: the process may be half locked, and should end. BW_IO. */
BW_NODISCARD enum bw_status bw_lock_in(
    const struct bw_lock_limits *limits, struct bw_error *err);

#endif
