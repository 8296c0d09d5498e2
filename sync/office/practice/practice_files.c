/* The invented people: see practice_files.h. */
#include "office/practice/practice_files.h"

#include <inttypes.h>
#include <string.h>

enum { DAY_MS = 24 * 60 * 60 * 1000, HOUR_MS = 60 * 60 * 1000, MINUTE_MS = 60 * 1000 };

const struct bw_practice_circle bw_practice_circles[BW_PRACTICE_CIRCLES] = {
    {"GRO-OEFEN", "Groningen", "Noord", 30, 0, 26, 22},
    {"ZWO-OEFEN", "Zwolle", "Oost", 30, 24, 34, 0}, /* two were in Groningen */
    {"UTR-OEFEN", "Utrecht", "Midden", 30, 54, 36, 0},
    {"TIL-OEFEN", "Tilburg", "Zuid", 30, 86, 18, 0},
    {"MST-OEFEN", "Maastricht", "Zuid", 24, 104, 5, 0},
};

static const char *const first_names[] = {"Anna", "Bram", "Carlijn", "Daan", "Emma",
    "Fatima", "Gijs", "Hanna", "Ibrahim", "Jasper", "Karin", "Lotte", "Mehmet", "Noor",
    "Olaf", "Priya", "Quinten", "Roos", "Sander", "Tess", "Ugur", "Vera", "Wouter",
    "Xandra", "Yasmin", "Zeger", "Ilse", "Thijs", "Femke", "Marit", "Pieter", "Sanne",
    "Joost", "Amina", "Ruben", "Esther", "Klaas", "Dewi", "Stijn", "Maaike"};
static const char *const last_names[] = {"Postma", "Visser", "Dijkstra", "Bakker",
    "Hoekstra", "Wolters", "Kamphuis", "Yilmaz", "Sietsma", "Ouwehand", "Terpstra",
    "Jansen", "Smit", "Mulder", "Kooistra", "Brandsma", "Peeters", "Willems", "Hendriks",
    "Zijlstra", "Kuipers", "Veenstra", "Martens", "Scholten", "Bosch", "Driessen",
    "Faber", "Gerritsen", "Meijer", "Roelofs"};
static const char *const schools[] = {"OBS De Brug", "CBS De Regenboog", "IKC Het Kompas",
    "OBS De Kleine Beer", "RKBS Sint-Jozef", "Montessorischool Oost", "CBS Het Anker",
    "Daltonschool De Zonnewijzer", "OBS De Wegwijzer", "IKC De Springplank",
    "Jenaplanschool De Linde"};

enum {
    FIRSTS = sizeof first_names / sizeof first_names[0],
    LASTS = sizeof last_names / sizeof last_names[0],
    SCHOOLS = sizeof schools / sizeof schools[0],
};

/* Steps without a common divisor: names go round late, and never fall together. */
enum { LAST_STEP = 7, LAST_TURN = 11, SCHOOL_STEP = 5 };

static const char *
first_of(int number)
{
    return first_names[number % FIRSTS];
}

static const char *
last_of(int number)
{
    return last_names[(LAST_STEP * number + LAST_TURN * (number / FIRSTS)) % LASTS];
}

static const char *
school_of(int number)
{
    return schools[SCHOOL_STEP * number % SCHOOLS];
}

void
bw_practice_name(int number, char ret_name[BW_NAME_BYTES])
{
    (void)snprintf(ret_name, BW_NAME_BYTES, "%s %s", first_of(number), last_of(number));
}

/* ---- days ---- */

/* So many days from now, at this hour and a half by the clocks of the place. */
static int64_t
day_at(const struct bw_zone *zone, int64_t now_ms, int days, int hour)
{
    enum { HALF = 30 };
    struct bw_civil civil;
    int64_t wall_ms = now_ms + days * (int64_t)DAY_MS;
    bw_zone_to_civil(zone, wall_ms, &civil);
    civil.hour = hour;
    civil.minute = HALF;
    civil.second = 0;
    (void)bw_zone_from_civil(zone, &civil, &wall_ms); /* no clock changes by day */
    return wall_ms;
}

