/* Times as forms write them: see form_time.h.
 *
 * Read by hand: a scanner over the text that each piece moves on. 10/2/2025 is October in
 * one country and February in another: whoever reads a file says which. */
#include "office/import/read/form_time.h"

#include "office/table/cell_text.h"

#include <brugwachter/said.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { NO_OFFSET = 100000, MINUTE_MS = 60 * 1000, OFFSET_MINUTES_MAX = 14 * 60 };

struct zone_name {
    const char *name;
    int minutes;
};

/* What Google Forms puts behind a European time. */
static const struct zone_name zone_names[] = {{"GMT", 0}, {"UTC", 0}, {"Z", 0},
    {"WET", 0}, {"CET", 60}, {"MEZ", 60}, {"WEST", 60}, {"BST", 60}, {"CEST", 120},
    {"MESZ", 120}, {"EET", 120}, {"EEST", 180}};

static void
skip_blanks(const char **at)
{
    while (**at == ' ') {
        (*at)++;
    }
}

static bool
read_number(const char **at, int digits_min, int digits_max, int *ret_number)
{
    int digits = 0;
    int number = 0;
    while (digits < digits_max && isdigit((unsigned char)**at) != 0) {
        number = number * 10 + (**at - '0');
        (*at)++;
        digits++;
    }
    *ret_number = number;
    return digits >= digits_min && isdigit((unsigned char)**at) == 0;
}

static bool
skip_char(const char **at, char c)
{
    if (**at != c) {
        return false;
    }
    (*at)++;
    return true;
}

/* How a text is to be read, and what was found on the way. */
struct time_reading {
    bool wide; /* other people's ways too */
    enum bw_date_order order;
    enum bw_time_fault fault; /* why it isn't read */
};

/* A month by its name: 1 to 12; 0: it is none. */
static int
month_of(const char *word, size_t length)
{
    static const char *const names[] = {"januari january", "februari february",
        "maart march mrt", "april", "mei may", "juni june", "juli july",
        "augustus august", "september sept", "oktober october", "november", "december"};
    enum { SHORT = 3 };
    for (int i = 0; length >= SHORT && i < 12; i++) {
        for (const char *name = names[i]; *name != '\0';) {
            size_t whole = strcspn(name, " ");
            if ((length == whole || length == SHORT) &&
                strncasecmp(name, word, length) == 0) {
                return i + 1;
            }
            name += whole + strspn(name + whole, " ");
        }
    }
    return 0;
}

static size_t
word_length(const char *at)
{
    size_t length = 0;
    while (isalpha((unsigned char)at[length]) != 0) {
        length++;
    }
    return length;
}

static void
skip_marks(const char **at)
{
    *at += strspn(*at, " .,-");
}

/* "ma", "maandag", "Mon," */
static void
skip_weekday(const char **at)
{
    static const char *const days[] = {"ma", "di", "wo", "do", "vr", "za", "zo", "mo",
        "tu", "we", "th", "fr", "sa", "su"};
    size_t length = word_length(*at);
    for (size_t i = 0; length >= 2 && i < sizeof days / sizeof days[0]; i++) {
        if (strncasecmp(*at, days[i], 2) == 0 && month_of(*at, length) == 0) {
            *at += length;
            skip_marks(at);
            return;
        }
    }
}

/* A month by its name, and the marks behind it. */
static bool
take_month(const char **at, struct bw_civil *civil)
{
    size_t length = word_length(*at);
    civil->month = month_of(*at, length);
    *at += length;
    skip_marks(at);
    return civil->month > 0;
}

static bool
take_year(const char **at, struct time_reading *reading, struct bw_civil *civil)
{
    const char *start = *at;
    if (read_number(at, 4, 4, &civil->year)) {
        return true;
    }
    *at = start;
    if (read_number(at, 2, 2, &civil->year)) {
        reading->fault = BW_TIME_SHORT_YEAR;
    }
    return false;
}

