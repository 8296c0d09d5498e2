/* Keys to sentences. */
#include "wording.h"

#include <brugwachter/text.h>
#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_BYTES = 96, VALUE_BYTES = BW_TITLE_BYTES };

struct bw_ui_wording {
    struct bw_ui_catalogues catalogues;
    char domains[BW_LANGUAGES_MAX][16 + BW_LANGUAGE_CODE_BYTES];
    enum bw_language language;
    struct bw_zone *zone;
    char zone_name[BW_LABEL_BYTES];
};

enum bw_status
bw_ui_wording_create(
    const char *locale_dir, struct bw_ui_wording **ret_wording, struct bw_error *err)
{
    struct bw_ui_catalogues catalogues;
    if (!bw_ui_catalogues_find(locale_dir, &catalogues)) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "looking for the screens' texts: no translation is installed in %s; install "
            "the program again",
            BW_LOCALE_DIR);
    }
    struct bw_ui_wording *wording = calloc(1, sizeof *wording);
    if (!wording) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "reading the texts: out of memory");
    }
    char all[BW_LANGUAGES_MAX * (BW_LANGUAGE_CODE_BYTES + 1)] = "";
    for (int i = 0; i < catalogues.count; i++) {
        size_t used = strlen(all);
        snprintf(
            all + used, sizeof all - used, "%s%s", i > 0 ? ":" : "", catalogues.codes[i]);
    }
    setenv("LANGUAGE", all, 1);
    setlocale(LC_ALL, "C.UTF-8");
    wording->catalogues = catalogues;
    for (int i = 0; i < catalogues.count; i++) {
        snprintf(wording->domains[i], sizeof wording->domains[i], "brugwachter-%s",
            catalogues.codes[i]);
        bindtextdomain(wording->domains[i], catalogues.dir);
        bind_textdomain_codeset(wording->domains[i], "UTF-8");
    }
    bindtextdomain(
        "libc", catalogues.dir); /* the journal is English, strerror's part too */
    bw_ui_wording_set_zone(wording, BW_ZONE_DEFAULT);
    *ret_wording = wording;
    return BW_OK;
}

void
bw_ui_wording_destroy(struct bw_ui_wording *wording)
{
    if (wording) {
        bw_zone_close(wording->zone);
        free(wording);
    }
}

void
bw_ui_wording_set_language(struct bw_ui_wording *wording, enum bw_language language)
{
    wording->language = (int)language < wording->catalogues.count ? language : BW_DUTCH;
}

int
bw_ui_wording_languages(const struct bw_ui_wording *wording)
{
    return wording->catalogues.count;
}

enum bw_language
bw_ui_wording_language(const struct bw_ui_wording *wording)
{
    return wording->language;
}

const char *
bw_ui_wording_code(const struct bw_ui_wording *wording, enum bw_language language)
{
    return wording->catalogues.codes[language];
}

const char *
bw_ui_wording_in(
    const struct bw_ui_wording *wording, enum bw_language language, const char *key)
{
    return dngettext(wording->domains[language], key, key, 2);
}

void
bw_ui_wording_set_zone(struct bw_ui_wording *wording, const char *timezone)
{
    struct bw_zone *zone = NULL;
    if (!*timezone || strcmp(wording->zone_name, timezone) == 0) {
        return;
    }
    if (bw_zone_open(timezone, &zone, NULL) == BW_OK) {
        bw_zone_close(wording->zone);
        wording->zone = zone;
        snprintf(wording->zone_name, sizeof wording->zone_name, "%s", timezone);
    }
}

static const char *
look_up(const struct bw_ui_wording *wording, const char *key, unsigned long n)
{
    return dngettext(wording->domains[wording->language], key, key, n);
}

bool
bw_ui_wording_has(const struct bw_ui_wording *wording, const char *key)
{
    return *key && strcmp(look_up(wording, key, 2), key) != 0;
}

/* Text of a key without values. */
static const char *
plain(const struct bw_ui_wording *wording, const char *prefix, int number)
{
    char key[KEY_BYTES];
    snprintf(key, sizeof key, "%s.%d", prefix, number);
    return look_up(wording, key, 2);
}

