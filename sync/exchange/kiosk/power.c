/* See power.h. */
#include "exchange/kiosk/power.h"

#include <dirent.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A file of one short line; false where it isn't there. */
static bool
line_read(const char *folder, const char *supply, const char *name, char ret_line[32])
{
    char path[PATH_MAX];
    (void)snprintf(path, sizeof path, "%s/%s/%s", folder, supply, name);
    FILE *file = fopen(path, "re");
    if (!file) {
        return false;
    }
    bool read = fgets(ret_line, 32, file) != NULL;
    (void)fclose(file);
    if (read) {
        ret_line[strcspn(ret_line, "\n")] = '\0';
    }
    return read;
}

static int
percent_of(const char *folder, const char *supply)
{
    char line[32], *end = NULL;
    if (!line_read(folder, supply, "type", line) || strcmp(line, "Battery") != 0 ||
        (line_read(folder, supply, "scope", line) && strcmp(line, "Device") == 0) ||
        !line_read(folder, supply, "capacity", line)) {
        return -1;
    }
    long percent = strtol(line, &end, 10);
    return end != line && *end == '\0' && percent >= 0 && percent <= 100 ? (int)percent
                                                                         : -1;
}

int
bw_kiosk_battery_percent(const char *folder)
{
    int fullest = -1;
    DIR *entries = opendir(folder);
    if (!entries) {
        return -1;
    }
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        int percent = entry->d_name[0] == '.' ? -1 : percent_of(folder, entry->d_name);
        fullest = percent > fullest ? percent : fullest;
    }
    (void)closedir(entries);
    return fullest;
}