/* Behind a first number that the year isn't: "-2-2025", " feb 2025", "/2/2025". */
static bool
take_rest(const char **at, struct time_reading *reading, struct bw_civil *civil)
{
    char mark = **at;
    const char *next = *at + strspn(*at, " .-");
    if (reading->wide && isalpha((unsigned char)*next) != 0) {
        *at = next;
        return take_month(at, civil) && take_year(at, reading, civil);
    }
    if (mark != '-' && !(reading->wide && (mark == '.' || mark == '/'))) {
        return false;
    }
    (*at)++;
    if (!read_number(at, 1, 2, &civil->month) || !skip_char(at, mark) ||
        !take_year(at, reading, civil)) {
        return false;
    }
    if (mark == '/' && reading->order == BW_DATE_UNSAID && civil->day != civil->month) {
        reading->fault = BW_TIME_AMBIGUOUS;
        return false;
    }
    if (reading->order == BW_DATE_MDY) {
        int day = civil->month;
        civil->month = civil->day;
        civil->day = day;
    }
    return true;
}

/* 2025/02/10, 2025-02-10, 10-02-2025 or 10-2-2025; where it is wide also with the
 * month's name, and the others in `order`. */
static bool
take_date(const char **at, struct time_reading *reading, struct bw_civil *civil)
{
    if (reading->wide) {
        skip_weekday(at);
    }
    const char *start = *at;
    if (reading->wide && isalpha((unsigned char)**at) != 0) {
        if (!take_month(at, civil) || !read_number(at, 1, 2, &civil->day)) {
            return false;
        }
        skip_marks(at);
        return take_year(at, reading, civil);
    }
    if (read_number(at, 4, 4, &civil->year) && (**at == '/' || **at == '-')) {
        char mark = **at;
        (*at)++;
        return read_number(at, 1, 2, &civil->month) && skip_char(at, mark) &&
               read_number(at, 1, 2, &civil->day);
    }
    *at = start;
    return read_number(at, 1, 2, &civil->day) && take_rest(at, reading, civil);
}

/* AM, a.m., PM, p.m.; nothing is fine too. False where the hour doesn't fit it. */
static bool
take_half(const char **at, struct bw_civil *civil)
{
    char half = (char)tolower((unsigned char)**at);
    const char *next = *at + 1;
    if (half != 'a' && half != 'p') {
        return true;
    }
    (void)skip_char(&next, '.');
    skip_blanks(&next);
    if (tolower((unsigned char)*next) != 'm') {
        return true;
    }
    next++;
    (void)skip_char(&next, '.');
    *at = next;
    if (civil->hour < 1 || civil->hour > 12) {
        return false;
    }
    civil->hour = civil->hour % 12 + (half == 'p' ? 12 : 0);
    return true;
}

static bool
take_clock(const char **at, bool wide, struct bw_civil *civil)
{
    if (!read_number(at, 1, 2, &civil->hour)) {
        return false;
    }
    char mark = wide && **at == '.' ? '.' : ':';
    if (!skip_char(at, mark) || !read_number(at, 2, 2, &civil->minute)) {
        return false;
    }
    if (skip_char(at, mark) && !read_number(at, 2, 2, &civil->second)) {
        return false;
    }
    if (skip_char(at, '.')) { /* fractions order nobody */
        int ignored;
        if (!read_number(at, 1, 9, &ignored)) {
            return false;
        }
    }
    skip_blanks(at);
    if (wide && strcasecmp(*at, "uur") == 0) { /* 9.20 uur */
        *at += 3;
    }
    return take_half(at, civil);
}

/* +1, +01:00, -0530 */
static bool
take_offset(const char **at, int *ret_minutes)
{
    int sign = **at == '-' ? -1 : 1;
    int hours = 0;
    int minutes = 0;
    if (**at != '+' && **at != '-') {
        return false;
    }
    (*at)++;
    const char *start = *at;
    if (read_number(at, 4, 4, &hours)) {
        minutes = hours % 100;
        hours /= 100;
    } else {
        *at = start;
        if (!read_number(at, 1, 2, &hours) ||
            (skip_char(at, ':') && !read_number(at, 2, 2, &minutes))) {
            return false;
        }
    }
    *ret_minutes = sign * (hours * 60 + minutes);
    return minutes < 60 && hours * 60 + minutes <= OFFSET_MINUTES_MAX;
}

