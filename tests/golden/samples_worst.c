/* A sample with the longest names, schools, titles and places that an import lets in, and
 * with a number of one's choice in every text. See samples.h. */
#include "samples_parts.h"

#include <stdio.h>
#include <string.h>

#define FIRST                                                                            \
    "Anna-Sophia Wilhelmina Alexandra Frederika Emmanuelle Josephina Clara-Marie"
#define LAST "van der Heijden-Schuurmans Stekhoven tot Wassenaar-Zwartsluis van den Broek"
#define SCHOOL                                                                           \
    "Interconfessionele Openbare Samenwerkingsbasisschool voor Daltononderwijs De "      \
    "Zonnewijzer aan de Overijsselse Vecht, hoofdlocatie Oost en dependance West, "      \
    "gemeente Steenwijkerland"
#define PLACE                                                                            \
    "Multifunctioneel Centrum Het Kloosterkwartier, Grote Vergaderzaal Arbeidsvoor"      \
    "waardenoverleg, eerste verdieping links, Sint-Janskerkhof 12 te 's-Hertogenbosch"

/* What is there grows; what isn't stays away. */
#define STRETCH(field, text)                                                             \
    do {                                                                                 \
        if ((field)[0]) {                                                                \
            SET(field, text);                                                            \
        }                                                                                \
    } while (0)

static void
stretch_values(struct bw_values *values, long number)
{
    STRETCH(values->name, FIRST);
    STRETCH(values->name2, FIRST " " LAST);
    STRETCH(values->place, PLACE);
    STRETCH(values->desk, "de ontvangstbalie naast de garderobe");
    STRETCH(values->id, "Zuil bij de achteringang van de grote zaal");
    values->n = values->m = values->f = values->e = values->p = values->w = number;
}

static void
stretch_overview(struct bw_overview *overview, long number)
{
    STRETCH(overview->session.title, "Leerkring " PLACE);
    STRETCH(overview->session.venue, PLACE);
    STRETCH(overview->session.desk, "de ontvangstbalie naast de garderobe");
    STRETCH(overview->organiser, "Stichting Samenwerkende " PLACE);
    STRETCH(overview->device_name, "Zuil bij de achteringang van de grote zaal");
    overview->ledger.waitlisted = (int)number;
    overview->ledger.free = (int)number;
    overview->present_waiting = (int)number;
    for (int i = 0; i < overview->peers_count; i++) {
        STRETCH(overview->peers[i].name, "Zuil bij de achteringang van de grote zaal");
    }
    for (int i = 0; i < overview->regions_count; i++) {
        STRETCH(overview->regions[i], "Noordoost-Overijssel");
    }
}

static void
stretch_staff(struct bw_staff_view *staff, long number)
{
    STRETCH(staff->text, FIRST);
    stretch_values(&staff->values, number);
    for (int i = 0; i < staff->rows_count; i++) {
        struct bw_list_entry *row = &staff->rows[i].row;
        STRETCH(row->person.first_name, FIRST);
        STRETCH(row->person.name, LAST);
        STRETCH(row->person.school, SCHOOL);
    }
    for (int i = 0; i < staff->history_count; i++) {
        STRETCH(staff->history[i].device_name, PLACE);
    }
}

static void
stretch_result(struct bw_result_view *result, long number)
{
    STRETCH(result->school, SCHOOL);
    STRETCH(result->go_to, PLACE);
    STRETCH(result->table, "12, bij het raam aan de tuinzijde");
    STRETCH(result->venue, PLACE);
    stretch_values(&result->values, number);
    stretch_values(&result->sign_values, number);
}

static void
stretch_form(struct bw_form_view *form, long number)
{
    STRETCH(form->name, FIRST);
    STRETCH(form->school, SCHOOL);
    STRETCH(form->reason, SCHOOL);
    stretch_values(&form->values, number);
    for (int i = 0; i < form->suggestions_count; i++) {
        STRETCH(form->suggestions[i], SCHOOL);
    }
}

static void
stretch_kiosk(struct bw_kiosk_view *kiosk, long number)
{
    stretch_values(&kiosk->values, number);
    for (int i = 0; i < BW_TILES; i++) {
        stretch_values(&kiosk->tiles[i].values, number);
    }
    for (int i = 0; i < kiosk->sessions_count; i++) {
        STRETCH(kiosk->sessions[i].title, SCHOOL);
    }
}

static void
stretch_screen(struct bw_view *view, long number)
{
    switch (view->screen) {
    case BW_SCREEN_RESULT:
        stretch_result(&view->result, number);
        break;
    case BW_SCREEN_SEARCH:
        STRETCH(view->search.text, FIRST);
        stretch_values(&view->search.values, number);
        break;
    case BW_SCREEN_PIN:
        stretch_values(&view->pin.values, number);
        break;
    case BW_SCREEN_STAFF:
    case BW_SCREEN_EVACUATION:
        stretch_staff(&view->staff, number);
        break;
    case BW_SCREEN_FORM:
        stretch_form(&view->form, number);
        break;
    case BW_SCREEN_KIOSK:
        stretch_kiosk(&view->kiosk, number);
        break;
    case BW_SCREEN_AGENDA:
        for (int i = 0; i < view->agenda.count; i++) {
            STRETCH(view->agenda.items[i].title, SCHOOL);
        }
        break;
    case BW_SCREEN_CHECK:
        STRETCH(view->check.camera_name, PLACE);
        break;
    case BW_SCREEN_IDLE:
    case BW_SCREEN_FIRST_START:
    case BW_SCREEN_NO_ROSTER:
    case BW_SCREEN_FAULT:
        break;
    }
}

void
sample_stretch(struct bw_view *view, long number)
{
    stretch_values(&view->values, number);
    stretch_values(&view->dialog.values, number);
    stretch_overview(&view->overview, number);
    stretch_screen(view, number);
}
