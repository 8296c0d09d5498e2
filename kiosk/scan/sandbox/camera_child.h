/* A sandbox as a child process, seen from the kiosk: started, told, heard, ended.
 * No policy here: camera.c decides when. One thread at a time: the caller's lock guards
 * it. A zeroed child is one that was never started. */
#ifndef BW_SCAN_CAMERA_CHILD_H
#define BW_SCAN_CAMERA_CHILD_H

#include "mailbox.h"
#include "record.h"
#include "sandbox_start.h"

#include <sys/types.h>

struct bw_child {
    pid_t pid;   /* 0: none */
    int control; /* -1: none */
    int records; /* -1: none */
    size_t have; /* bytes of `record` so far */
    struct bw_scan_record record;
};

/* Starts `program` as a sandbox that writes into `mailbox`; both are borrowed for the
 * call. bw_child_kill or _end ends it. BW_IO where the system refuses, and `child` is
 * untouched; what goes wrong in the sandbox itself comes as a record. */
BW_NODISCARD enum bw_status bw_child_start(struct bw_child *child,
    const struct bw_sandbox_start *start, const char *program,
    const struct bw_mailbox *mailbox, struct bw_error *err);

/* Sends a command, without waiting; to one that ended it is lost, as bw_child_hear
 * tells. */
void bw_child_tell(struct bw_child *child, enum bw_sandbox_command command);

enum bw_child_said { BW_CHILD_RECORD, BW_CHILD_SILENT, BW_CHILD_ENDED };

/* The next record, unchecked: written for BW_CHILD_RECORD alone. Never waits. */
enum bw_child_said bw_child_hear(
    struct bw_child *child, struct bw_scan_record *ret_record);

/* Processor time that it has used; 0 where it can't be told. */
uint64_t bw_child_processor_ms(const struct bw_child *child);

/* Kills and buries it, closes all; what it ended by stands in ret_wait_status (as waitpid
 * gives it; may be NULL). NULL and one that was never started are fine. */
void bw_child_kill(struct bw_child *child, int *ret_wait_status);

/* Asks it to end, and waits for that so many ms; then kills it. NULL is fine. */
void bw_child_end(struct bw_child *child, int limit_ms);

#endif
