/* Levels for the journal: see brugwachter/journal.h. */
#include <brugwachter/journal.h>

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* systemd.exec(5): device and inode of the stream, in decimal, separated by a colon. Who
 * redirected it meanwhile writes to something else. */
static bool
is_journal(int fd)
{
    const char *stream = getenv("JOURNAL_STREAM");
    uintmax_t device = 0, inode = 0;
    struct stat facts;
    int end = 0;
    return stream != NULL &&
           sscanf(stream, "%" SCNuMAX ":%" SCNuMAX "%n", &device, &inode, &end) == 2 &&
           stream[end] == '\0' && fstat(fd, &facts) == 0 &&
           (uintmax_t)facts.st_dev == device && (uintmax_t)facts.st_ino == inode;
}

const char *
bw_journal_prefix(enum bw_journal_level level, int fd)
{
    if (!is_journal(fd)) {
        return "";
    }
    switch (level) {
    case BW_JOURNAL_ERROR:
        return "<3>";
    case BW_JOURNAL_WARNING:
        return "<4>";
    case BW_JOURNAL_NOTICE:
        return "<5>";
    case BW_JOURNAL_INFO:
        break;
    }
    return "<6>";
}
