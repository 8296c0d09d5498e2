/* A file system that fails on purpose: see faulty_vfs.h. */
#include "faulty_vfs.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* A write that wasn't synced yet, and what stood there before. */
struct undo {
    struct undo *older;
    sqlite3_int64 offset, size_before;
    int length, length_before;
    char before[];
};

struct file {
    sqlite3_file base;
    struct file *next;
    struct undo *undo;
    sqlite3_file *real; /* behind this, in the same allocation */
};

static struct {
    sqlite3_vfs vfs;
    sqlite3_vfs *real;
    struct file *files;
    enum fault fault;
    int64_t at, steps, syncs, grown;
    uint64_t seed;
    bool struck, dead;
} shim;

static struct file *
of(sqlite3_file *base)
{
    return (struct file *)base;
}

static bool
draw_half(void)
{
    shim.seed ^= shim.seed << 13;
    shim.seed ^= shim.seed >> 7;
    shim.seed ^= shim.seed << 17;
    return shim.seed >> 40 & 1;
}

static void
forget_undo(struct file *file)
{
    while (file->undo != NULL) {
        struct undo *undo = file->undo;
        file->undo = undo->older;
        free(undo);
    }
}

/* Newest first; half of them at random reached the disk after all. */
static void
lose_unsynced(void)
{
    for (struct file *file = shim.files; file != NULL; file = file->next) {
        const sqlite3_io_methods *real = file->real->pMethods;
        for (struct undo *undo = file->undo; undo != NULL; undo = undo->older) {
            if (draw_half()) {
                (void)real->xWrite(
                    file->real, undo->before, undo->length_before, undo->offset);
                (void)real->xTruncate(file->real, undo->size_before);
            }
        }
        forget_undo(file);
    }
}

/* Counts a step; true where it has to fail. */
static bool
strikes(void)
{
    shim.steps++;
    if (shim.dead) {
        return true;
    }
    if (shim.fault == FAULT_NONE || shim.fault == FAULT_FULL || shim.steps != shim.at) {
        return false;
    }
    shim.struck = true;
    shim.dead = shim.fault != FAULT_ONCE;
    if (shim.fault == FAULT_POWER_CUT) {
        lose_unsynced();
    }
    return true;
}

static void
remember(struct file *file, int length, sqlite3_int64 offset)
{
    sqlite3_int64 size = 0;
    (void)file->real->pMethods->xFileSize(file->real, &size);
    struct undo *undo = malloc(sizeof *undo + (size_t)length);
    if (undo == NULL) {
        abort();
    }
    undo->offset = offset;
    undo->length = length;
    undo->size_before = size;
    undo->length_before = 0;
    if (offset < size) {
        undo->length_before = size - offset < length ? (int)(size - offset) : length;
        (void)file->real->pMethods->xRead(
            file->real, undo->before, undo->length_before, offset);
    }
    undo->older = file->undo;
    file->undo = undo;
}

static int
close_file(sqlite3_file *base)
{
    struct file **at = &shim.files;
    while (*at != NULL && *at != of(base)) {
        at = &(*at)->next;
    }
    if (*at != NULL) {
        *at = of(base)->next;
    }
    forget_undo(of(base));
    return of(base)->real->pMethods->xClose(of(base)->real);
}

static int
read_file(sqlite3_file *base, void *to, int length, sqlite3_int64 offset)
{
    return of(base)->real->pMethods->xRead(of(base)->real, to, length, offset);
}

static int
write_file(sqlite3_file *base, const void *from, int length, sqlite3_int64 offset)
{
    struct file *file = of(base);
    const sqlite3_io_methods *real = file->real->pMethods;
    bool was_dead = shim.dead;
    if (strikes()) {
        if (!was_dead && shim.fault == FAULT_ONCE) {
            (void)real->xWrite(file->real, from, length / 2, offset);
        }
        errno = EIO;
        return SQLITE_IOERR_WRITE;
    }
    sqlite3_int64 size = 0;
    (void)real->xFileSize(file->real, &size);
    sqlite3_int64 growth = offset + length > size ? offset + length - size : 0;
    if (shim.fault == FAULT_FULL && shim.grown + growth > shim.at) {
        shim.struck = true;
        return SQLITE_FULL;
    }
    shim.grown += growth;
    if (shim.fault == FAULT_POWER_CUT) {
        remember(file, length, offset);
    }
    return real->xWrite(file->real, from, length, offset);
}