/* A form such as "<weekday> <day> <month> <year>" or "<hour>.<minute>", filled in. */
static void
put_date(const struct bw_ui_wording *wording, const char *form,
    const struct bw_civil *civil, char *ret_text, size_t capacity)
{
    char numbers[4][12];
    snprintf(numbers[0], sizeof numbers[0], "%d", civil->hour);
    snprintf(numbers[1], sizeof numbers[1], "%02d", civil->minute);
    snprintf(numbers[2], sizeof numbers[2], "%d", civil->day);
    snprintf(numbers[3], sizeof numbers[3], "%d", civil->year);
    const struct {
        const char *name, *text;
    } parts[] = {
        {"<hour>", numbers[0]},
        {"<minute>", numbers[1]},
        {"<day>", numbers[2]},
        {"<year>", numbers[3]},
        {"<weekday>", plain(wording, "day", civil->weekday)},
        {"<wd>", plain(wording, "wd", civil->weekday)},
        {"<month>", plain(wording, "month", civil->month)},
        {"<mon>", plain(wording, "mon", civil->month)},
    };
    size_t used = 0;
    ret_text[0] = '\0';
    while (*form && used + 1 < capacity) {
        size_t bytes = 1;
        const char *text = form;
        size_t length = 1;
        for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
            size_t name = strlen(parts[i].name);
            if (strncmp(form, parts[i].name, name) == 0) {
                bytes = name;
                text = parts[i].text;
                length = strlen(text);
            }
        }
        length = length < capacity - used - 1 ? length : capacity - used - 1;
        memcpy(ret_text + used, text, length);
        used += length;
        ret_text[used] = '\0';
        form += bytes;
    }
}

static bool
to_civil(const struct bw_ui_wording *wording, int64_t wall_ms, struct bw_civil *ret_civil)
{
    if (!wording->zone) {
        return false;
    }
    bw_zone_to_civil(wording->zone, wall_ms, ret_civil);
    return true;
}

void
bw_ui_wording_moment(struct bw_ui_wording *wording, enum bw_ui_moment moment,
    int64_t wall_ms, char *ret_text, size_t capacity)
{
    struct bw_civil civil;
    if (!to_civil(wording, wall_ms, &civil)) {
        snprintf(ret_text, capacity, "?");
        return;
    }
    static const char *const forms[] = {
        [BW_MOMENT_TIME] = "time.now",
        [BW_MOMENT_DATE] = "date.long",
        [BW_MOMENT_DAY_SHORT] = "date.day",
        [BW_MOMENT_DATE_SHORT] = "date.short",
        [BW_MOMENT_DAY] = "<day>",
        [BW_MOMENT_MONTH] = "<mon>",
        [BW_MOMENT_WEEKDAY_SHORT] = "<wd>",
        [BW_MOMENT_WEEKDAY] = "<weekday>",
    };
    put_date(wording, look_up(wording, forms[moment], 2), &civil, ret_text, capacity);
}

void
bw_ui_wording_clean(const char *text, char *ret_text, size_t capacity)
{
    char kept[BW_TEXT_CHARS_MOST * 4 + 1];
    snprintf(kept, sizeof kept, "%s", text);
    bw_text_defuse(kept, ' ');
    (void)bw_text_clean(kept, BW_TITLE_CHARS, kept);
    size_t length = strnlen(kept, capacity - 1);
    memcpy(ret_text, kept, length);
    ret_text[length] = '\0';
    bw_text_defuse(ret_text, '?'); /* half a character, where it was cut */
}

static bool
runs_right_to_left(const char *text)
{
    for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
        if ((*p >= 0xD6 && *p <= 0xDF) || (*p == 0xE0 && p[1] >= 0xA0 && p[1] <= 0xA3) ||
            (*p == 0xEF && p[1] >= 0xAC)) {
            return true;
        }
    }
    return false;
}

/* A person's text within a sentence;
 * first-strong isolate round one from right to left. */
static void
put_outside(const char *text, char *ret_text, size_t capacity)
{
    char clean[VALUE_BYTES];
    bw_ui_wording_clean(text, clean, sizeof clean);
    bool isolate = runs_right_to_left(clean);
    snprintf(ret_text, capacity, "%s%s%s", isolate ? "\xE2\x81\xA8" : "", clean,
        isolate ? "\xE2\x81\xA9" : "");
}

struct value_text {
    const char *name;
    size_t offset;
};

#define TEXT_VALUE(name, field)                                                          \
    {                                                                                    \
        name, offsetof(struct bw_values, field)                                          \
    }
static const struct value_text text_values[] = {
    TEXT_VALUE("name", name),
    TEXT_VALUE("name2", name2),
    TEXT_VALUE("place", place),
    TEXT_VALUE("desk", desk),
    TEXT_VALUE("kind", kind),
    TEXT_VALUE("id", id),
    TEXT_VALUE("zuil", id),
    TEXT_VALUE("kiosk", id),
    TEXT_VALUE("organisatie", name),
    TEXT_VALUE("organisation", name),
    TEXT_VALUE("x", x),
    TEXT_VALUE("phone", phone),
    TEXT_VALUE("audience", audience),
    TEXT_VALUE("region", place),
};

