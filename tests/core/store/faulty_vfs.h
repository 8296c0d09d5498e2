/* A file system that fails on purpose: a shim over SQLite's own, made the default one.
 *
 * Every write, sync and truncation of any file counts as one step. Not for threads. */
#ifndef TESTS_CORE_FAULTY_VFS_H
#define TESTS_CORE_FAULTY_VFS_H

#include <stdbool.h>
#include <stdint.h>

enum fault {
    FAULT_NONE,
    FAULT_ONCE,      /* the step fails, a write half done; the next ones work */
    FAULT_FOR_EVER,  /* that step and all after it fail: the disk has died */
    FAULT_POWER_CUT, /* so too, and of what wasn't synced anything may be lost */
    FAULT_FULL,      /* nothing may grow by more than so many bytes */
};

/* Registers the shim; once. */
bool faulty_vfs_install(void);

/* From now on: `at` is the step that fails, or the bytes that may still be added. `seed`
 * chooses what a power cut loses. */
void faulty_vfs_arm(enum fault fault, int64_t at, uint64_t seed);

/* Steps since it was armed, and whether any failed. */
int64_t faulty_vfs_steps(void);
int64_t faulty_vfs_syncs(void); /* of these, syncs */
bool faulty_vfs_struck(void);

#endif
