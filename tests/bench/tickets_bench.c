/* What tickets cost beside the bare libraries, on as many processors: for each person a
 * QR code, a picture and a PDF of two pages, and their page in the two books.
 *
 * The bare side draws as many texts and the same code on as many pages, each text by one
 * Pango layout at one size, writes the picture as Cairo does by itself, and the code as
 * libqrencode gives it; no bands, badges, frames or fitting. Both write real files, turn
 * about; the ratio is that of the medians of the processor's time. */
#include "central/base/output_set.h"
#include "office/ticket/ticket_page.h"
#include "office/ticket/ticket_press.h"

#include <brugwachter/core.h>
#include <brugwachter/ticket.h>
#include <cairo-pdf.h>
#include <dirent.h>
#include <pango/pangocairo.h>
#include <pthread.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PEOPLE = 400, PEOPLE_QUICK = 12, ROUNDS = 5, THREADS_MAX = 64 };
enum { PICTURE_WIDTH_PX = 642, PICTURE_HEIGHT_PX = 1144, TEXTS_PHONE = 8, TEXTS_A6 = 16 };

#define GOAL 1.2
#define MM_PT (72.0 / 25.4)

static const char at_the_door[] =
    "Bij de deur: houd de QR-code voor de camera, op papier of op je telefoon. Dit "
    "ticket is alleen voor jou. In de QR-code staat geen naam.";

static const char *const words[] = {"Leerkring Groningen", "dinsdag 18 maart 2025",
    "Je hebt een plek", "Je staat op de lijst. Je hoeft niets meer te doen.",
    "Małgorzata van der Heijden", "IKC De Zeven Provinciën", "K7QM-2XRD",
    "Buurthuis De Brug, Voorbeeldstraat 1, Groningen", "Wanneer", "13.30 – 16.30 uur",
    "Deur open om 12.30 uur", "Waar", "Kun je niet? Laat het weten.",
    "Anouk de Wit · 06 12 34 56 78 · leerkringen@voorbeeld.example",
    "Code, als scannen niet lukt", at_the_door};

static struct {
    int people, threads;
    char folder[64];
    struct bw_ticket_list_person *persons;
    const struct bw_ticket_list_person **chosen;
    pthread_mutex_t lock;
    int next; /* guarded by lock */
} bench = {.people = PEOPLE, .lock = PTHREAD_MUTEX_INITIALIZER};

static void
die(const char *what)
{
    (void)fprintf(stderr, "tickets_bench: %s\n", what);
    exit(3);
}

static double
processor_s(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
folder_empty(void)
{
    DIR *folder = opendir(bench.folder);
    struct dirent *entry;
    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        if (entry->d_name[0] != '.') {
            (void)unlinkat(dirfd(folder), entry->d_name, 0);
        }
    }
    if (folder != NULL) {
        (void)closedir(folder);
    }
}

/* ---- ours ---- */

static void
ours(void)
{
    static const struct bw_session session = {.code = "S-1",
        .title = "Leerkring Groningen",
        .venue = "Buurthuis De Brug",
        .address = "Voorbeeldstraat 1, Groningen"};
    static const struct bw_when when = {
        .day = "dinsdag 18 maart 2025", .hours = "13.30 – 16.30 uur", .doors = "12.30"};
    static const struct bw_office_contact contact = {.contact = "Anouk de Wit",
        .phone = "06 12 34 56 78",
        .mail = "leerkringen@voorbeeld.example"};
    const struct bw_ticket_press_order order = {.session = &session,
        .when = &when,
        .contact = &contact,
        .as_of = "14 maart",
        .people = bench.chosen,
        .count = (size_t)bench.people,
        .book = "tickets.pdf",
        .sheets = "sheets.pdf",
        .threads = bench.threads};
    struct bw_output_set files = {.lock = -1};
    struct bw_error err;
    size_t placed = 0;
    if (bw_output_set_open(bench.folder, &files, &err) != BW_OK ||
        bw_ticket_press_run(&order, &files, &err) != BW_OK ||
        bw_output_set_commit(&files, &placed, &err) != BW_OK) {
        die(err.text);
    }
    bw_output_set_finish(&files);
}