static int
truncate_file(sqlite3_file *base, sqlite3_int64 size)
{
    if (strikes()) {
        return SQLITE_IOERR_TRUNCATE;
    }
    forget_undo(of(base)); /* simple: a truncation is taken to be durable */
    return of(base)->real->pMethods->xTruncate(of(base)->real, size);
}

/* Without the real one, which would only be slow: here the shim is the disk. */
static int
sync_file(sqlite3_file *base, int flags)
{
    (void)flags;
    shim.syncs++;
    if (strikes()) {
        return SQLITE_IOERR_FSYNC;
    }
    forget_undo(of(base));
    return SQLITE_OK;
}

static int
file_size(sqlite3_file *base, sqlite3_int64 *ret_size)
{
    return of(base)->real->pMethods->xFileSize(of(base)->real, ret_size);
}

static int
lock_file(sqlite3_file *base, int level)
{
    return of(base)->real->pMethods->xLock(of(base)->real, level);
}

static int
unlock_file(sqlite3_file *base, int level)
{
    return of(base)->real->pMethods->xUnlock(of(base)->real, level);
}

static int
check_lock(sqlite3_file *base, int *ret_locked)
{
    return of(base)->real->pMethods->xCheckReservedLock(of(base)->real, ret_locked);
}

static int
control_file(sqlite3_file *base, int what, void *argument)
{
    return of(base)->real->pMethods->xFileControl(of(base)->real, what, argument);
}

static int
sector_size(sqlite3_file *base)
{
    return of(base)->real->pMethods->xSectorSize(of(base)->real);
}

/* No promises of the real disk: none that a power cut here wouldn't keep. */
static int
characteristics(sqlite3_file *base)
{
    (void)base;
    return 0;
}

static int
map_shared(sqlite3_file *base, int page, int size, int extend, void volatile **ret_at)
{
    return of(base)->real->pMethods->xShmMap(of(base)->real, page, size, extend, ret_at);
}

static int
lock_shared(sqlite3_file *base, int offset, int count, int flags)
{
    return of(base)->real->pMethods->xShmLock(of(base)->real, offset, count, flags);
}

static void
order_shared(sqlite3_file *base)
{
    of(base)->real->pMethods->xShmBarrier(of(base)->real);
}

static int
unmap_shared(sqlite3_file *base, int remove)
{
    return of(base)->real->pMethods->xShmUnmap(of(base)->real, remove);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = file_size,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = check_lock,
    .xFileControl = control_file,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = map_shared,
    .xShmLock = lock_shared,
    .xShmBarrier = order_shared,
    .xShmUnmap = unmap_shared,
};

static int
open_file(
    sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *ret_flags)
{
    (void)vfs;
    struct file *file = of(base);
    *file = (struct file){.real = (sqlite3_file *)(file + 1)};
    memset(file->real, 0, (size_t)shim.real->szOsFile);
    int rc = shim.real->xOpen(shim.real, name, file->real, flags, ret_flags);
    if (rc == SQLITE_OK) {
        file->base.pMethods = &methods;
        file->next = shim.files;
        shim.files = file;
    }
    return rc;
}

static int
delete_file(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
    (void)vfs;
    if (shim.dead) {
        return SQLITE_IOERR_DELETE;
    }
    return shim.real->xDelete(shim.real, name, sync_folder);
}

bool
faulty_vfs_install(void)
{
    shim.real = sqlite3_vfs_find(NULL);
    if (shim.real == NULL) {
        return false;
    }
    shim.vfs = *shim.real; /* the rest goes to the real one by its own pAppData */
    shim.vfs.zName = "faulty";
    shim.vfs.pNext = NULL;
    shim.vfs.szOsFile = (int)sizeof(struct file) + shim.real->szOsFile;
    shim.vfs.xOpen = open_file;
    shim.vfs.xDelete = delete_file;
    return sqlite3_vfs_register(&shim.vfs, 1) == SQLITE_OK;
}

void
faulty_vfs_arm(enum fault fault, int64_t at, uint64_t seed)
{
    shim.fault = fault;
    shim.at = at;
    shim.seed = seed * UINT64_C(2685821657736338717) + 1;
    shim.steps = shim.syncs = shim.grown = 0;
    shim.struck = shim.dead = false;
}

int64_t
faulty_vfs_steps(void)
{
    return shim.steps;
}

int64_t
faulty_vfs_syncs(void)
{
    return shim.syncs;
}

bool
faulty_vfs_struck(void)
{
    return shim.struck;
}
