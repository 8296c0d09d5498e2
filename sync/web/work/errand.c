/* Commands that are run beside the desk: see errand.h. */
#include "web/work/errand.h"

#include "central/base/output.h"
#include "central/records.h"
#include "office/table/archive_out.h"
#include "web/work/folder.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static const char files_folder[] = "uit", archive_name[] = "alles.zip";
enum { FILE_BYTES_MAX = 512 * 1024 * 1024 };

/* ---- life ---- */

void
bw_web_errand_drop(struct bw_web_errand *errand)
{
    if (errand == NULL) {
        return;
    }
    bw_web_work_drop(errand->work);
    for (int i = 0; i < errand->words_count; i++) {
        free(errand->words[i]);
    }
    for (int i = 0; i < errand->files_count; i++) {
        free(errand->files[i].name);
    }
    json_decref(errand->answer);
    bw_web_folder_remove(errand->folder);
    *errand = (struct bw_web_errand){.id = ""};
}

void
bw_web_errands_finish(struct bw_web_errands *errands)
{
    for (int i = 0; i < BW_WEB_ERRANDS_MAX; i++) {
        bw_web_errand_drop(&errands->items[i]);
    }
}

struct bw_web_errand *
bw_web_errand_of(struct bw_web_errands *errands, const char *id)
{
    for (int i = 0; i < BW_WEB_ERRANDS_MAX; i++) {
        if (id[0] != '\0' && strcmp(errands->items[i].id, id) == 0) {
            return &errands->items[i];
        }
    }
    return NULL;
}

/* One that is free, else the oldest that isn't at work; NULL: all are. */
static struct bw_web_errand *
room_for_errand(struct bw_web_errands *errands)
{
    struct bw_web_errand *oldest = NULL;
    for (int i = 0; i < BW_WEB_ERRANDS_MAX; i++) {
        struct bw_web_errand *errand = &errands->items[i];
        if (errand->id[0] == '\0') {
            return errand;
        }
        if (errand->work == NULL &&
            (oldest == NULL || errand->since_ms < oldest->since_ms)) {
            oldest = errand;
        }
    }
    bw_web_errand_drop(oldest);
    return oldest;
}

enum bw_status
bw_web_errand_new(struct bw_web_errands *errands, const char *what, int64_t mono_ms,
    struct bw_web_errand **ret_errand, struct bw_error *err)
{
    unsigned char id[(BW_WEB_ERRAND_ID_BYTES - 1) / 2];
    char path[PATH_MAX];
    struct bw_web_errand *errand = room_for_errand(errands);
    if (errand == NULL) {
        return bw_error_set(err, BW_BUSY, 0,
            "beginning a work: as many are under way as there may be; wait a little");
    }
    *errand = (struct bw_web_errand){.what = what, .since_ms = mono_ms};
    enum bw_status status = bw_web_folder_make(errand->folder, err);
    if (status == BW_OK) {
        status = bw_path_join(errand->folder, files_folder, path, err);
    }
    if (status == BW_OK) {
        status = bw_folder_make(path, err);
    }
    if (status != BW_OK) {
        bw_web_errand_drop(errand);
        return status;
    }
    randombytes_buf(id, sizeof id);
    (void)sodium_bin2hex(errand->id, sizeof errand->id, id, sizeof id);
    *ret_errand = errand;
    return BW_OK;
}

/* Takes it; false for NULL, and past the limit. */
static bool
take_word(struct bw_web_errand *errand, char *word)
{
    if (word == NULL || errand->words_count == BW_WEB_ERRAND_WORDS_MAX) {
        free(word);
        return false;
    }
    errand->words[errand->words_count++] = word;
    return true;
}

bool
bw_web_errand_word(struct bw_web_errand *errand, const char *word)
{
    static const char mark[] = "{uit}";
    char *text = NULL;
    const char *at = strstr(word, mark);
    int before = at != NULL ? (int)(at - word) : (int)strlen(word);
    if (asprintf(&text, "%.*s%s%s%s%s", before, word, at != NULL ? errand->folder : "",
            at != NULL ? "/" : "", at != NULL ? files_folder : "",
            at != NULL ? at + sizeof mark - 1 : "") < 0) {
        return false;
    }
    return take_word(errand, text);
}

/* The steps that the command makes are theirs who began it. It stands behind the
 * command's name, as behind "--" it would be no option. */
