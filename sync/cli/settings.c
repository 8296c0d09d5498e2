/* Settings files: see settings.h. One thread. */
#include "cli/settings.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <dirent.h>
#include <errno.h>
#include <ini.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define SETTINGS_DIR "/etc/brugwachter"

struct cli_settings_reading {
    struct bw_sync_settings *settings;
    struct bw_call *call;
    struct bw_error *err;
    enum bw_status status;
};

void
bw_sync_settings_finish(struct bw_sync_settings *settings)
{
    for (int i = 0; i < settings->count; i++) {
        free(settings->texts[i]);
    }
    settings->count = 0;
}

/* A clock, a check or what is to be done, in a file, would be forgotten there; help and
 * version are no settings. */
static const uint64_t unsettable =
    BW_TAKES(BW_OPTION_CLOCK) | BW_TAKES(BW_OPTION_CHECK) | BW_TAKES(BW_OPTION_HELP) |
    BW_TAKES(BW_OPTION_VERSION) | BW_TAKES(BW_OPTION_SETTINGS) | BW_TAKES(BW_OPTION_MAP) |
    BW_TAKES(BW_OPTION_DATES) | BW_TAKES(BW_OPTION_CARRIER) | BW_TAKES(BW_OPTION_SENT) |
    BW_TAKES(BW_OPTION_SEND) | BW_TAKES(BW_OPTION_NOT_SENT) | BW_TAKES(BW_OPTION_STARTS) |
    BW_TAKES(BW_OPTION_ENDS) | BW_TAKES(BW_OPTION_VENUE) | BW_TAKES(BW_OPTION_ADDRESS) |
    BW_TAKES(BW_OPTION_VENUE_PHONE) | BW_TAKES(BW_OPTION_NEW) | BW_TAKES(BW_OPTION_YES) |
    BW_TAKES(BW_OPTION_ALIAS) | BW_TAKES(BW_OPTION_TOLD) | BW_TAKES(BW_OPTION_SKIP) |
    BW_TAKES(BW_OPTION_PENDING);

/* Nor is what one report is for. */
static const uint64_t of_one_report = BW_TAKES(BW_OPTION_PUBLIC);

static bool
may_be_set(int option)
{
    return option >= 0 && ((unsettable | of_one_report) & BW_TAKES(option)) == 0;
}

/* inih's: 0 stops, and names the line. */
static int
on_setting(void *context, const char *section, const char *name, const char *value)
{
    struct cli_settings_reading *r = context;
    if (strcmp(section, "sync") != 0) {
        return 1;
    }
    int option = bw_option_find(name);
    if (!may_be_set(option)) {
        r->status = bw_error_set(
            r->err, BW_BAD_INPUT, 0, "\"%s\" is no setting of this program", name);
        return 0;
    }
    bool is_switch = bw_option_is_switch((enum bw_option)option);
    bool on = true;
    if (is_switch && !bw_text_switch(value, &on)) {
        r->status = bw_error_set(r->err, BW_BAD_INPUT, 0,
            "\"%s\" takes yes or no, not \"%.40s\"", name, value);
        return 0;
    }
    if (!on) {
        return 1;
    }
    char *text = strdup(is_switch ? "" : value);
    if (text == NULL) {
        r->status = bw_error_set(r->err, BW_NO_MEMORY, ENOMEM, "there's no memory left");
        return 0;
    }
    if (bw_call_default(r->call, (enum bw_option)option, text)) {
        r->settings->texts[r->settings->count++] = text; /* once an option, so it fits */
    } else {
        free(text);
    }
    return 1;
}

static enum bw_status
read_file(struct cli_settings_reading *r, const char *folder, const char *name)
{
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (length < 0 || length >= (int)sizeof path) {
        return bw_error_set(r->err, BW_BAD_INPUT, 0,
            "reading the settings: the path of %s is too long", name);
    }
    int line = ini_parse(path, on_setting, r);
    if (line == 0) {
        return BW_OK;
    }
    if (r->status != BW_OK) {
        return bw_error_prefix(
            r->err, r->status, "reading the settings %s, line %d", path, line);
    }
    if (line < 0) {
        return bw_error_set(r->err, BW_BAD_INPUT, errno,
            "reading the settings %s: %s; check its rights", path,
            bw_said(strerror(errno)));
    }
    return bw_error_set(r->err, BW_BAD_INPUT, 0,
        "reading the settings %s: line %d is no section, name = value, or comment", path,
        line);
}

static int
is_ini(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return entry->d_name[0] != '.' && length > 4 &&
           strcmp(entry->d_name + length - 4, ".ini") == 0;
}

static int
by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

enum bw_status
bw_sync_settings_apply(
    struct bw_sync_settings *settings, struct bw_call *call, struct bw_error *err)
{
    const char *given = bw_call_value(call, BW_OPTION_SETTINGS);
    const char *folder = given != NULL ? given : SETTINGS_DIR;
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_ini, by_bytes);
    if (count < 0) {
        return given == NULL ? BW_OK
                             : bw_error_set(err, BW_BAD_INPUT, errno,
                                   "reading the settings in %s: %s; give another folder",
                                   folder, bw_said(strerror(errno)));
    }
    enum bw_status status = BW_OK;
    for (int i = 0; i < count; i++) {
        struct cli_settings_reading reading = {
            .settings = settings, .call = call, .err = err};
        if (status == BW_OK) {
            status = read_file(&reading, folder, entries[i]->d_name);
        }
        free(entries[i]);
    }
    free(entries);
    return status;
}
