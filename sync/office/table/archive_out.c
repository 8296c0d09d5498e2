/* A ZIP archive of a folder: see archive_out.h. */
#include "office/table/archive_out.h"

#include "central/base/output.h"

#include <brugwachter/said.h>
#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- what there is ---- */

struct folder_walk {
    bw_archive_out_each *each;
    void *context;
    int files;
};

static int
is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static enum bw_status walk(struct folder_walk *w, const char *folder, const char *before,
    int depth, struct bw_error *err);

static enum bw_status
walk_entry(struct folder_walk *w, const char *folder, const char *before,
    const char *entry, int depth, struct bw_error *err)
{
    char path[PATH_MAX], name[PATH_MAX];
    struct stat facts;
    enum bw_status status = bw_path_join(folder, entry, path, err);
    if (status != BW_OK || lstat(path, &facts) != 0) {
        return status; /* gone meanwhile */
    }
    if (snprintf(name, sizeof name, "%s%s", before, entry) >= (int)sizeof name) {
        return bw_error_set(err, BW_FULL, 0, "walking %s: a name is too long", folder);
    }
    if (S_ISDIR(facts.st_mode)) {
        (void)strncat(name, "/", sizeof name - strlen(name) - 1);
        return walk(w, path, name, depth + 1, err);
    }
    if (!S_ISREG(facts.st_mode)) {
        return BW_OK;
    }
    if (++w->files > BW_ARCHIVE_OUT_FILES_MAX) {
        return bw_error_set(err, BW_FULL, 0, "walking %s: there are more than %d files",
            folder, BW_ARCHIVE_OUT_FILES_MAX);
    }
    return w->each(name, (size_t)facts.st_size, w->context, err);
}

static enum bw_status
walk(struct folder_walk *w, const char *folder, const char *before, int depth,
    struct bw_error *err)
{
    struct dirent **entries = NULL;
    if (depth > BW_ARCHIVE_OUT_DEPTH_MAX) {
        return BW_OK;
    }
    int count = scandir(folder, &entries, is_shown, alphasort);
    if (count < 0) {
        return bw_output_fault(err, bw_said("reading"), folder, "");
    }
    enum bw_status status = BW_OK;
    for (int i = 0; i < count; i++) {
        if (status == BW_OK) {
            status = walk_entry(w, folder, before, entries[i]->d_name, depth, err);
        }
        free(entries[i]);
    }
    free(entries);
    return status;
}

enum bw_status
bw_archive_out_walk(
    const char *folder, bw_archive_out_each *each, void *context, struct bw_error *err)
{
    struct folder_walk w = {.each = each, .context = context};
    return walk(&w, folder, "", 0, err);
}

/* ---- the archive ---- */

struct archive_writing {
    struct archive *archive;
    const char *folder;
};

static enum bw_status
failed(struct archive *archive, const char *folder, struct bw_error *err)
{
    return bw_error_set(err, BW_IO, archive_errno(archive), "putting %s into a zip: %s",
        folder, archive_error_string(archive));
}

static enum bw_status
on_file(const char *name, size_t size, void *context, struct bw_error *err)
{
    struct archive_writing *w = context;
    char path[PATH_MAX];
    unsigned char *bytes = NULL;
    size_t length = 0;
    enum bw_status status = bw_path_join(w->folder, name, path, err);
    if (status == BW_OK) {
        status = bw_file_read(path, size, &bytes, &length, err);
    }
    struct archive_entry *entry = status == BW_OK ? archive_entry_new() : NULL;
    if (status == BW_OK && entry == NULL) {
        status = bw_error_set(err, BW_NO_MEMORY, 0, "making a zip: no memory");
    }
    if (status == BW_OK) {
        archive_entry_set_pathname_utf8(entry, name);
        archive_entry_set_size(entry, (la_int64_t)length);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0600);
        bool written =
            archive_write_header(w->archive, entry) == ARCHIVE_OK &&
            archive_write_data(w->archive, bytes, length) == (la_ssize_t)length;
        status = written ? BW_OK : failed(w->archive, w->folder, err);
    }
    archive_entry_free(entry);
    free(bytes);
    return status;
}

enum bw_status
bw_archive_out_write(const char *folder, const char *path, struct bw_error *err)
{
    struct bw_output output;
    struct archive_writing w = {.archive = archive_write_new(), .folder = folder};
    if (w.archive == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "making a zip: no memory");
    }
    enum bw_status status = bw_output_open(path, 0600, &output, err);
    if (status == BW_OK) {
        bool open =
            archive_write_set_format_zip(w.archive) == ARCHIVE_OK &&
            archive_write_set_options(w.archive, "zip:hdrcharset=UTF-8") == ARCHIVE_OK &&
            archive_write_open_FILE(w.archive, output.file) == ARCHIVE_OK;
        status = open ? bw_archive_out_walk(folder, on_file, &w, err)
                      : failed(w.archive, folder, err);
        if (status == BW_OK && archive_write_close(w.archive) != ARCHIVE_OK) {
            status = failed(w.archive, folder, err);
        }
    }
    (void)archive_write_free(w.archive); /* before the file under it goes */
    if (status == BW_OK) {
        status = bw_output_commit(&output, err);
    }
    bw_output_finish(&output);
    return status;
}
