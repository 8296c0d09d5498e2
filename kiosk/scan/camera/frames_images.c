/* A folder of pictures, played as a camera: see frames.h.
 *
 * Everything that needs the file system happens in open, because the sandbox has none
 * later. What can fail by content (decoding) happens in load, because the sandbox is the
 * place where that does no harm.
 *
 * - FI1: `list` is in byte order of the names;
 *   `at` is the present one, -1 before the first.
 * - FI2: the present picture's turn ends at `turn_ends_ms`, counted from when it was
 *   shown, so that a slow reader makes the film longer, never shorter.
 * - FI3: within a turn a frame is due every 1/30 s, as a camera would give it. */
#include "frames.h"
#include "picture.h"

#include <brugwachter/said.h>
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    FILES_MAX = 2000,
    TOTAL_BYTES_MAX = 256 * 1024 * 1024,
    FRAMES_A_SECOND = 30,
    TURN_MS_MAX = 3600 * 1000,
};

struct film_picture {
    char *name;
    struct bw_picture_file file;
    uint64_t fingerprint;
    uint32_t number;  /* in the folder; stays when others are dropped */
    uint32_t turn_ms; /* 0: one frame */
};

struct film {
    struct bw_frames head;
    struct film_picture *list;
    int count, capacity;
    int at; /* see FI1 */
    bool loop;
    bool drawn;   /* the raster holds the present picture */
    bool dropped; /* the present picture left the list: `at` is the one before it */
    uint64_t since_ms, turn_ends_ms;
    uint64_t frame_number; /* since started_ms; for due times without drift */
    uint64_t started_ms, due_ms;
    struct bw_raster raster;
};

