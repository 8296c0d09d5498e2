/* The command `decode`: see decode.h. Runs the kiosk's own pipeline on files, so that
 * what it says of a picture is what a visitor with that picture would have met.
 * One thread. */
#include "decode.h"

#include "scan/camera/picture.h"
#include "scan/qr/scanner.h"
#include "scan/qr/sketch.h"

#include <brugwachter/error.h>
#include <brugwachter/said.h>
#include <errno.h>
#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
    FRAMES_MAX = 100000,
    SIDE_MAX_PX = 1280, /* the longer side: photos are made smaller, as a camera would */
};

struct request {
    int frames;               /* how often each picture is given, as consecutive frames */
    bool why;                 /* say what each stage found */
    const char *draw;         /* and draw it into this file; NULL: don't */
    struct bw_sketch *sketch; /* the drawing in work */
};

static const char usage[] = BW_SAYS(
    "Usage: brugwachter-kiosk decode [--frames N] [--why] [--draw OUT.png] FILE…\n"
    "Reads QR codes in pictures (PNG, JPEG, PGM, WebP): a line a file, with the file,\n"
    "milliseconds in the scanner, and the text, separated by tabs.\n"
    "  --frames N  give each picture N times, as a camera would (1)\n"
    "  --why       say before the line what each stage found\n"
    "  --draw OUT  draw that into a PNG file (for one FILE)\n"
    "  --help      this text\n");

/* Printable ASCII as it is, every other byte as \xNN: a name or text can't break the line
 * or steer the terminal. */
static void
print_text(const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte >= 0x20 && byte <= 0x7e) {
            (void)putchar(byte);
        } else {
            (void)printf("\\x%02X", byte);
        }
    }
}

static double
since_ms(const struct timespec *start)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) * 1e3 +
           (double)(now.tv_nsec - start->tv_nsec) / 1e6;
}

/* A raster as large as the picture, or with its longer side at the limit. */
static enum bw_status
raster_for(
    const struct bw_picture_file *file, struct bw_raster *raster, struct bw_error *err)
{
    struct bw_picture_about about;
    enum bw_status status = bw_picture_look(file, &about, err);
    if (status != BW_OK) {
        return status;
    }
    int longer = about.width_px > about.height_px ? about.width_px : about.height_px;
    int width = about.width_px, height = about.height_px;
    if (longer > SIDE_MAX_PX) {
        width = (int)((long long)width * SIDE_MAX_PX / longer);
        height = (int)((long long)height * SIDE_MAX_PX / longer);
    }
    width = width < 2 ? 2 : width + width % 2; /* YUY2 goes by pairs */
    height = height < 1 ? 1 : height;
    return bw_raster_init(raster, width, height)
               ? bw_picture_draw(file, raster, err)
               : bw_error_set(err, BW_NO_MEMORY, ENOMEM, "there is no memory for it");
}

static enum bw_status
load(const char *path, struct bw_raster *raster, struct bw_error *err)
{
    struct bw_picture_file file = {0};
    enum bw_status status = bw_picture_read(path, &file, err);
    if (status == BW_OK) {
        status = raster_for(&file, raster, err);
    }
    bw_picture_file_finish(&file);
    return status == BW_OK
               ? BW_OK
               : bw_error_prefix(err, status, "Decoding the picture %s", path);
}

static void
on_note(void *context, const struct bw_scan_note *note)
{
    const struct request *request = context;
    if (request->sketch != NULL) {
        bw_sketch_note(request->sketch, note);
    }
    if (!request->why) {
        return;
    }
    double at_ms = (double)note->at_us / 1e3;
    switch (note->kind) {
    case BW_SCAN_NOTE_STAGE:
        (void)printf(
            "# %6.1f ms  %s: %d finder patterns\n", at_ms, note->stage, note->finders);
        break;
    case BW_SCAN_NOTE_GRID:
        (void)printf("# %6.1f ms  %s: grid of %d modules at %.0f,%.0f: timing %.2f, "
                     "alignment %.2f, likeness %.2f, %s\n",
            at_ms, note->stage, note->modules, (double)note->corner[0][0],
            (double)note->corner[0][1], (double)note->timing, (double)note->alignment,
            (double)note->likeness, note->read ? "read" : "not read");
        break;
    }
}

/* The picture as consecutive frames of a new stream, until it is read, and nothing else
 * in it may be a ticket. */