static int64_t
starts_ms(size_t circle, const struct bw_zone *zone, int64_t now_ms)
{
    enum { USUAL = 13, EARLY = 6, LATE = 18 };
    static const int days[BW_PRACTICE_CIRCLES] = {-8, 0, 6, 13, 27};
    struct bw_civil now;
    if (days[circle] != 0) {
        return day_at(zone, now_ms, days[circle], USUAL);
    }
    bw_zone_to_civil(zone, now_ms, &now);
    return now.hour < EARLY   ? day_at(zone, now_ms, 0, USUAL)
           : now.hour <= LATE ? day_at(zone, now_ms, 0, now.hour + 1)
                              : day_at(zone, now_ms, 1, USUAL);
}

/* ---- files ---- */

void
bw_practice_write_circles(const struct bw_zone *zone, int64_t now_ms, FILE *file)
{
    enum { HOURS = 3 };
    (void)fputs("code,series,title,kind,region,venue,address,starts_at,ends_at,capacity,"
                "audience\n",
        file);
    for (size_t i = 0; i < BW_PRACTICE_CIRCLES; i++) {
        const struct bw_practice_circle *circle = &bw_practice_circles[i];
        char starts[BW_ISO_BYTES], ends[BW_ISO_BYTES];
        int64_t at_ms = starts_ms(i, zone, now_ms);
        bw_zone_format_iso(zone, at_ms, starts);
        bw_zone_format_iso(zone, at_ms + HOURS * (int64_t)HOUR_MS, ends);
        (void)fprintf(file,
            "%s,Oefenreeks,Oefenkring %s,leerkring,%s,Buurthuis De Oefening,"
            "\"Voorbeeldstraat %zu, %s\",%s,%s,%d,brugfunctionaris\n",
            circle->code, circle->town, circle->region, i + 1, circle->town, starts, ends,
            circle->capacity);
    }
}

/* As people write their region. */
static void
region_write(const struct bw_practice_circle *circle, int number, FILE *file)
{
    enum { SPELLINGS = 6 };
    if (number % SPELLINGS == 1) {
        (void)fprintf(file, "Regio %s", circle->region);
    } else {
        (void)fputs(circle->region, file);
    }
}

void
bw_practice_write_form(const struct bw_practice_circle *circle,
    const struct bw_zone *zone, int64_t now_ms, FILE *file)
{
    enum { FIRST_DAYS_AGO = 40, APART_MINUTES = 97 };
    char when[BW_ISO_BYTES];
    int64_t at_ms = now_ms - FIRST_DAYS_AGO * (int64_t)DAY_MS;
    (void)fputs(
        "Tijdstempel,E-mailadres,Voornaam,Achternaam,School,Functie,Regio\n", file);
    for (int i = 0; i < circle->signed_up; i++) {
        int number = circle->from + i;
        const char *first = first_of(number), *last = last_of(number);
        bool last_one = i == circle->signed_up - 1;
        bw_zone_format_iso(zone, at_ms + i * (int64_t)APART_MINUTES * MINUTE_MS, when);
        (void)fprintf(file, "%s,%s.%s@oefenschool.example,%s,%s,%s,%s,", when, first,
            last, first, last, school_of(number),
            last_one ? "geen brugfunctionaris" : "Brugfunctionaris");
        region_write(circle, number, file);
        (void)fputc('\n', file);
    }
}

void
bw_practice_write_came(const struct bw_practice_circle *circle, FILE *file)
{
    enum { FROM_HOUR = 13, FROM_MINUTE = 12, HOUR = 60 };
    (void)fputs("Naam,School,Tijd,Aanwezig\n", file);
    for (int i = 0; i < circle->came; i++) {
        char name[BW_NAME_BYTES];
        int minute = FROM_MINUTE + i;
        bw_practice_name(circle->from + i, name);
        (void)fprintf(file, "%s,%s,%02d:%02d,ja\n", name, school_of(circle->from + i),
            FROM_HOUR + minute / HOUR, minute % HOUR);
    }
}
