/* Folders for files that pass through: see folder.h. */
#include "web/work/folder.h"

#include <brugwachter/said.h>
#include <errno.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum bw_status
bw_web_folder_make(char ret_folder[BW_WEB_FOLDER_BYTES], struct bw_error *err)
{
    const char *run = getenv("XDG_RUNTIME_DIR");
    bool fits = run != NULL && run[0] == '/' && strlen(run) < BW_WEB_FOLDER_BYTES / 2 &&
                access(run, W_OK) == 0;
    (void)snprintf(ret_folder, BW_WEB_FOLDER_BYTES, "%s/brugwachter-desk-XXXXXX",
        fits ? run : "/tmp");
    if (mkdtemp(ret_folder) == NULL) {
        ret_folder[0] = '\0';
        return bw_error_set(err, BW_IO, errno,
            "keeping files: no folder for them can be made: %s",
            bw_said(strerror(errno)));
    }
    return BW_OK;
}

static int
on_removed(const char *path, const struct stat *facts, int kind, struct FTW *where)
{
    (void)facts;
    (void)kind;
    (void)where;
    (void)remove(path);
    return 0;
}

void
bw_web_folder_remove(const char *folder)
{
    enum { DESCRIPTORS = 8 };
    if (folder[0] != '\0') {
        (void)nftw(folder, on_removed, DESCRIPTORS, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
    }
}

void
bw_web_folder_hide(const char *folder, char *text)
{
    size_t length = strlen(folder);
    for (char *at = length > 0 ? strstr(text, folder) : NULL; at != NULL;
         at = strstr(at, folder)) {
        size_t bytes = length + (at[length] == '/');
        memmove(at, at + bytes, strlen(at + bytes) + 1);
    }
}