/* ---- the libraries alone ---- */

static void
bare_page(cairo_t *cairo, const QRcode *code, int texts)
{
    cairo_set_source_rgb(cairo, 0, 0, 0);
    for (int i = 0; i < texts; i++) {
        PangoLayout *layout = pango_cairo_create_layout(cairo);
        PangoFontDescription *font =
            pango_font_description_from_string(i % 3 == 0   ? "Lato Heavy 4"
                                               : i % 3 == 1 ? "Lato Bold 3"
                                                            : "Lato Medium 3");
        pango_layout_set_font_description(layout, font);
        pango_font_description_free(font);
        pango_layout_set_width(layout, 90 * PANGO_SCALE);
        pango_layout_set_text(layout, words[i], -1);
        cairo_move_to(cairo, 5, 5 + i * 8);
        pango_cairo_show_layout(cairo, layout);
        g_object_unref(layout);
    }
    cairo_surface_t *modules =
        cairo_image_surface_create(CAIRO_FORMAT_A8, code->width, code->width);
    unsigned char *bytes = cairo_image_surface_get_data(modules);
    int stride = cairo_image_surface_get_stride(modules);
    for (int i = 0; i < code->width * code->width; i++) {
        bytes[i / code->width * stride + i % code->width] = code->data[i] & 1 ? 255 : 0;
    }
    cairo_surface_mark_dirty(modules);
    cairo_mask_surface(cairo, modules, 10, 60);
    cairo_surface_destroy(modules);
}

static QRcode *
bare_code(const char *text)
{
    return QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
}

static void
bare_svg(const QRcode *code, const char *path)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL) {
        die("a file can't be written");
    }
    (void)fputs("<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"", file);
    for (int i = 0; i < code->width * code->width; i++) {
        if (code->data[i] & 1) {
            (void)fprintf(file, "M%d %dh1v1h-1z", i % code->width, i / code->width);
        }
    }
    (void)fputs("\"/></svg>\n", file);
    (void)fclose(file);
}

static void
bare_person(int number)
{
    char path[128];
    QRcode *code = bare_code(bench.persons[number].text);
    if (code == NULL) {
        die("libqrencode makes no code");
    }
    (void)snprintf(path, sizeof path, "%s/%d.svg", bench.folder, number);
    bare_svg(code, path);
    cairo_surface_t *picture = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, PICTURE_WIDTH_PX, PICTURE_HEIGHT_PX);
    cairo_t *cairo = cairo_create(picture);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, PICTURE_WIDTH_PX / 100.0, PICTURE_WIDTH_PX / 100.0);
    bare_page(cairo, code, TEXTS_PHONE);
    (void)snprintf(path, sizeof path, "%s/%d.png", bench.folder, number);
    (void)cairo_surface_write_to_png(picture, path);
    cairo_destroy(cairo);
    cairo_surface_destroy(picture);
    (void)snprintf(path, sizeof path, "%s/%d.pdf", bench.folder, number);
    cairo_surface_t *pdf = cairo_pdf_surface_create(path, 100 * MM_PT, 178 * MM_PT);
    cairo = cairo_create(pdf);
    cairo_scale(cairo, MM_PT, MM_PT);
    bare_page(cairo, code, TEXTS_PHONE);
    cairo_show_page(cairo);
    bare_page(cairo, code, TEXTS_A6);
    cairo_show_page(cairo);
    cairo_destroy(cairo);
    cairo_surface_destroy(pdf);
    QRcode_free(code);
}

static void
bare_book(const char *name)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/%s.pdf", bench.folder, name);
    cairo_surface_t *pdf = cairo_pdf_surface_create(path, 105 * MM_PT, 148 * MM_PT);
    cairo_t *cairo = cairo_create(pdf);
    cairo_scale(cairo, MM_PT, MM_PT);
    for (int i = 0; i < bench.people; i++) {
        QRcode *code = bare_code(bench.persons[i].text);
        bare_page(cairo, code, TEXTS_A6);
        cairo_show_page(cairo);
        QRcode_free(code);
    }
    cairo_destroy(cairo);
    cairo_surface_destroy(pdf);
}

