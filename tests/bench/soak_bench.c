/* A day and a night at one door: scans by the tens of thousands over 24 simulated hours,
 * through the real flow, the real desk (its store on the disk) and the real screens,
 * drawn off-screen, all in one process. What the process holds in memory is told on the
 * way; it must not grow.
 *
 *   soak_bench [SCANS [GROWTH]]
 *
 * The first quarter is the warm-up: every kind of visitor, every screen and size of
 * letter, the agenda before the doors, and a log longer than the store's cache. Memory is
 * then what it has to be. Exit status 1: what is resident, or what is in use of it, grew
 * to more than GROWTH of that, 1.02 unless said otherwise. */
#include "tests/die.h"
#include "tests/flow/day.h"
#include "tests/golden/frame.h"
#include "ui/ui.h"

#include <inttypes.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    PEOPLE = 64,
    CAPACITY = 50,
    SCANS = 100000,
    COLD = 1000, /* scans, after which the first look is taken */
    LEAST = 4 * COLD,
    MARKS = 5,
    PASTIME_EVERY = 50, /* scans between two that do something else */
    AGENDA_EVERY = 16,  /* of those, one is leaving it alone */
    UNDO_EVERY = 50,    /* staff take somebody's check-in back */
    PICTURE_EVERY = 5,  /* frames of the camera that are drawn too */
    AGENDA_MS = 181000, /* untouched for so long, and the agenda comes */
    DAY_HOURS = 24,
    HOUR_MS = 60 * 60 * 1000,
};
static const double growth_most = 1.02;

struct mark {
    long scans;
    double rss_mb, heap_mb;
};

struct soak {
    struct door_day day;
    struct bw_ui *ui;
    struct bw_ui_camera_frame picture;
    int64_t ends_ms;
    long scans, done, drawn, verdicts[BW_VERDICT_NO_AUDIENCE + 1];
    int marks_count;
    struct mark marks[MARKS];
};

/* ---- the house ---- */

static void
put_people(struct soak *soak)
{
    static const char *const first[] = {
        "Fatima", "Jan", "Łukasz", "Søren", "محمد", "Αλέξανδρος", "Наталья", "דוד"};
    static const char *const last[] = {"el Amrani", "de Vries-van den Berg", "Wójcik",
        "Ångström", "العربي", "Παπαδόπουλος", "Петрова", "כהן", "Yılmaz", "Bakker"};
    struct fixture *fixture = &soak->day.fx;
    for (int i = 0; i < PEOPLE; i++) {
        char code[BW_CODE_BYTES];
        bw_code_format(fixture_code(i), code);
        enum bw_registration_status status = i % 16 == 1   ? BW_CANCELLED
                                             : i % 16 == 3 ? BW_BLOCKED
                                             : i % 8 == 5  ? BW_WAITLISTED
                                                           : BW_CONFIRMED;
        fixture_person(
            fixture, code, first[i % 8], last[i % 10], status, (uint8_t)(i % 5 == 0));
    }
    for (int i = PEOPLE; i < PEOPLE + 8; i++) {
        char code[BW_CODE_BYTES];
        bw_code_format(fixture_code(i), code);
        fixture_sealed(fixture, code, first[i % 8], last[i % 10], BW_CONFIRMED, 0);
    }
}

static void
put_agenda(const struct soak *soak)
{
    struct bw_agenda_item agenda[6] = {0};
    for (int i = 0; i < 6; i++) {
        struct bw_agenda_item *item = &agenda[i];
        item->starts_ms = soak->ends_ms + (i + 1) * HOUR_MS;
        item->ends_ms = soak->ends_ms + (i + 2) * HOUR_MS;
        (void)strcpy(item->kind, "vragenuur");
        (void)snprintf(item->title, sizeof item->title, "Digitaal vragenuur %d", i);
        (void)snprintf(item->url, sizeof item->url, "https://voorbeeld.example/%d", i);
    }
    fixture_agenda(&soak->day.fx, agenda, 6);
}