#define NUMBER_VALUE(name)                                                               \
    {                                                                                    \
#name, offsetof(struct bw_values, name)                                          \
    }
static const struct value_text number_values[] = {
    NUMBER_VALUE(n),
    NUMBER_VALUE(m),
    NUMBER_VALUE(cap),
    NUMBER_VALUE(e),
    NUMBER_VALUE(f),
    NUMBER_VALUE(p),
    NUMBER_VALUE(w),
    NUMBER_VALUE(a),
    NUMBER_VALUE(b),
};

/* Words of the session that the catalogue may translate: "kind.leerkring". */
static bool
put_word(struct bw_ui_wording *wording, const char *name, const char *value,
    char *ret_text, size_t capacity)
{
    char key[KEY_BYTES + BW_NAME_BYTES];
    bool has_own_words = strcmp(name, "kind") == 0 || strcmp(name, "audience") == 0;
    if (strcmp(name, "desk") == 0 && !*value) {
        snprintf(key, sizeof key, "desk");
    } else if (has_own_words) {
        snprintf(key, sizeof key, "%s.%s", name, *value ? value : "none");
    } else {
        return false;
    }
    if (!bw_ui_wording_has(wording, key)) {
        return false;
    }
    snprintf(ret_text, capacity, "%s", look_up(wording, key, 2));
    return true;
}

static void
put_value(struct bw_ui_wording *wording, const char *name, const struct bw_values *values,
    char *ret_text, size_t capacity)
{
    const char *base = (const char *)values;
    for (size_t i = 0; i < sizeof text_values / sizeof text_values[0]; i++) {
        if (strcmp(name, text_values[i].name) == 0) {
            const char *value = base + text_values[i].offset;
            if (!put_word(wording, name, value, ret_text, capacity)) {
                put_outside(value, ret_text, capacity);
            }
            return;
        }
    }
    for (size_t i = 0; i < sizeof number_values / sizeof number_values[0]; i++) {
        if (strcmp(name, number_values[i].name) == 0) {
            long number;
            memcpy(&number, base + number_values[i].offset, sizeof number);
            snprintf(ret_text, capacity, "%ld", number);
            return;
        }
    }
    if (strcmp(name, "t") == 0) {
        snprintf(ret_text, capacity, "%ld:%02ld", values->t_s / 60, values->t_s % 60);
    } else if (strcmp(name, "time") == 0 && values->time_ms == 0) {
        snprintf(ret_text, capacity, "?"); /* a suspect clock's, or nobody's */
    } else if (strcmp(name, "time") == 0) {
        bw_ui_wording_moment(
            wording, BW_MOMENT_TIME, values->time_ms, ret_text, capacity);
    } else if (strcmp(name, "day") == 0) {
        bw_ui_wording_moment(
            wording, BW_MOMENT_DAY_SHORT, values->time_ms, ret_text, capacity);
    } else if (strcmp(name, "date") == 0) {
        bw_ui_wording_moment(
            wording, BW_MOMENT_DATE, values->date_ms, ret_text, capacity);
    } else {
        snprintf(ret_text, capacity, "{%s}", name);
    }
}

/* Plural texts choose by n, or by m where the text has no {n}. */
static const char *
choose(
    const struct bw_ui_wording *wording, const char *key, const struct bw_values *values)
{
    const char *many = look_up(wording, key, 2);
    bool by_m = !strstr(many, "{n}") && strstr(many, "{m}");
    long count = by_m ? values->m : values->n;
    return look_up(wording, key, count < 0 ? 0 : (unsigned long)count);
}

void
bw_ui_wording_say(struct bw_ui_wording *wording, const char *key,
    const struct bw_values *values, char *ret_text, size_t capacity)
{
    static const struct bw_values none;
    const struct bw_values *from = values ? values : &none;
    const char *text = *key ? choose(wording, key, from) : "";
    size_t used = 0;
    while (*text && used + 1 < capacity) {
        char name[16];
        char value[VALUE_BYTES + 16];
        int bytes = 0;
        if (*text != '{' || sscanf(text, "{%15[a-z0-9]}%n", name, &bytes) != 1 ||
            !bytes) {
            ret_text[used++] = *text++;
            continue;
        }
        put_value(wording, name, from, value, sizeof value);
        size_t more = strnlen(value, capacity - used - 1);
        memcpy(ret_text + used, value, more);
        used += more;
        text += bytes;
    }
    ret_text[used] = '\0';
}
