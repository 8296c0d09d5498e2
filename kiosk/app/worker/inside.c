/* A file of one's own, for a name that is there is another evacuation's: see inside.h. */
#include "inside.h"

#include "app/input/stick.h"

#include <brugwachter/zone.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
tell_time(const struct bw_zone *zone, int64_t wall_ms, char *ret_text, size_t capacity)
{
    struct bw_civil at;
    ret_text[0] = '\0';
    if (wall_ms > 0) {
        bw_zone_to_civil(zone, wall_ms, &at);
        (void)snprintf(ret_text, capacity, "%02d.%02d", at.hour, at.minute);
    }
}

static FILE *
make_file(const char *stick, const struct bw_zone *zone, int64_t now_ms)
{
    char path[BW_STICK_PATH_BYTES + 64];
    struct bw_civil at;
    bw_zone_to_civil(zone, now_ms, &at);
    for (int again = 0; again < 100; again++) {
        char number[16] = "";
        if (again > 0) {
            (void)snprintf(number, sizeof number, "-%d", again + 1);
        }
        (void)snprintf(path, sizeof path, "%s/inside-%04d%02d%02d-%02d%02d%s.txt", stick,
            at.year, at.month, at.day, at.hour, at.minute, number);
        int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (fd >= 0) {
            return fdopen(fd, "w");
        }
    }
    return NULL;
}

enum { NAME_COLUMNS = 34, SCHOOL_COLUMNS = 34 };

/* Filled up with blanks, or cut, to that many letters; returns its bytes. */
static int
to_columns(const char *utf8, int columns, char ret_text[4 * NAME_COLUMNS + 1])
{
    int have = 0, bytes = 0;
    for (; utf8[bytes] != '\0'; bytes++) {
        bool begins = ((unsigned char)utf8[bytes] & 0xc0) != 0x80;
        if ((begins && have == columns) || bytes == 4 * columns) {
            break;
        }
        have += begins;
        ret_text[bytes] = utf8[bytes];
    }
    for (; have < columns && bytes < 4 * columns; have++) {
        ret_text[bytes++] = ' ';
    }
    ret_text[bytes] = '\0';
    return bytes;
}

/* Where everybody meets outside, somebody ticks them off. */
static void
print_row(FILE *file, int number, const char *name, const char *school, const char *since)
{
    char columns[2][4 * NAME_COLUMNS + 1];
    (void)to_columns(name, NAME_COLUMNS, columns[0]);
    (void)to_columns(school, SCHOOL_COLUMNS, columns[1]);
    (void)fprintf(file, "[ ] %4d  %s %s %s\n", number, columns[0], columns[1], since);
}

static void
write_page(FILE *file, bool prints, const struct bw_zone *zone,
    const struct bw_answer_list *list, int first)
{
    for (int i = 0; i < list->count; i++) {
        const struct bw_list_entry *entry = &list->entries[i];
        const char *last = entry->person.name;
        char since[16], name[2 * BW_NAME_BYTES];
        tell_time(zone, entry->since_ms, since, sizeof since);
        (void)snprintf(name, sizeof name, "%s%s%s", entry->person.first_name,
            last[0] != '\0' ? " " : "", last);
        if (prints) {
            print_row(file, first + i + 1, name, entry->person.school, since);
        } else {
            (void)fprintf(file, "%d\t%s\t%s\t%s\n", first + i + 1, name,
                entry->person.school, since);
        }
    }
}

static enum bw_helper_outcome
begin(struct bw_inside *inside, bool prints, const char *root,
    const struct bw_overview *overview, const struct bw_zone *zone, int64_t now_ms)
{
    char stick[BW_STICK_PATH_BYTES], iso[BW_ISO_BYTES];
    bw_inside_finish(inside);
    if (!prints && !bw_stick_find(root, stick)) {
        return BW_OUTCOME_NO_STICK;
    }
    inside->file = prints ? open_memstream(&inside->text, &inside->text_bytes)
                          : make_file(stick, zone, now_ms);
    if (inside->file == NULL) {
        return BW_OUTCOME_FAILED;
    }
    bw_zone_format_iso(zone, now_ms, iso);
    (void)fprintf(inside->file, "%s\n%s\n%s\n%d\n\n", overview->session.title,
        overview->session.venue, iso, overview->ledger.present);
    return BW_OUTCOME_DONE;
}

/* All of it is on the stick, or in the text, or it failed. */
static enum bw_helper_outcome
end(struct bw_inside *inside, bool prints)
{
    FILE *file = inside->file;
    inside->file = NULL;
    bool whole =
        fflush(file) == 0 && ferror(file) == 0 && (prints || fsync(fileno(file)) == 0);
    return fclose(file) == 0 && whole ? BW_OUTCOME_DONE : BW_OUTCOME_FAILED;
}

enum bw_helper_outcome
bw_inside_save(struct bw_inside *inside, const char *root,
    const struct bw_overview *overview, const struct bw_effect *effect, int64_t now_ms)
{
    struct bw_zone *zone = NULL;
    bool prints = effect->helper == BW_HELPER_LIST;
    const char *name = overview->session.timezone;
    const struct bw_answer_list *list = &effect->answer->list;
    if (bw_zone_open(name[0] != '\0' ? name : "Europe/Amsterdam", &zone, NULL) != BW_OK) {
        return inside->outcome = BW_OUTCOME_FAILED;
    }
    if (effect->first == 0) {
        inside->outcome = begin(inside, prints, root, overview, zone, now_ms);
    }
    if (inside->file != NULL) {
        write_page(inside->file, prints, zone, list, effect->first);
        inside->outcome = effect->on ? end(inside, prints) : BW_OUTCOME_DONE;
    }
    bw_zone_close(zone);
    return inside->outcome;
}

void
bw_inside_finish(struct bw_inside *inside)
{
    if (inside != NULL && inside->file != NULL) {
        (void)fclose(inside->file);
        inside->file = NULL;
    }
    if (inside != NULL && inside->text != NULL) {
        explicit_bzero(inside->text, inside->text_bytes);
        free(inside->text);
        inside->text = NULL;
    }
}
