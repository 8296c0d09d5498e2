/* The words of a report's figures: see report_words.h. */
#include "report/words/report_words.h"

#include <stdio.h>
#include <string.h>

static const char *const words[][BW_REPORT_LANGUAGES] = {
    [BW_REPORT_SUBTITLE] = {"Verslag", "Report"},
    [BW_REPORT_OF_CIRCLES] = {"Verslag van {n} kringen", "Report on {n} circles"},
    [BW_REPORT_AS_OF] = {"Stand van {when}", "As of {when}"},
    [BW_REPORT_ANONYMOUS] = {"Anoniem", "Anonymous"},
    [BW_REPORT_VISITS] = {"keer aanwezig", "attendances"},
    [BW_REPORT_PEOPLE] = {"mensen", "people"},
    [BW_REPORT_CIRCLES] = {"kringen", "circles"},
    [BW_REPORT_OCCUPIED] = {"van de plekken bezet", "of places used"},
    [BW_REPORT_ADMITTED] = {"van de wachtlijst binnengekomen",
        "admitted from the waiting list"},
    [BW_REPORT_KIOSKS] = {"zuilen compleet", "kiosks complete"},
    [BW_REPORT_SCHOOLS] = {"scholen bereikt", "schools reached"},
    [BW_REPORT_SCHOOLS_OF] = {"van {n} scholen bereikt", "of {n} schools reached"},
    [BW_REPORT_SHOW_UP] = {"opkomst: {n} van {m} met een plek",
        "show-up: {n} of {m} with a place"},
    [BW_REPORT_ARRIVALS] = {"Wanneer kwamen mensen binnen?", "When did people arrive?"},
    [BW_REPORT_ARRIVALS_TEXT] = {"Alle kringen samen, per 5 minuten, rond het begin.",
        "All circles together, per 5 minutes, around the start."},
    [BW_REPORT_ARRIVALS_ONE] = {"Per 5 minuten, rond het begin.",
        "Per 5 minutes, around the start."},
    [BW_REPORT_EARLY] = {"{n} kwamen voordat de deuren opengingen.",
        "{n} came before the doors opened."},
    [BW_REPORT_START] = {"begin", "start"},
    [BW_REPORT_MINUTES] = {"Minuten na het begin", "Minutes after the start"},
    [BW_REPORT_BEFORE] = {"eerder", "earlier"},
    [BW_REPORT_AFTER] = {"later", "later"},
    [BW_REPORT_NO_TIME] = {"tijd onbekend", "time unknown"},
    [BW_REPORT_ARRIVED] = {"Binnengekomen", "Arrived"},
    [BW_REPORT_PER_CIRCLE] = {"Per kring", "Per circle"},
    [BW_REPORT_CIRCLE] = {"Kring", "Circle"},
    [BW_REPORT_SIGNED_UP] = {"Aangemeld", "Signed up"},
    [BW_REPORT_CAME] = {"Kwam met plek", "Came with a place"},
    [BW_REPORT_WAITLIST] = {"Via wachtlijst", "From waiting list"},
    [BW_REPORT_GUEST] = {"Als gast", "As guest"},
    [BW_REPORT_WALK_IN] = {"Als inloper", "As walk-in"},
    [BW_REPORT_OTHER] = {"Anders", "Otherwise"},
    [BW_REPORT_PRESENT] = {"Aanwezig", "Present"},
    [BW_REPORT_TOTAL] = {"Totaal", "Total"},
    [BW_REPORT_BAR] = {"Balk: aanwezig, van het aantal plekken.",
        "Bar: present, of the number of places."},
    [BW_REPORT_NO_SHOWS] = {"Niet gekomen: {n} ({m}%)", "Did not come: {n} ({m}%)"},
    [BW_REPORT_NO_SHOW] = {"Niet gekomen", "Did not come"},
    [BW_REPORT_ATTENTION] = {"Aandacht", "To look at"},
    [BW_REPORT_PASSED] = {"Binnen langs een regel: {n}", "Let in past a rule: {n}"},
    [BW_REPORT_MATRIX] = {"Uit welke regio kwamen mensen?",
        "Which regions did people come from?"},
    [BW_REPORT_MATRIX_TEXT] = {"Rij: regio van de school. Kolom: regio van de kring. "
                               "Dikke rand: eigen regio. Hoe donkerder, hoe meer.",
        "Row: region of the school. Column: region of the circle. Thick frame: own "
        "region. The darker, the more."},
    [BW_REPORT_MATRIX_TURNED] = {"Rij: regio van de kring. Kolom: regio van de school. "
                                 "Dikke rand: eigen regio. Hoe donkerder, hoe meer.",
        "Row: region of the circle. Column: region of the school. Thick frame: own "
        "region. The darker, the more."},
    [BW_REPORT_REGIONS] = {"Regio's", "Regions"},
    [BW_REPORT_FROM] = {"Van", "From"},
    [BW_REPORT_TO] = {"Naar", "To"},
    [BW_REPORT_OWN] = {"{n}% ging naar een kring in de eigen regio.",
        "{n}% went to a circle in their own region."},
    [BW_REPORT_UNKNOWN] = {"onbekend", "unknown"},
    [BW_REPORT_HOW_OFTEN] = {"Hoe vaak kwam iemand?", "How often did people come?"},
    [BW_REPORT_ONCE] = {"1 keer", "once"},
    [BW_REPORT_TWICE] = {"2 keer", "twice"},
    [BW_REPORT_MORE] = {"3 keer of vaker", "3 times or more"},
    [BW_REPORT_OFTEN_SUM] = {"{n} mensen, samen {m} keer aanwezig.",
        "{n} people, {m} attendances together."},
    [BW_REPORT_OFTEN_HIDDEN] = {"Niet getoond: het gaat om te weinig mensen.",
        "Not shown: it concerns too few people."},
    [BW_REPORT_COMPLETE] = {"Is dit verslag compleet?", "Is this report complete?"},
    [BW_REPORT_COMPLETE_NO] = {"Nee, nog niet. {n} van {m} zuilen zijn compleet. De "
                               "cijfers kunnen nog veranderen.",
        "No, not yet. {n} of {m} kiosks are complete. The figures may still change."},
    [BW_REPORT_COMPLETE_YES] = {"Ja. Alle {m} zuilen zijn compleet.",
        "Yes. All {m} kiosks are complete."},
    [BW_REPORT_COMPLETE_NONE] = {"Niet bekend: er was geen zuil gekoppeld.",
        "Not known: no kiosk was connected."},
    [BW_REPORT_KIOSK] = {"Zuil", "Kiosk"},
    [BW_REPORT_RECEIVED] = {"Ontvangen", "Received"},
    [BW_REPORT_IS_COMPLETE] = {"compleet", "complete"},
    [BW_REPORT_ISNT_COMPLETE] = {"niet compleet", "incomplete"},
    [BW_REPORT_MEANING] = {"Wat bedoelen we?", "What do we mean?"},
    [BW_REPORT_MEANING_PRESENT] = {"Aanwezig: wie aan de deur is ingecheckt en niet is "
                                   "teruggezet. Ook wie eerder wegging.",
        "Present: checked in at the door and not undone. Also those who left early."},
    [BW_REPORT_MEANING_CAME] = {"Kwam met plek: aangemeld en een plek gekregen. Een "
                                "vervanger telt als de mens die kwam.",
        "Came with a place: signed up and given a place. A substitute counts as the "
        "person who came."},
    [BW_REPORT_MEANING_WAITLIST] = {"Via wachtlijst: aangemeld zonder plek, aan de deur "
                                    "toegelaten.",
        "From waiting list: signed up without a place, admitted at the door."},
    [BW_REPORT_MEANING_GUEST] = {"Als gast: met een ticket voor een andere kring. Als "
                                 "inloper: zonder aanmelding.",
        "As guest: with a ticket for another circle. As walk-in: without a sign-up."},
    [BW_REPORT_MEANING_NO_SHOW] = {"Niet gekomen: had een plek en was niet aanwezig.",
        "Did not come: had a place and was not present."},
    [BW_REPORT_MEANING_PEOPLE] = {"Mensen: zelfde mailadres en zelfde naam tellen één "
                                  "keer. Een inloper telt als wie zo heet op die school.",
        "People: same mail address and same name count once. A walk-in counts as whoever "
        "has that name at that school."},
    [BW_REPORT_MEANING_SCHOOLS] = {"Scholen bereikt: verschillende schoolnamen van wie "
                                   "aanwezig was.",
        "Schools reached: different school names of who was present."},
    [BW_REPORT_SMALL] = {"<5 betekent 1, 2, 3 of 4. Een stip (•) is verborgen, zodat je "
                         "geen <5 kunt terugrekenen. Totalen kloppen.",
        "<5 means 1, 2, 3 or 4. A dot (•) is hidden, so that no <5 can be worked out. "
        "Totals are exact."},
    [BW_REPORT_PAGE] = {"{n} van {m}", "{n} of {m}"},
    [BW_REPORT_PERSONAL] = {"Bevat persoonsgegevens: bewaar het niet langer dan nodig, "
                            "en maak het niet openbaar.",
        "Holds personal data: don't keep it longer than needed, and don't publish it."},
    [BW_REPORT_PRIVATE] = {"Kleine aantallen zijn niet afgeschermd: niet openbaar maken.",
        "Small counts are not hidden: do not publish."},
    [BW_REPORT_PUBLIC] = {"Anonieme versie. Mag openbaar.",
        "Anonymous version. May be published."},
    [BW_REPORT_INTERIM] = {"Tussenstand", "Interim figures"},
    [BW_REPORT_FIXED] = {"Versie {n} van {when}", "Version {n} of {when}"},
    [BW_REPORT_CHANGED] = {"Veranderd sinds versie {n}", "Changed since version {n}"},
};

