/* A file of one's own, for a name that is there is another evacuation's: see inside.h. */
#include "inside.h"

#include "app/input/stick.h"

#include <brugwachter/zone.h>
#include <fcntl.h>
#include <stdio.h>
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

static void
write_page(
    FILE *file, const struct bw_zone *zone, const struct bw_answer_list *list, int first)
{
    for (int i = 0; i < list->count; i++) {
        const struct bw_list_entry *entry = &list->entries[i];
        const char *name = entry->person.name;
        char since[16];
        tell_time(zone, entry->since_ms, since, sizeof since);
        (void)fprintf(file, "%d\t%s%s%s\t%s\t%s\n", first + i + 1,
            entry->person.first_name, name[0] != '\0' ? " " : "", name,
            entry->person.school, since);
    }
}

static enum bw_helper_outcome
begin(struct bw_inside *inside, const char *root, const struct bw_overview *overview,
    const struct bw_zone *zone, int64_t now_ms)
{
    char stick[BW_STICK_PATH_BYTES], iso[BW_ISO_BYTES];
    bw_inside_finish(inside);
    if (!bw_stick_find(root, stick)) {
        return BW_OUTCOME_NO_STICK;
    }
    inside->file = make_file(stick, zone, now_ms);
    if (inside->file == NULL) {
        return BW_OUTCOME_FAILED;
    }
    bw_zone_format_iso(zone, now_ms, iso);
    (void)fprintf(inside->file, "%s\n%s\n%s\n%d\n\n", overview->session.title,
        overview->session.venue, iso, overview->ledger.present);
    return BW_OUTCOME_DONE;
}

/* All of it is on the stick, or it failed. */
static enum bw_helper_outcome
end(struct bw_inside *inside)
{
    FILE *file = inside->file;
    inside->file = NULL;
    bool whole = fflush(file) == 0 && ferror(file) == 0 && fsync(fileno(file)) == 0;
    return fclose(file) == 0 && whole ? BW_OUTCOME_DONE : BW_OUTCOME_FAILED;
}

enum bw_helper_outcome
bw_inside_save(struct bw_inside *inside, const char *root,
    const struct bw_overview *overview, const struct bw_effect *effect, int64_t now_ms)
{
    struct bw_zone *zone = NULL;
    const char *name = overview->session.timezone;
    const struct bw_answer_list *list = &effect->answer->list;
    if (bw_zone_open(name[0] != '\0' ? name : "Europe/Amsterdam", &zone, NULL) != BW_OK) {
        return inside->outcome = BW_OUTCOME_FAILED;
    }
    if (effect->first == 0) {
        inside->outcome = begin(inside, root, overview, zone, now_ms);
    }
    if (inside->file != NULL) {
        write_page(inside->file, zone, list, effect->first);
        inside->outcome = effect->on ? end(inside) : BW_OUTCOME_DONE;
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
}
