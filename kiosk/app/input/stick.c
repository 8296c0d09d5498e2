/* Finding a USB stick: see stick.h. */
#include "stick.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char enrolment_start[] = "{\"brugwachter_enrolment\":";

static bool
join(char ret_path[BW_STICK_PATH_BYTES], const char *folder, const char *name)
{
    int length = snprintf(ret_path, BW_STICK_PATH_BYTES, "%s/%s", folder, name);
    return length > 0 && length < BW_STICK_PATH_BYTES;
}

/* A stick is a file system of its own. */
static bool
is_mounted(const char *path, const char *parent)
{
    struct stat own, above;
    return stat(path, &own) == 0 && stat(parent, &above) == 0 && S_ISDIR(own.st_mode) &&
           own.st_dev != above.st_dev;
}

static bool
find_below(const char *root, int levels, bool any, char ret_path[BW_STICK_PATH_BYTES])
{
    DIR *folder = opendir(root);
    bool found = false;
    struct dirent *entry;
    while (folder != NULL && !found && (entry = readdir(folder)) != NULL) {
        char path[BW_STICK_PATH_BYTES];
        struct stat about;
        if (entry->d_name[0] == '.' || !join(path, root, entry->d_name) ||
            lstat(path, &about) != 0 || !S_ISDIR(about.st_mode)) {
            continue;
        }
        if ((any || is_mounted(path, root)) && access(path, W_OK) == 0) {
            memcpy(ret_path, path, strlen(path) + 1);
            found = true;
        } else if (levels > 1) {
            found = find_below(path, levels - 1, any, ret_path);
        }
    }
    if (folder != NULL) {
        (void)closedir(folder);
    }
    return found;
}

bool
bw_stick_find(const char *root, char ret_path[BW_STICK_PATH_BYTES])
{
    static const char *const roots[] = {"/media", "/run/media", "/mnt"};
    if (root != NULL) {
        return find_below(root, 1, true, ret_path);
    }
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        if (find_below(roots[i], 2, false, ret_path)) {
            return true;
        }
    }
    return false;
}

/* bw-roster-N-FROM-TO-HASH8.bwr */
static bool
is_roster_of(const char *name, uint32_t device)
{
    uint32_t of = 0, hash8 = 0;
    uint64_t from = 0, to = 0;
    int end = 0;
    int fields =
        sscanf(name, "bw-roster-%" SCNu32 "-%" SCNu64 "-%" SCNu64 "-%8" SCNx32 ".bwr%n",
            &of, &from, &to, &hash8, &end);
    return fields == 4 && end > 0 && name[end] == '\0' && of == device;
}

bool
bw_stick_roster(const char *stick, uint32_t device)
{
    DIR *folder = opendir(stick);
    bool found = false;
    struct dirent *entry;
    while (folder != NULL && !found && (entry = readdir(folder)) != NULL) {
        found = is_roster_of(entry->d_name, device);
    }
    if (folder != NULL) {
        (void)closedir(folder);
    }
    return found;
}

static bool
is_enrolment(const char *path)
{
    struct stat about;
    char start[sizeof enrolment_start] = {0};
    /* a pipe or device of that name must not hold the errand up */
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW);
    FILE *file = fd >= 0 ? fdopen(fd, "rb") : NULL;
    if (file == NULL && fd >= 0) {
        (void)close(fd);
    }
    bool is = file != NULL && fstat(fileno(file), &about) == 0 &&
              S_ISREG(about.st_mode) && about.st_size <= 65536 &&
              fread(start, 1, sizeof start - 1, file) == sizeof start - 1 &&
              strcmp(start, enrolment_start) == 0;
    if (file != NULL) {
        (void)fclose(file);
    }
    return is;
}

bool
bw_stick_enrolment(const char *stick, char ret_path[BW_STICK_PATH_BYTES])
{
    DIR *folder = opendir(stick);
    bool found = false;
    struct dirent *entry;
    while (folder != NULL && !found && (entry = readdir(folder)) != NULL) {
        found = entry->d_name[0] != '.' && join(ret_path, stick, entry->d_name) &&
                is_enrolment(ret_path);
    }
    if (folder != NULL) {
        (void)closedir(folder);
    }
    return found;
}