static bool
is_picture_name(const char *name)
{
    static const char *const endings[] = {".png", ".jpg", ".jpeg", ".pgm", ".webp"};
    size_t length = strlen(name);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t ending = strlen(endings[i]);
        if (name[0] != '.' && length > ending &&
            strcasecmp(name + length - ending, endings[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* The 2s or 1.5s or 200ms of NAME@2s.png; 0 where there is none. */
static uint32_t
turn_of_name(const char *name)
{
    const char *at = strrchr(name, '@');
    const char *digit = at == NULL ? "" : at + 1;
    uint64_t thousandths = 0, scale = 1000;
    bool any = false, point = false;
    for (; (*digit >= '0' && *digit <= '9') || (*digit == '.' && !point && any);
         digit++) {
        if (*digit == '.') {
            point = true;
            continue;
        }
        any = true;
        if (point) {
            scale /= 10;
            thousandths += (uint64_t)(*digit - '0') * scale;
        } else if (thousandths < (uint64_t)TURN_MS_MAX * 1000) {
            thousandths = thousandths * 10 + (uint64_t)(*digit - '0') * 1000;
        }
    }
    bool is_ms = strncmp(digit, "ms.", 3) == 0;
    if (!any || (!is_ms && strncmp(digit, "s.", 2) != 0)) {
        return 0;
    }
    uint64_t turn_ms = is_ms ? thousandths / 1000 : thousandths;
    return (uint32_t)(turn_ms < TURN_MS_MAX ? turn_ms : TURN_MS_MAX);
}

static int
by_bytes(const void *a, const void *b)
{
    return strcmp(
        ((const struct film_picture *)a)->name, ((const struct film_picture *)b)->name);
}

static enum bw_status
add_name(struct film *film, const char *name, struct bw_error *err)
{
    if (film->count == FILES_MAX) {
        return bw_error_set(
            err, BW_FULL, 0, "it holds more than %d pictures; take some out", FILES_MAX);
    }
    if (film->count == film->capacity) {
        int capacity = film->capacity == 0 ? 64 : film->capacity * 2;
        struct film_picture *list =
            reallocarray(film->list, (size_t)capacity, sizeof *list);
        if (list == NULL) {
            return bw_error_set(err, BW_NO_MEMORY, ENOMEM, "there is no memory for it");
        }
        film->list = list;
        film->capacity = capacity;
    }
    char *copy = strdup(name);
    if (copy == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, ENOMEM, "there is no memory for it");
    }
    film->list[film->count++] =
        (struct film_picture){.name = copy, .turn_ms = turn_of_name(name)};
    return BW_OK;
}

static enum bw_status
list_names(struct film *film, const char *folder, struct bw_error *err)
{
    DIR *dir = opendir(folder);
    if (dir == NULL) {
        enum bw_status status =
            errno == ENOENT || errno == ENOTDIR ? BW_NOT_FOUND : BW_IO;
        return bw_error_set(err, status, errno, "%s", bw_said(strerror(errno)));
    }
    enum bw_status status = BW_OK;
    struct dirent *entry;
    while (status == BW_OK && (entry = readdir(dir)) != NULL) {
        if (is_picture_name(entry->d_name)) {
            status = add_name(film, entry->d_name, err);
        }
    }
    (void)closedir(dir);
    if (status == BW_OK && film->count == 0) {
        status = bw_error_set(err, BW_NOT_FOUND, 0,
            "no picture is in it; put PNG, JPEG, PGM or WebP files there");
    }
    if (status == BW_OK) {
        qsort(film->list, (size_t)film->count, sizeof film->list[0], by_bytes);
    }
    return status;
}

/* A file that can't be read stays in the list, empty: load says what is wrong with it. */
static enum bw_status
read_files(struct film *film, const char *folder, struct bw_error *err)
{
    size_t total_bytes = 0;
    for (int i = 0; i < film->count; i++) {
        struct film_picture *picture = &film->list[i];
        char path[4096 + 256 + 2];
        (void)snprintf(path, sizeof path, "%s/%s", folder, picture->name);
        picture->number = (uint32_t)i;
        if (bw_picture_read(path, &picture->file, NULL) != BW_OK) {
            picture->file = (struct bw_picture_file){0};
        }
        total_bytes += picture->file.count;
        if (total_bytes > TOTAL_BYTES_MAX) {
            return bw_error_set(err, BW_FULL, 0,
                "its pictures are over %d MB together; take some out",
                TOTAL_BYTES_MAX / (1024 * 1024));
        }
        picture->fingerprint = bw_fingerprint(picture->file.bytes, picture->file.count);
    }
    return BW_OK;
}

static void
forget(struct film_picture *picture)
{
    free(picture->name);
    bw_picture_file_finish(&picture->file);
}

static void
film_destroy(struct bw_frames *frames)
{
    struct film *film = (struct film *)frames;
    for (int i = 0; i < film->count; i++) {
        forget(&film->list[i]);
    }
    free(film->list);
    bw_raster_finish(&film->raster);
    free(film);
}

static int
film_fd(const struct bw_frames *frames)
{
    (void)frames;
    return -1;
}

static uint64_t
film_due_ms(const struct bw_frames *frames)
{
    return ((const struct film *)frames)->due_ms;
}

static void
turn_page(struct film *film, uint64_t now_ms)
{
    if (film->at + 1 < film->count) {
        film->at++;
    } else if (film->loop) {
        film->at = 0;
    } else if (film->dropped) {
        film->at = film->count - 1; /* the one it stays on left: the last that is there */
    } else {
        return;
    }
    film->drawn = false;
    film->dropped = false;
    film->since_ms = now_ms;
    film->turn_ends_ms = now_ms + film->list[film->at].turn_ms;
}

/* Frames come on a grid of thirtieths of a second, until the reader falls behind by more
 * than one: then the grid begins anew, for lost time isn't caught up. */
static void
plan_next(struct film *film, uint64_t now_ms)
{
    film->frame_number++;
    uint64_t due_ms = film->started_ms + film->frame_number * 1000 / FRAMES_A_SECOND;
    if (due_ms <= now_ms) {
        film->started_ms = now_ms;
        film->frame_number = 1;
        due_ms = now_ms + 1000 / FRAMES_A_SECOND;
    }
    film->due_ms = due_ms;
}

static enum bw_frames_state
film_next(struct bw_frames *frames, uint64_t now_ms, struct bw_frame *ret_frame,
    struct bw_error *err)
{
    struct film *film = (struct film *)frames;
    if (film->count == 0) {
        (void)bw_error_set(err, BW_BAD_INPUT, 0,
            "Playing the pictures of %s: none of them can be read", film->head.name);
        return BW_FRAMES_GONE;
    }
    if (now_ms < film->due_ms) {
        return BW_FRAMES_WAIT;
    }
    if (film->started_ms == 0) {
        film->started_ms = now_ms;
    }
    if (film->at < 0 || film->dropped || now_ms >= film->turn_ends_ms) {
        turn_page(film, now_ms);
    }
    plan_next(film, now_ms);
    const struct film_picture *picture = &film->list[film->at];
    *ret_frame = (struct bw_frame){.taken_ms = now_ms,
        .since_ms = film->since_ms,
        .fingerprint = picture->fingerprint,
        .picture = picture->number,
        .name = picture->name};
    return BW_FRAMES_READY;
}

static enum bw_status
film_load(struct bw_frames *frames, struct bw_frame *frame, struct bw_error *err)
{
    struct film *film = (struct film *)frames;
    assert(film->at >= 0 && film->at < film->count); /* FI1 */
    const struct film_picture *picture = &film->list[film->at];
    if (!film->drawn) {
        enum bw_status status = bw_picture_draw(&picture->file, &film->raster, err);
        if (status != BW_OK) {
            status = status == BW_FULL ? BW_BAD_INPUT : status;
            return bw_error_prefix(err, status, "Reading the picture %s", picture->name);
        }
        film->drawn = true;
    }
    frame->luma = bw_raster_luma(&film->raster);
    frame->yuy2 = bw_raster_yuy2(&film->raster);
    return BW_OK;
}

static void
film_drop(struct bw_frames *frames)
{
    struct film *film = (struct film *)frames;
    if (film->at < 0 || film->dropped) {
        return;
    }
    forget(&film->list[film->at]);
    film->count--;
    memmove(&film->list[film->at], &film->list[film->at + 1],
        (size_t)(film->count - film->at) * sizeof film->list[0]);
    film->at--;
    film->dropped = true;
    film->due_ms = 0; /* the next one needn't wait for this one's turn */
}

static void
film_pause(struct bw_frames *frames, bool paused)
{
    (void)frames;
    (void)paused; /* who doesn't ask gets nothing */
}

static const struct bw_frames_table film_table = {
    .fd = film_fd,
    .due_ms = film_due_ms,
    .next = film_next,
    .load = film_load,
    .drop = film_drop,
    .pause = film_pause,
    .destroy = film_destroy,
};

enum bw_status
bw_frames_images_open(const char *folder, bool loop,
    const struct bw_frames_options *options, struct bw_frames **ret_frames,
    struct bw_error *err)
{
    struct film *film = calloc(1, sizeof *film);
    if (film == NULL) {
        return bw_error_set(
            err, BW_NO_MEMORY, ENOMEM, "Opening the pictures: there is no memory");
    }
    film->head.table = &film_table;
    film->loop = loop;
    (void)snprintf(film->head.name, sizeof film->head.name, "%.60s", folder);
    enum bw_status status = list_names(film, folder, err);
    if (status == BW_OK) {
        status = read_files(film, folder, err);
    }
    if (status == BW_OK &&
        !bw_raster_init(&film->raster, BW_FRAME_WIDTH_MAX, BW_FRAME_HEIGHT_MAX)) {
        status = bw_error_set(err, BW_NO_MEMORY, ENOMEM, "there is no memory");
    }
    if (status != BW_OK) {
        film_destroy(&film->head);
        return bw_error_prefix(err, status, "Opening the folder of pictures %s", folder);
    }
    int first = options == NULL ? 0 : (int)(options->first_picture % (FILES_MAX + 1u));
    film->at = first < film->count ? first - 1 : film->count - 2;
    *ret_frames = &film->head;
    return BW_OK;
}