/* Nothing, a name, an offset, or both as in GMT+1. */
static bool
take_zone(const char **at, int *ret_minutes)
{
    *ret_minutes = NO_OFFSET;
    skip_blanks(at);
    size_t length = strcspn(*at, "+- ");
    bool named = length > 0;
    for (size_t i = 0; named && i < sizeof zone_names / sizeof zone_names[0]; i++) {
        if (strlen(zone_names[i].name) == length &&
            strncasecmp(zone_names[i].name, *at, length) == 0) {
            *ret_minutes = zone_names[i].minutes;
        }
    }
    if (named && *ret_minutes == NO_OFFSET) {
        return false;
    }
    *at += length;
    if (**at == '+' || **at == '-') {
        int minutes = 0;
        if ((named && *ret_minutes != 0) || !take_offset(at, &minutes)) {
            return false;
        }
        *ret_minutes = minutes;
    }
    skip_blanks(at);
    return **at == '\0';
}

/* Days since 1970 of the proleptic Gregorian calendar
 * (Howard Hinnant, days_from_civil). */
static int64_t
days_of(const struct bw_civil *civil)
{
    int64_t year = civil->year - (civil->month <= 2);
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t month = (civil->month + 9) % 12;
    int64_t of_year = (153 * month + 2) / 5 + civil->day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static enum bw_time_fault
resolve(const struct bw_civil *civil, int offset, const struct bw_zone *zone,
    int64_t *ret_wall_ms)
{
    if (offset != NO_OFFSET) {
        int64_t minutes =
            (days_of(civil) * 24 + civil->hour) * 60 + civil->minute - offset;
        *ret_wall_ms = minutes * MINUTE_MS + civil->second * 1000;
        return BW_TIME_FINE;
    }
    switch (bw_zone_from_civil(zone, civil, ret_wall_ms)) {
    case BW_CIVIL_ONE:
        return BW_TIME_FINE;
    case BW_CIVIL_NONE:
        return BW_TIME_NONE;
    case BW_CIVIL_DOUBLE:
        return BW_TIME_DOUBLE;
    }
    return BW_TIME_UNKNOWN;
}

enum bw_date_says
bw_form_time_says(const char *text, bool *ret_slash)
{
    int first = 0, second = 0, year = 0;
    const char *at = text;
    skip_blanks(&at);
    skip_weekday(&at);
    bool dated = read_number(&at, 1, 2, &first) && strchr("/-.", *at) != NULL;
    char mark = *at;
    dated = dated && skip_char(&at, mark) && read_number(&at, 1, 2, &second) &&
            skip_char(&at, mark) && read_number(&at, 4, 4, &year);
    if (!dated || first == second || (first > 12 && second > 12)) {
        return BW_DATE_SAYS_NOTHING;
    }
    *ret_slash = mark == '/';
    return first > 12    ? BW_DATE_SAYS_DMY
           : second > 12 ? BW_DATE_SAYS_MDY
                         : BW_DATE_SAYS_EITHER;
}

/* Between date and hour: a T, a comma, blanks, "om", "at". */
static bool
skip_between(const char **at, bool wide)
{
    if (!(**at == 'T' || **at == ' ' || **at == ',')) {
        return false;
    }
    (*at)++;
    skip_blanks(at);
    for (int i = 0; wide && i < 2; i++) {
        static const char *const words[] = {"om ", "at "};
        size_t length = strlen(words[i]);
        *at += strncasecmp(*at, words[i], length) == 0 ? length : 0;
    }
    skip_blanks(at);
    return true;
}

static enum bw_time_fault
read_text(const char *text, struct time_reading *reading, const struct bw_zone *zone,
    int64_t *ret_wall_ms, bool *ret_alone)
{
    struct bw_civil civil = {.year = 0};
    int offset = NO_OFFSET;
    const char *at = text;
    bool slash = false;
    skip_blanks(&at);
    if (!take_date(&at, reading, &civil)) {
        bool open = bw_form_time_says(text, &slash) != BW_DATE_SAYS_NOTHING && slash &&
                    reading->order == BW_DATE_UNSAID;
        return open ? BW_TIME_AMBIGUOUS : reading->fault;
    }
    *ret_alone = reading->wide && at[strspn(at, " ")] == '\0';
    bool fine = *ret_alone ||
                (skip_between(&at, reading->wide) &&
                    take_clock(&at, reading->wide, &civil) && take_zone(&at, &offset));
    if (!fine || !bw_civil_is_valid(&civil) || civil.year < 1990 || civil.year > 2200) {
        return BW_TIME_UNKNOWN;
    }
    int64_t wall_ms = 0;
    enum bw_time_fault fault = resolve(&civil, offset, zone, &wall_ms);
    if (fault == BW_TIME_FINE || fault == BW_TIME_DOUBLE) {
        *ret_wall_ms = wall_ms;
    }
    return fault;
}

static const char *const order_words[] = {
    [BW_DATE_UNSAID] = "", [BW_DATE_DMY] = "dmy", [BW_DATE_MDY] = "mdy"};

const char *
bw_form_time_order_word(enum bw_date_order order)
{
    return order_words[order];
}

enum bw_date_order
bw_form_time_order_parse(const char *word)
{
    return strcmp(word, order_words[BW_DATE_DMY]) == 0   ? BW_DATE_DMY
           : strcmp(word, order_words[BW_DATE_MDY]) == 0 ? BW_DATE_MDY
                                                         : BW_DATE_UNSAID;
}

enum bw_time_fault
bw_form_time_parse(const char *text, const struct bw_zone *zone, int64_t *ret_wall_ms)
{
    struct time_reading reading = {.fault = BW_TIME_UNKNOWN};
    bool alone = false;
    int64_t wall_ms = 0;
    enum bw_time_fault fault = read_text(text, &reading, zone, &wall_ms, &alone);
    if (fault == BW_TIME_FINE) {
        *ret_wall_ms = wall_ms;
    }
    return fault == BW_TIME_SHORT_YEAR ? BW_TIME_UNKNOWN : fault;
}

/* The text of a day's number, as of a cell without a date's format: from 2000 to 2099. */
static bool
is_day_number(const char *text, bool from_1904, char ret_text[BW_CELL_NUMBER_BYTES])
{
    enum { FIRST = 36526, END = 73051, DAYS_TO_1904 = 1462 };
    char number[BW_CELL_NUMBER_BYTES];
    size_t length = strspn(text, "0123456789.,");
    if (length < 5 || length >= sizeof number || text[length] != '\0') {
        return false;
    }
    memcpy(number, text, length + 1);
    char *comma = strchr(number, ',');
    if (comma != NULL) {
        *comma = '.';
    }
    double day = strtod(number, NULL) + (from_1904 ? DAYS_TO_1904 : 0);
    return day >= FIRST && day < END && bw_cell_time_text(number, from_1904, ret_text);
}

enum bw_time_fault
bw_form_time_read(const char *text, enum bw_date_order order, bool from_1904,
    const struct bw_zone *zone, int64_t *ret_wall_ms, bool *ret_alone)
{
    struct time_reading reading = {
        .wide = true, .order = order, .fault = BW_TIME_UNKNOWN};
    char number[BW_CELL_NUMBER_BYTES];
    return read_text(is_day_number(text, from_1904, number) ? number : text, &reading,
        zone, ret_wall_ms, ret_alone);
}

const char *
bw_time_fault_name(enum bw_time_fault fault)
{
    switch (fault) {
    case BW_TIME_FINE:
        return bw_said("is a time");
    case BW_TIME_UNKNOWN:
        return bw_said("is no date and time (2025-02-10 12:37, 10-02-2025 12:37)");
    case BW_TIME_AMBIGUOUS:
        return bw_said("doesn't say which is the day and which the month; write it as "
                       "2025-02-10 12:37");
    case BW_TIME_SHORT_YEAR:
        return bw_said(
            "has a year of two digits; write all four, as in 2025-02-10 12:37");
    case BW_TIME_NONE:
        return bw_said("doesn't exist: the clock went forward over it");
    case BW_TIME_DOUBLE:
        return bw_said(
            "happens twice: the clock went back over it; write it with its offset, as "
            "in 2025-10-26T02:30+01:00");
    }
    return bw_said("is no time");
}
