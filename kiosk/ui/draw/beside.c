/* Folders beside the program: see beside.h. */
#include "beside.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

void
bw_ui_beside_program(const char *way, char ret_dir[PATH_MAX])
{
    char program[PATH_MAX / 2];
    ssize_t bytes = readlink("/proc/self/exe", program, sizeof program - 1);
    program[bytes > 0 ? bytes : 0] = '\0';
    char *slash = strrchr(program, '/');
    if (slash) {
        *slash = '\0';
    }
    int used = snprintf(ret_dir, PATH_MAX, "%s/%s", program, way);
    if (!slash || used >= PATH_MAX) {
        ret_dir[0] = '\0';
    }
}