const char *
bw_report_word(enum bw_report_language language, enum bw_report_word word)
{
    return words[word][language];
}

char
bw_report_csv_separator(enum bw_report_language language)
{
    return language == BW_REPORT_DUTCH ? ';' : ',';
}

static const struct bw_report_blank *
blank_at(const struct bw_report_blank *blanks, const char *text)
{
    for (; blanks && blanks->name; blanks++) {
        size_t length = strlen(blanks->name);
        if (strncmp(text + 1, blanks->name, length) == 0 && text[length + 1] == '}') {
            return blanks;
        }
    }
    return NULL;
}

void
bw_report_say(enum bw_report_language language, enum bw_report_word word,
    const struct bw_report_blank *blanks, char ret_text[BW_REPORT_SAID_BYTES])
{
    const char *text = words[word][language];
    size_t used = 0;
    ret_text[0] = '\0';
    while (*text && used + 1 < BW_REPORT_SAID_BYTES) {
        const struct bw_report_blank *blank =
            *text == '{' ? blank_at(blanks, text) : NULL;
        size_t plain = strcspn(text + 1, "{") + 1;
        int wrote = blank ? snprintf(ret_text + used, BW_REPORT_SAID_BYTES - used, "%s",
                                blank->text)
                          : snprintf(ret_text + used, BW_REPORT_SAID_BYTES - used, "%.*s",
                                (int)plain, text);
        text += blank ? strlen(blank->name) + 2 : plain;
        used += wrote > 0 ? (size_t)wrote : 0;
    }
}

void
bw_report_say_numbers(enum bw_report_language language, enum bw_report_word word, int n,
    int m, char ret_text[BW_REPORT_SAID_BYTES])
{
    char first[16], second[16];
    (void)snprintf(first, sizeof first, "%d", n);
    (void)snprintf(second, sizeof second, "%d", m);
    const struct bw_report_blank blanks[] = {{"n", first}, {"m", second}, {NULL, NULL}};
    bw_report_say(language, word, blanks, ret_text);
}
