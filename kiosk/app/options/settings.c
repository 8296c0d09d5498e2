/* Settings files: see settings.h. One thread. */
#include "settings.h"

#include <brugwachter/said.h>
#include <dirent.h>
#include <errno.h>
#include <ini.h>
#include <stdlib.h>
#include <string.h>

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

static enum bw_status
no_memory(struct bw_error *err)
{
    return bw_error_set(err, BW_NO_MEMORY, 0, "Reading the settings: out of memory");
}

/* inih's: 0 stops, and names the line. */
static int
on_setting(void *context, const char *section, const char *name, const char *value)
{
    struct settings_reading *reading = context;
    struct bw_settings *settings = reading->settings;
    if (strcmp(section, "kiosk") != 0) {
        return 1;
    }
    if (settings->count == TEXTS_MAX) {
        reading->status = bw_error_set(reading->err, BW_BAD_INPUT, 0,
            "Reading the settings failed: there are more than %d of them.", TEXTS_MAX);
        return 0;
    }
    char *text = strdup(value);
    if (text == NULL) {
        reading->status = no_memory(reading->err);
        return 0;
    }
    settings->texts[settings->count++] = text;
    if (bw_options_set(reading->options, name, text, reading->err) != BW_OK) {
        reading->status = BW_BAD_INPUT;
    }
    return reading->status == BW_OK;
}

static enum bw_status
read_file(struct settings_reading *reading, const char *folder, const char *name)
{
    char path[4096];
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (length < 0 || length >= (int)sizeof path) {
        return bw_error_set(reading->err, BW_BAD_INPUT, 0,
            "Reading the settings failed: the path of %s is too long.", name);
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
            "Reading the settings %s failed: %s.", path, bw_said(strerror(errno)));
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

/* By bytes: alphasort goes by the locale. */
static int
by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* Reads the files of a folder, and frees their entries. */
static enum bw_status
read_files(struct settings_reading *reading, const char *folder, struct dirent **entries,
    int count)
{
    enum bw_status status = BW_OK;
    for (int i = 0; i < count; i++) {
        if (status == BW_OK) {
            status = read_file(reading, folder, entries[i]->d_name);
        }
        free(entries[i]);
    }
    free(entries);
    return status;
}

enum bw_status
bw_settings_apply(
    struct bw_options *options, struct bw_settings **ret_settings, struct bw_error *err)
{
    const char *given = options->settings_dir;
    const char *folder = given != NULL ? given : BW_SETTINGS_DIR;
    const struct bw_options before = *options;
    struct dirent **entries = NULL;
    struct bw_settings *settings = calloc(1, sizeof *settings);
    if (settings == NULL) {
        return no_memory(err);
    }
    struct settings_reading reading = {
        .options = options, .settings = settings, .err = err};
    int count = scandir(folder, &entries, is_ini, by_bytes);
    enum bw_status status = BW_OK;
    if (count >= 0) {
        status = read_files(&reading, folder, entries, count);
    } else if (given != NULL || errno != ENOENT) {
        status = bw_error_set(err, BW_BAD_INPUT, errno,
            "Reading the settings in %s failed: %s. Give another folder.", folder,
            bw_said(strerror(errno)));
    }
    if (status != BW_OK) {
        *options = before; /* its texts are about to go */
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