static bool
add_who(struct bw_web_errand *errand, const char *who)
{
    char *text = NULL;
    if (who[0] == '\0') {
        return true;
    }
    if (asprintf(&text, "--as=%s", who) < 0 || !take_word(errand, text)) {
        return false;
    }
    memmove(&errand->words[2], &errand->words[1],
        (size_t)(errand->words_count - 2) * sizeof errand->words[0]);
    errand->words[1] = text;
    return true;
}

enum bw_status
bw_web_errand_keep(const struct bw_web_errand *errand, const char *name,
    const void *bytes, size_t length, struct bw_error *err)
{
    char path[PATH_MAX];
    enum bw_status status = bw_path_join(errand->folder, name, path, err);
    return status == BW_OK ? bw_output_bytes(path, 0600, bytes, length, err) : status;
}

/* ---- the work ---- */

struct file_listing {
    struct bw_web_errand *errand;
    bool of_one; /* files of one person each, else those for all */
};

bool
bw_web_errand_whose(const char *path, bw_code *ret_code)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    char stem[BW_CODE_BYTES], text[BW_CODE_BYTES];
    bw_code code;
    if (strcspn(name, ".") != sizeof stem - 1) {
        return false;
    }
    bw_text_copy(stem, sizeof stem, name);
    if (!bw_code_parse(stem, &code)) {
        return false;
    }
    bw_code_format(code, text);
    *ret_code = code;
    return strcmp(stem, text) == 0;
}

static enum bw_status
on_file(const char *name, size_t bytes, void *context, struct bw_error *err)
{
    const struct file_listing *listing = context;
    struct bw_web_errand *errand = listing->errand;
    bw_code code;
    if (bw_web_errand_whose(name, &code) != listing->of_one) {
        return BW_OK;
    }
    errand->files_all++;
    if (errand->files_count == BW_WEB_ERRAND_FILES_MAX) {
        return BW_OK;
    }
    struct bw_web_errand_file *file = &errand->files[errand->files_count];
    file->bytes = bytes;
    file->name = strdup(name);
    if (file->name == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "listing files: no memory");
    }
    errand->files_count++;
    return BW_OK;
}

/* Of a report the workbook stands first, and what programs read last; 0: no report's. */
static int
rank_of(const char *name)
{
    static const char *const kinds[] = {".xlsx", ".csv", ".pdf", ".json", ".html"};
    const char *dot = strrchr(name, '.');
    if (dot == NULL || strncmp(name, "report", strlen("report")) != 0) {
        return 0;
    }
    for (int i = 0; i < (int)(sizeof kinds / sizeof kinds[0]); i++) {
        if (strcmp(dot, kinds[i]) == 0) {
            return i + 1;
        }
    }
    return 0;
}

/* By rank, then by name, as they were walked. */
static int
compare_files(const void *one, const void *other)
{
    const struct bw_web_errand_file *left = one, *right = other;
    int difference = rank_of(left->name) - rank_of(right->name);
    return difference != 0 ? difference : strcmp(left->name, right->name);
}

/* What is for all comes first: sheets to print aren't looked for among two hundred. */
static enum bw_status
list_files(struct bw_web_errand *errand, struct bw_error *err)
{
    char files[PATH_MAX], archive[PATH_MAX];
    struct file_listing listing = {errand, false};
    enum bw_status status = bw_path_join(errand->folder, files_folder, files, err);
    if (status == BW_OK) {
        status = bw_path_join(errand->folder, archive_name, archive, err);
    }
    if (status == BW_OK) {
        status = bw_archive_out_walk(files, on_file, &listing, err);
    }
    if (status == BW_OK && errand->files_count > 0 &&
        rank_of(errand->files[0].name) > 0) {
        qsort(errand->files, (size_t)errand->files_count, sizeof *errand->files,
            compare_files);
    }
    if (status == BW_OK) {
        listing.of_one = true;
        status = bw_archive_out_walk(files, on_file, &listing, err);
    }
    return status == BW_OK && errand->files_all > 1
               ? bw_archive_out_write(files, archive, err)
               : status;
}

