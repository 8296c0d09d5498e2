/* Finding a USB stick, and what lies on it. Any thread; opens folders alone. */
#ifndef BW_APP_STICK_H
#define BW_APP_STICK_H

#include <stdbool.h>
#include <stdint.h>

enum { BW_STICK_PATH_BYTES = 4096 };

/* The first writable folder that is a mount point of its own, one or two levels below
 * `root` (NULL: /media, /run/media, /mnt). With a root given,
 * any folder below it will do. */
bool bw_stick_find(const char *root, char ret_path[BW_STICK_PATH_BYTES]);

/* Whether a roster letter for the device lies there (bw-roster-N-….bwr): which of them
 * follow, brugwachter-sync knows. */
bool bw_stick_roster(const char *stick, uint32_t device);

/* A file of at most 64 KB that begins as an enrolment does. */
bool bw_stick_enrolment(const char *stick, char ret_path[BW_STICK_PATH_BYTES]);

#endif