/* Six in the morning: doors at seven, the end at three at night, then off hours. */
static void
open_house(struct soak *soak, long scans)
{
    struct bw_error err = {0};
    static const struct bw_ui_options panel = {
        .offscreen = true, .width_px = 1024, .height_px = 600, .width_mm = 223};
    soak->scans = scans;
    day_create(&soak->day, CAPACITY, 0, true);
    struct fixture *fixture = &soak->day.fx;
    fixture->session.starts_ms -= 5 * HOUR_MS + HOUR_MS / 2;
    fixture->session.ends_ms = fixture->session.starts_ms + 19 * (int64_t)HOUR_MS;
    (void)strcpy(fixture->session.go_to, "de grote zaal");
    fixture->at.wall_ms = fixture->session.starts_ms - 2 * HOUR_MS;
    fixture_put_session(fixture);
    soak->ends_ms = fixture->at.wall_ms + DAY_HOURS * (int64_t)HOUR_MS;
    put_people(soak);
    put_agenda(soak);
    if (bw_ui_create(&panel, &soak->ui, &err) != BW_OK) {
        (void)fprintf(stderr, "soak bench: %s\n", err.text);
        exit(3);
    }
    soak->picture = test_picture();
    day_open(&soak->day, NULL);
    while (bw_ui_warm(soak->ui)) {
    }
}

/* ---- what happens there ---- */

static void
draw(struct soak *soak)
{
    struct bw_ui_drawn drawn;
    bool framed = soak->drawn++ % PICTURE_EVERY == 0;
    bw_ui_draw(soak->ui, &soak->day.view, framed ? &soak->picture : NULL, &drawn);
}

static void
touch(struct soak *soak, enum bw_action action, int index)
{
    day_touch(&soak->day, action, index);
    draw(soak);
}

static void
pass(struct soak *soak, int64_t ms)
{
    day_pass(&soak->day, ms);
    draw(soak);
}

static void
write_text(struct soak *soak, const char *text)
{
    for (; *text != '\0'; text++) {
        touch(soak, BW_ACTION_KEY, *text);
    }
}

static void
sign_in(struct soak *soak)
{
    touch(soak, BW_ACTION_DONE, 0);
    day_unlock(&soak->day);
    draw(soak);
}

static void
look_at_the_list(struct soak *soak)
{
    sign_in(soak);
    for (int tab = 0; tab < 3; tab++) {
        touch(soak, BW_ACTION_TAB, tab);
    }
    touch(soak, BW_ACTION_STAFF_SEARCH, 0);
    write_text(soak, roll(2) == 0 ? "an" : "lu");
    touch(soak, BW_ACTION_ROW_MORE, 0);
    pass(soak, 2000);
    touch(soak, BW_ACTION_STAFF_SEARCH, 0);
    write_text(soak, "zzz"); /* nobody: a screen too */
    pass(soak, 2000);
    touch(soak, BW_ACTION_LOCK, 0);
}

static void
look_at_the_kiosk(struct soak *soak)
{
    sign_in(soak);
    touch(soak, BW_ACTION_KIOSK, 0);
    touch(soak, BW_ACTION_EVACUATE, 0);
    touch(soak, BW_ACTION_LOCK, 0);
}

static void
search(struct soak *soak)
{
    static const char *const names[] = {"fatima am", "jan vri", "soren ang", "zzz zz"};
    touch(soak, BW_ACTION_DONE, 0);
    touch(soak, BW_ACTION_FIND, 0);
    write_text(soak, names[roll(4)]);
    pass(soak, 700);
    touch(soak, BW_ACTION_CANCEL, 0);
    touch(soak, BW_ACTION_BACK, 0);
}

static void
other_language(struct soak *soak)
{
    char said[4096];
    touch(soak, BW_ACTION_LANGUAGE, 0);
    touch(soak, BW_ACTION_LARGER, 0);
    (void)bw_ui_read_aloud(soak->ui, &soak->day.view, false, said, sizeof said);
    pass(soak, 1000);
}

static void
agenda(struct soak *soak)
{
    struct bw_stimulus motion = {.kind = BW_STIMULUS_MOTION};
    pass(soak, AGENDA_MS);
    (void)malloc_trim(0); /* as the kiosk does, when nothing was heard for long */
    day_step(&soak->day, &motion);
    draw(soak);
}

static void
undo(struct soak *soak)
{
    struct bw_command command;
    struct bw_answer answer;
    bw_command_init(&command, BW_COMMAND_UNDO);
    command.operated_by = BW_OPERATOR_STAFF;
    command.undo.code = fixture_code((int)roll(PEOPLE));
    bw_desk_run(soak->day.desk, &command, &answer);
    bw_answer_finish(&answer);
}

