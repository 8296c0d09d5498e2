/* A folder for what is being made: see output_stage.h. */
#include "central/base/output_stage.h"

#include <brugwachter/said.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* The lock is a hint for who sweeps: a file system without locks is fine. */
enum bw_status
bw_output_stage_open(
    const char *path, struct bw_output_stage *ret_stage, struct bw_error *err)
{
    struct bw_output_stage stage = {.lock = -1};
    const char *slash = strrchr(path, '/');
    int bytes = snprintf(stage.folder, sizeof stage.folder, "%.*s%s",
        slash != NULL ? (int)(slash - path + 1) : 2, slash != NULL ? path : "./",
        BW_OUTPUT_TEMP);
    if (bytes < 0 || (size_t)bytes >= sizeof stage.folder) {
        return bw_error_set(err, BW_BAD_INPUT, 0,
            "writing beside a file: its name is too long; choose a shorter one");
    }
    bw_output_sweep_beside(path);
    if (mkdtemp(stage.folder) == NULL) {
        return bw_output_fault(err, bw_said("writing beside"), path,
            bw_said("choose another place, or mind its rights"));
    }
    stage.lock = open(stage.folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (stage.lock < 0) {
        enum bw_status status = bw_output_fault(
            err, bw_said("writing beside"), path, bw_said("choose another place"));
        (void)rmdir(stage.folder);
        return status;
    }
    (void)flock(stage.lock, LOCK_EX | LOCK_NB);
    *ret_stage = stage;
    return BW_OK;
}

void
bw_output_stage_finish(struct bw_output_stage *stage)
{
    if (stage == NULL || stage->folder[0] == '\0') {
        return;
    }
    (void)close(stage->lock);
    bw_output_sweep_beside(stage->folder); /* nobody holds it now */
    *stage = (struct bw_output_stage){.lock = -1};
}