/* What a command prints, as the one file. */
static enum bw_status
keep_printed(const struct bw_web_errand *errand, const char *text, size_t length,
    struct bw_error *err)
{
    char folder[PATH_MAX], path[PATH_MAX];
    enum bw_status status = bw_path_join(errand->folder, files_folder, folder, err);
    if (status == BW_OK) {
        status = bw_path_join(folder, "alles.txt", path, err);
    }
    return status == BW_OK ? bw_output_bytes(path, 0600, text, length, err) : status;
}

/* A folder of ours says nobody anything, nor does the program's name. */
static void
keep_why(struct bw_web_errand *errand, char *said)
{
    static const char program[] = "brugwachter-sync: ";
    bw_web_folder_hide(errand->folder, said);
    said[strcspn(said, "\n")] = '\0';
    bool named = strncmp(said, program, sizeof program - 1) == 0;
    bw_text_copy(
        errand->why, sizeof errand->why, named ? said + sizeof program - 1 : said);
}

static enum bw_status
job(struct bw_office *office, void *context, struct bw_error *err)
{
    struct bw_web_errand *errand = context;
    char *out = NULL, *diag = NULL;
    size_t out_bytes = 0, diag_bytes = 0;
    FILE *to = open_memstream(&out, &out_bytes);
    FILE *said = open_memstream(&diag, &diag_bytes);
    enum bw_status status = BW_OK;
    if (to != NULL && said != NULL) {
        errand->exit =
            errand->command(errand->command_context, (const char *const *)errand->words,
                errand->words_count, office->progress, to, said);
    }
    bool lost = to == NULL || fclose(to) != 0;
    lost = said == NULL || fclose(said) != 0 || lost;
    if (lost) {
        status = bw_error_set(err, BW_NO_MEMORY, 0, "running a command: no memory");
    } else {
        keep_why(errand, diag);
        errand->answer = errand->plain ? NULL : json_loads(out, 0, NULL);
        bool done = errand->exit == 0 || errand->exit == 1;
        if (done && errand->plain) {
            status = keep_printed(errand, out, out_bytes, err);
        }
        if (done && status == BW_OK) {
            status = list_files(errand, err);
        }
    }
    free(out);
    free(diag);
    return status;
}

enum bw_status
bw_web_errand_begin(struct bw_web_errand *errand, const struct bw_web_work_plan *plan,
    struct bw_error *err)
{
    struct bw_web_work_plan own = *plan;
    own.job = job;
    own.context = errand;
    if ((!errand->plain && !bw_web_errand_word(errand, "--json")) ||
        !add_who(errand, own.who)) {
        bw_web_errand_drop(errand);
        return bw_error_set(err, BW_NO_MEMORY, 0, "beginning a work: no memory");
    }
    enum bw_status status = bw_web_work_begin(&own, &errand->work, err);
    if (status != BW_OK) {
        bw_web_errand_drop(errand);
    }
    return status;
}

bool
bw_web_errand_settled(
    struct bw_web_errand *errand, int wait_ms, struct bw_web_work_state *ret_state)
{
    enum { FAILED = 3 };
    if (errand->work == NULL) {
        return true;
    }
    bw_web_work_look(errand->work, wait_ms, ret_state);
    if (!ret_state->over) {
        return false;
    }
    struct bw_error err = {.text = ""};
    enum bw_status status = bw_web_work_end(errand->work, &err);
    errand->work = NULL;
    if (status != BW_OK) {
        errand->exit = FAILED;
        bw_text_copy(errand->why, sizeof errand->why, err.text);
    }
    return true;
}

enum bw_status
bw_web_errand_read(const struct bw_web_errand *errand, int at, const char **ret_name,
    unsigned char **ret_bytes, size_t *ret_length, struct bw_error *err)
{
    char folder[PATH_MAX], path[PATH_MAX];
    if (errand->work != NULL || at >= errand->files_count ||
        (at < 0 && errand->files_all < 2)) {
        return bw_error_set(err, BW_NOT_FOUND, 0, "fetching a file: there's none there");
    }
    const char *name = at >= 0 ? errand->files[at].name : archive_name;
    enum bw_status status =
        bw_path_join(errand->folder, at >= 0 ? files_folder : "", folder, err);
    if (status == BW_OK) {
        status = bw_path_join(folder, name, path, err);
    }
    if (status == BW_OK) {
        status = bw_file_read(path, FILE_BYTES_MAX, ret_bytes, ret_length, err);
    }
    if (status == BW_OK) {
        *ret_name = name;
    }
    return status;
}