/* Each of the roster once in a while, guests, tickets of nobody, and other codes. */
static void
scan(struct soak *soak)
{
    char text[BW_TICKET_TEXT_BYTES + 40];
    int who = (int)roll(PEOPLE + 12); /* the last four are on no list */
    uint32_t session = who >= PEOPLE ? FIXTURE_ELSEWHERE : FIXTURE_SESSION;
    fixture_ticket(&soak->day.fx, session, fixture_code(who), (uint8_t)roll(2), text);
    switch (roll(10)) {
    case 0:
        text[20] = text[20] == 'A' ? 'B' : 'A'; /* forged */
        break;
    case 1:
        (void)snprintf(text, sizeof text, "https://voorbeeld.example/%u", roll(100000));
        break;
    }
    day_show(&soak->day, text);
    if (soak->day.view.screen == BW_SCREEN_RESULT) {
        soak->verdicts[soak->day.view.result.verdict]++;
    }
    draw(soak);
}

static void
pastime(struct soak *soak)
{
    static void (*const pastimes[])(struct soak *) = {
        look_at_the_list, search, other_language, look_at_the_kiosk};
    long number = soak->done / PASTIME_EVERY;
    if (number % AGENDA_EVERY == AGENDA_EVERY - 1) {
        agenda(soak);
    } else {
        pastimes[number % 4](soak);
    }
}

/* ---- the measure ---- */

static double
rss_mb(void)
{
    long pages = 0, resident = 0;
    FILE *statm = fopen("/proc/self/statm", "re");
    if (statm == NULL || fscanf(statm, "%ld %ld", &pages, &resident) != 2) {
        resident = 0;
    }
    if (statm != NULL) {
        (void)fclose(statm);
    }
    return (double)resident * (double)sysconf(_SC_PAGESIZE) / 1e6;
}

static void
take_mark(struct soak *soak)
{
    (void)malloc_trim(0); /* as at rest */
    struct mallinfo2 heap = mallinfo2();
    struct mark *mark = &soak->marks[soak->marks_count++];
    *mark = (struct mark){.scans = soak->done,
        .rss_mb = rss_mb(),
        .heap_mb = (double)(heap.uordblks + heap.hblkhd) / 1e6};
    int64_t left_ms = soak->ends_ms - soak->day.fx.at.wall_ms;
    printf("%7ld scans  %4.1f h   resident %6.2f MB   in use %6.2f MB\n", mark->scans,
        DAY_HOURS - (double)left_ms / HOUR_MS, mark->rss_mb, mark->heap_mb);
    (void)fflush(stdout);
}

static bool
is_mark(const struct soak *soak)
{
    return soak->done == COLD || soak->done % (soak->scans / 4) == 0;
}

static void
run(struct soak *soak)
{
    while (soak->done < soak->scans) {
        scan(soak);
        soak->done++;
        if (soak->done % UNDO_EVERY == 0) {
            undo(soak);
        }
        if (soak->done % PASTIME_EVERY == 0) {
            pastime(soak);
        }
        int64_t left_ms = soak->ends_ms - soak->day.fx.at.wall_ms;
        long left = soak->scans - soak->done;
        pass(soak, left > 0 && left_ms > left ? left_ms / left : left_ms > 0 ? 1 : 0);
        if (is_mark(soak)) {
            take_mark(soak);
        }
    }
}

/* True where neither what is resident nor what is in use grew beyond the goal. */
static bool
tell(const struct soak *soak, double most)
{
    for (int i = 0; i <= BW_VERDICT_NO_AUDIENCE; i++) {
        if (soak->verdicts[i] > 0) {
            printf("%s %ld  ", bw_verdict_name((enum bw_verdict)i), soak->verdicts[i]);
        }
    }
    const struct mark *first = soak->marks, *last = &soak->marks[soak->marks_count - 1];
    while (first->scans < soak->scans / 4) {
        first++;
    }
    double resident = last->rss_mb / first->rss_mb;
    /* a sanitizer's memory isn't the library's, which then knows of none */
    double in_use = first->heap_mb > 0 ? last->heap_mb / first->heap_mb : 1;
    printf("\n%ld pictures; resident %.3f of the warm kiosk's, in use %.3f (goal %.2f)\n",
        soak->drawn, resident, in_use, most);
    return resident <= most && in_use <= most;
}

int
main(int argc, char **argv)
{
    static struct soak soak;
    long scans = argc > 1 ? strtol(argv[1], NULL, 10) : SCANS;
    double most = argc > 2 ? strtod(argv[2], NULL) : growth_most;
    if (scans < LEAST || most < 1) {
        (void)fprintf(stderr, "soak bench: at least %d scans\n", LEAST);
        return 2;
    }
    (void)mallopt(M_MMAP_THRESHOLD, 16 * 1024); /* as the kiosk does */
    open_house(&soak, scans);
    run(&soak);
    bool held = tell(&soak, most);
    bw_ui_destroy(soak.ui);
    day_destroy(&soak.day);
    return held ? 0 : 1;
}