static void *
bare_work(void *context)
{
    (void)context;
    for (;;) {
        (void)pthread_mutex_lock(&bench.lock);
        int job = bench.next++;
        (void)pthread_mutex_unlock(&bench.lock);
        if (job >= bench.people + 2) {
            return NULL;
        }
        if (job < 2) {
            bare_book(job == 0 ? "book" : "sheets");
        } else {
            bare_person(job - 2);
        }
    }
}

static void
bare(void)
{
    pthread_t threads[THREADS_MAX];
    int started = 0;
    bench.next = 0;
    while (started < bench.threads &&
           pthread_create(&threads[started], NULL, bare_work, NULL) == 0) {
        started++;
    }
    for (int i = 0; i < started; i++) {
        (void)pthread_join(threads[i], NULL);
    }
}

/* ---- side by side ---- */

static double
measured_s(void (*make)(void))
{
    double before = processor_s();
    make();
    double used = processor_s() - before;
    folder_empty();
    return used;
}

static int
compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void
people_make(void)
{
    static const uint8_t secret[BW_SECRET_KEY_BYTES] = {1};
    static char texts[PEOPLE][BW_TICKET_TEXT_BYTES];
    bench.persons = calloc((size_t)bench.people, sizeof *bench.persons);
    bench.chosen = (const struct bw_ticket_list_person **)calloc(
        (size_t)bench.people, sizeof(const struct bw_ticket_list_person *));
    if (bench.persons == NULL || bench.chosen == NULL) {
        die("no memory");
    }
    for (int i = 0; i < bench.people; i++) {
        const struct bw_ticket ticket = {1, 1, (bw_code)i + 1, 0};
        bw_ticket_write(&ticket, secret, texts[i]);
        bench.persons[i] = (struct bw_ticket_list_person){.code = ticket.code,
            .first_name = "Małgorzata",
            .name = "van der Heijden",
            .school = "IKC De Zeven Provinciën",
            .table = "",
            .mail = "",
            .region = "",
            .text = texts[i]};
        bench.chosen[i] = &bench.persons[i];
    }
}

int
main(int argc, char **argv)
{
    bool quick = argc > 1 && strcmp(argv[1], "--quick") == 0;
    double mine[ROUNDS], theirs[ROUNDS];
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    bench.people = quick ? PEOPLE_QUICK : PEOPLE;
    bench.threads = processors < 1             ? 1
                    : processors > THREADS_MAX ? THREADS_MAX
                                               : (int)processors;
    (void)snprintf(bench.folder, sizeof bench.folder, "/tmp/tickets_bench.XXXXXX");
    if (bw_core_init(NULL) != BW_OK || bw_wording_open(NULL, NULL) != BW_OK ||
        mkdtemp(bench.folder) == NULL) {
        die("no folder for its files");
    }
    people_make();
    (void)measured_s(ours); /* fonts are found once a process */
    (void)measured_s(bare);
    for (int i = 0; i < ROUNDS; i++) {
        mine[i] = measured_s(ours);
        theirs[i] = measured_s(bare);
    }
    (void)rmdir(bench.folder);
    qsort(mine, ROUNDS, sizeof *mine, compare);
    qsort(theirs, ROUNDS, sizeof *theirs, compare);
    double ratio = mine[ROUNDS / 2] / theirs[ROUNDS / 2];
    printf("tickets of %d people, %d threads: %.2f ms of the processor each, bare "
           "libraries %.2f: %.2f (goal %.1f)\n",
        bench.people, bench.threads, 1e3 * mine[ROUNDS / 2] / bench.people,
        1e3 * theirs[ROUNDS / 2] / bench.people, ratio, GOAL);
    free(bench.persons);
    free((void *)bench.chosen);
    return quick || ratio <= GOAL ? 0 : 1;
}
