/* Settings files: see settings.h. One thread. */
#include "settings.h"

#include <dirent.h>
#include <errno.h>
#include <ini.h>
#include <stdlib.h>
#include <string.h>

#define SETTINGS_DIR "/etc/brugwachter"

enum { TEXTS_MAX = 64, NAME_MAX_BYTES = 64 };

struct bw_settings {
    int count;
    char *texts[TEXTS_MAX];
};

struct settings_reading {
    struct bw_options *options;
    struct bw_settings *settings;
    enum bw_status status;
    struct bw_error *err;
};

/* inih's: 0 stops, and names the line. */
static int
on_setting(void *context, const char *section, const char *name, const char *value)
{
    struct settings_reading *reading = context;
    struct bw_settings *settings = reading->settings;
    if (strcmp(section, "kiosk") != 0) {
        return 1;
    }
    if (settings->count == TEXTS_MAX ||
        (settings->texts[settings->count] = strdup(value)) == NULL) {
        reading->status = bw_error_set(reading->err, BW_FULL, 0,
            "Reading the settings failed: there are more than %d of them.", TEXTS_MAX);
        return 0;
    }
    reading->status = bw_options_set(
        reading->options, name, settings->texts[settings->count++], reading->err);
    return reading->status == BW_OK;
}

static enum bw_status
read_file(struct settings_reading *reading, const char *folder, const char *name)
{
    char path[4096];
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (length < 0 || length >= (int)sizeof path) {
        return BW_OK;
    }
    int line = ini_parse(path, on_setting, reading);
    if (line == 0) {
        return BW_OK;
    }
    if (reading->status != BW_OK) {
        return bw_error_prefix(reading->err, reading->status, "%s, line %d", path, line);
    }
    if (line < 0) {
        return bw_error_set(reading->err, BW_BAD_INPUT, errno,
            "Reading the settings %s failed: %s.", path, strerror(errno));
    }
    return bw_error_set(reading->err, BW_BAD_INPUT, 0,
        "Reading the settings %s failed: line %d is no section, "
        "name = value, or comment.",
        path, line);
}

static int
is_ini(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return entry->d_name[0] != '.' && length > 4 &&
           strcmp(entry->d_name + length - 4, ".ini") == 0;
}

enum bw_status
bw_settings_apply(
    struct bw_options *options, struct bw_settings **ret_settings, struct bw_error *err)
{
    const char *folder =
        options->settings_dir != NULL ? options->settings_dir : SETTINGS_DIR;
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_ini, alphasort);
    struct bw_settings *settings = calloc(1, sizeof *settings);
    enum bw_status status = BW_OK;
    if (settings == NULL) {
        status =
            bw_error_set(err, BW_NO_MEMORY, 0, "Reading the settings: out of memory");
    }
    for (int i = 0; i < count; i++) {
        struct settings_reading reading = {
            .options = options, .settings = settings, .err = err};
        if (status == BW_OK) {
            status = read_file(&reading, folder, entries[i]->d_name);
        }
        free(entries[i]);
    }
    free(entries);
    if (status != BW_OK) {
        bw_settings_destroy(settings);
        return status;
    }
    *ret_settings = settings;
    return BW_OK;
}

void
bw_settings_destroy(struct bw_settings *settings)
{
    if (settings == NULL) {
        return;
    }
    for (int i = 0; i < settings->count; i++) {
        free(settings->texts[i]);
    }
    free(settings);
}