static enum bw_status
scan(const struct bw_raster *raster, struct request *request,
    struct bw_sighting *sighting, double *ret_spent_ms, struct bw_error *err)
{
    struct bw_scanner *scanner = NULL;
    struct bw_scanner_options options = {.any_text = true};
    struct bw_luma luma = bw_raster_luma(raster);
    enum bw_status status = BW_OK;
    if (request->draw != NULL) {
        status = bw_sketch_create(&luma, &request->sketch, err);
    }
    if (request->why || request->draw != NULL) {
        options.note = on_note;
        options.note_context = request;
    }
    if (status == BW_OK) {
        status = bw_scanner_create(&options, &scanner, err);
    }
    struct timespec start;
    (void)clock_gettime(CLOCK_MONOTONIC, &start);
    static struct bw_sighting seen;
    for (int i = 0; status == BW_OK && i < request->frames; i++) {
        status = bw_scanner_read(scanner, &luma, &seen, err);
        if (status == BW_OK && (seen.ticket || sighting->kind != BW_SIGHTING_TEXT)) {
            *sighting = seen;
        }
        if (sighting->kind == BW_SIGHTING_TEXT && (seen.ticket || !seen.unsettled)) {
            break;
        }
    }
    *ret_spent_ms = since_ms(&start);
    bw_scanner_destroy(scanner);
    if (status == BW_OK && request->sketch != NULL) {
        status = bw_sketch_save(request->sketch, request->draw, err);
    }
    bw_sketch_destroy(request->sketch);
    request->sketch = NULL;
    return status;
}

static bool
decode_file(const char *path, struct request *request)
{
    static struct bw_sighting sighting;
    struct bw_raster raster = {0};
    struct bw_error err = {0};
    double spent_ms = 0;
    sighting.kind = BW_SIGHTING_NOTHING;
    sighting.text[0] = '\0';
    enum bw_status status = load(path, &raster, &err);
    if (status == BW_OK) {
        status = scan(&raster, request, &sighting, &spent_ms, &err);
    }
    bw_raster_finish(&raster);
    print_text(path);
    if (status != BW_OK) {
        (void)printf("\t-\t\n");
        (void)fflush(stdout);
        (void)fprintf(stderr, "%s\n", err.text);
        return false;
    }
    (void)printf("\t%.1f\t", spent_ms);
    print_text(sighting.kind == BW_SIGHTING_TEXT ? sighting.text : "");
    (void)putchar('\n');
    return true;
}

static bool
parse_count(const char *text, int *ret_count)
{
    char *end = NULL;
    errno = 0;
    long count = strtol(text, &end, 10);
    if (end == text || *end != '\0' || errno != 0 || count < 1 || count > FRAMES_MAX) {
        return false;
    }
    *ret_count = (int)count;
    return true;
}

enum { OPTION_FRAMES = 256, OPTION_WHY, OPTION_DRAW, OPTION_HELP };

static const struct option options[] = {
    {"frames", required_argument, NULL, OPTION_FRAMES},
    {"why", no_argument, NULL, OPTION_WHY},
    {"draw", required_argument, NULL, OPTION_DRAW},
    {"help", no_argument, NULL, OPTION_HELP},
    {0},
};

/* Returns an exit status, or -1 to go on. */
static int
parse(int argc, char **argv, struct request *request)
{
    optind = 0; /* the program may have read options of its own before */
    for (;;) {
        int option = getopt_long(argc, argv, "", options, NULL);
        switch (option) {
        case -1:
            if (optind < argc && (request->draw == NULL || optind + 1 == argc)) {
                return -1;
            }
            (void)fputs(bw_said(usage), stderr);
            return BW_EXIT_USAGE;
        case OPTION_FRAMES:
            if (!parse_count(optarg, &request->frames)) {
                (void)fprintf(stderr,
                    bw_said("Reading --frames %s: it is no number from 1 to %d\n"),
                    optarg, FRAMES_MAX);
                return BW_EXIT_USAGE;
            }
            break;
        case OPTION_WHY:
            request->why = true;
            break;
        case OPTION_DRAW:
            request->draw = optarg;
            break;
        case OPTION_HELP:
            (void)fputs(bw_said(usage), stdout);
            return BW_EXIT_DONE;
        default:
            (void)fputs(bw_said(usage), stderr);
            return BW_EXIT_USAGE;
        }
    }
}

int
bw_decode_main(int argc, char **argv)
{
    struct request request = {.frames = 1};
    int answer = parse(argc, argv, &request);
    if (answer >= 0) {
        return answer;
    }
    bool all = true;
    for (int i = optind; i < argc; i++) {
        all = decode_file(argv[i], &request) && all;
    }
    return all ? BW_EXIT_DONE : BW_EXIT_LOOK;
}
