/* The card that hangs at the desk: see door_card.h. Lengths are millimetres. */
#include "office/ticket/door_card.h"

#include "paper/icon.h"

#include <brugwachter/said.h>

#define PAGE_WIDTH_MM 210.0
#define PAGE_HEIGHT_MM 297.0
#define LEFT_MM 10.0
#define WIDTH_MM 190.0
#define FIELD_WIDTH_MM 62.0
#define FIELD_HEIGHT_MM 27.0
#define FIRST_FIELD_MM 39.0
#define FIELD_STEP_MM 30.0
#define BADGE_MM 15.0
#define DISC_MM 7.0

enum { TEXT_BYTES = 3 * BW_TITLE_BYTES };

#define CHECK "M18 51 L39 72 L79 27"

/* One colour of the kiosk: what staff see, and do, by keys of the wording. */
static const struct {
    const char *icon, *words, *colour_words, *what;
    enum bw_paper_colour field, badge, sign, ink;
    bool disc, frame, inner;
} fields[] = {
    {CHECK, "do.c1.h", "do.c1", "do.c1.p", BW_PAPER_WELKOM, BW_PAPER_WIT, BW_PAPER_WELKOM,
        BW_PAPER_WIT, true, false, false},
    {CHECK, "do.c2.h", "do.c2", "do.c2.p", BW_PAPER_AL, BW_PAPER_WIT, BW_PAPER_AL,
        BW_PAPER_WIT, true, false, true},
    {"M48 12 V20 M18 20 H64 L80 33 L64 46 H18 Z M48 46 V84 M32 84 H64", "do.c3.h",
        "do.c3", "do.c3.p", BW_PAPER_ANDER, BW_PAPER_PAARS, BW_PAPER_ANDER, BW_PAPER_INKT,
        false, true, false},
    {"M26 13 H70 M26 83 H70 M32 13 V26 C32 38 48 40 48 48 C48 56 32 58 32 70 V83 M64 13 "
     "V26 C64 38 48 40 48 48 C48 56 64 58 64 70 V83",
        "do.c4.h", "do.c4", "do.c4.p", BW_PAPER_WACHT, BW_PAPER_INKT, BW_PAPER_WACHT,
        BW_PAPER_INKT, false, true, false},
    {"M32 35 C32 23 40 16 49 16 C59 16 66 23 66 33 C66 46 49 46 49 61 D49 79 6",
        "do.c5.h", "do.c5", "do.c5.p", BW_PAPER_ONB, BW_PAPER_LEISTEEN, BW_PAPER_ONB,
        BW_PAPER_INKT, false, true, false},
};

static const char *const steps[] = {"do.m1", "do.m2", "do.m3", "do.m4", "do.m5"};

static const char *
word(const struct bw_door_card *card, const char *key)
{
    return bw_wording(card->when->language, key);
}

static void
head_draw(cairo_t *cairo, const struct bw_door_card *card)
{
    char words[TEXT_BYTES];
    bw_paper_fill(cairo, LEFT_MM, 10, WIDTH_MM, 24, 3, BW_PAPER_GRACHT);
    bw_paper_logo(cairo, 15, 14.5, BADGE_MM, BW_PAPER_WIT, BW_PAPER_ZON);
    (void)bw_paper_say(cairo, 35, 12.6, 160, 12, 26, PANGO_WEIGHT_HEAVY, BW_PAPER_WIT,
        word(card, "do.h"));
    (void)snprintf(words, sizeof words, "%s · %s · %s", card->session->title,
        card->when->day, card->session->venue);
    (void)bw_paper_say(
        cairo, 35, 24.4, 160, 6.4, 13, PANGO_WEIGHT_BOLD, BW_PAPER_WIT, words);
}

static void
field_draw(cairo_t *cairo, const struct bw_door_card *card, size_t i)
{
    double y_mm = FIRST_FIELD_MM + (double)i * FIELD_STEP_MM;
    bw_paper_fill(
        cairo, LEFT_MM, y_mm, FIELD_WIDTH_MM, FIELD_HEIGHT_MM, 2, fields[i].field);
    if (fields[i].frame) {
        bw_paper_frame(
            cairo, LEFT_MM, y_mm, FIELD_WIDTH_MM, FIELD_HEIGHT_MM, 2, 0.7, BW_PAPER_INKT);
    }
    if (fields[i].inner) {
        bw_paper_frame(cairo, LEFT_MM + 1.3, y_mm + 1.3, FIELD_WIDTH_MM - 2.6,
            FIELD_HEIGHT_MM - 2.6, 1.4, 0.9, BW_PAPER_WIT);
    }
    bw_paper_fill(cairo, 14, y_mm + 6, BADGE_MM, BADGE_MM, fields[i].disc ? 7.5 : 3.5,
        fields[i].badge);
    bw_paper_icon(cairo, fields[i].icon, 16, y_mm + 8, 11, fields[i].sign);
    bw_paper_say_middle(cairo, 31.5, y_mm + 4.2, 38.5, 13, 16, PANGO_WEIGHT_HEAVY,
        fields[i].ink, word(card, fields[i].words));
    (void)bw_paper_say(cairo, 31.5, y_mm + 17.5, 39, 5.4, 10.5, PANGO_WEIGHT_BOLD,
        fields[i].ink, word(card, fields[i].colour_words));
    bw_paper_say_middle(cairo, 77, y_mm, 123, FIELD_HEIGHT_MM, 15, PANGO_WEIGHT_BOLD,
        BW_PAPER_INKT, word(card, fields[i].what));
}

static void
steps_draw(cairo_t *cairo, const struct bw_door_card *card)
{
    (void)bw_paper_say(cairo, LEFT_MM, 193.5, 100, 7, 15, PANGO_WEIGHT_HEAVY,
        BW_PAPER_INKT, word(card, "do.m.h"));
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        double y_mm = 202 + (double)i * 11;
        char number[12];
        struct bw_paper_box box = {LEFT_MM, y_mm + 0.9, DISC_MM, 0, 11.5,
            PANGO_WEIGHT_HEAVY, PANGO_ALIGN_CENTER, BW_PAPER_WIT, 0};
        (void)snprintf(number, sizeof number, "%zu", i + 1);
        bw_paper_fill(cairo, LEFT_MM, y_mm, DISC_MM, DISC_MM, DISC_MM / 2, BW_PAPER_INKT);
        (void)bw_paper_text(cairo, &box, number);
        bw_paper_say_middle(cairo, 20, y_mm - 1.2, 92, 9.6, 12, PANGO_WEIGHT_MEDIUM,
            BW_PAPER_INKT, word(card, steps[i]));
    }
    (void)bw_paper_say(cairo, LEFT_MM, 258, 102, 6, 12, PANGO_WEIGHT_BOLD, BW_PAPER_INKT,
        word(card, "do.net"));
}

/* A heading and what stands below it. */
static void
pair_draw(cairo_t *cairo, double y_mm, enum bw_paper_colour colour, PangoWeight weight,
    const char *heading, const char *words)
{
    double used_mm =
        bw_paper_say(cairo, 135, y_mm, 63, 0, 15, PANGO_WEIGHT_HEAVY, colour, heading);
    (void)bw_paper_say(
        cairo, 135, y_mm + used_mm, 63, 29.5 - used_mm, 12, weight, colour, words);
}

static void
boxes_draw(cairo_t *cairo, const struct bw_door_card *card)
{
    char call[BW_WORDING_SAID_BYTES];
    bw_paper_fill(cairo, 118, 193.5, 82, 33, 2, BW_PAPER_INKT);
    bw_paper_icon(
        cairo, "M48 13 L87 81 H9 Z M48 38 V56 D48 69 5.5", 121, 197, 11, BW_PAPER_ZON);
    pair_draw(cairo, 195.5, BW_PAPER_WIT, PANGO_WEIGHT_BOLD, word(card, "do.fire.h"),
        word(card, "do.fire.p"));
    bw_paper_frame(cairo, 118, 230, 82, 33, 2, 0.7, BW_PAPER_INKT);
    bw_paper_icon(cairo, "M36 22 H84 M36 48 H84 M36 74 H84 D16 22 6 D16 48 6 D16 74 6",
        121, 233.5, 11, BW_PAPER_INKT);
    pair_draw(cairo, 232, BW_PAPER_INKT, PANGO_WEIGHT_MEDIUM, word(card, "do.fail.h"),
        word(card, "do.fail.p"));
    if (card->call[0] != '\0') {
        bw_wording_say(call, card->when->language, "do.call", 1, "who", card->call, NULL);
        bw_paper_frame(cairo, LEFT_MM, 268, WIDTH_MM, 16, 2, 1, BW_PAPER_INKT);
        bw_paper_icon(
            cairo, "M27 9 H69 V87 H27 Z M44 74 H52", 15, 270.5, 11, BW_PAPER_INKT);
        bw_paper_say_middle(
            cairo, 30, 268, 166, 16, 22, PANGO_WEIGHT_HEAVY, BW_PAPER_INKT, call);
    }
}

enum bw_status
bw_door_card_write(const struct bw_door_card *card, FILE *file, struct bw_error *err)
{
    struct bw_paper_pdf pdf;
    char title[TEXT_BYTES];
    (void)snprintf(title, sizeof title, "%s, %s", card->session->title, card->when->day);
    bw_paper_pdf_begin(&pdf, title, PAGE_WIDTH_MM, PAGE_HEIGHT_MM, file);
    head_draw(pdf.cairo, card);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        field_draw(pdf.cairo, card, i);
    }
    bw_paper_line(
        pdf.cairo, LEFT_MM, 190.5, LEFT_MM + WIDTH_MM, 190.5, 0.5, BW_PAPER_INKT);
    steps_draw(pdf.cairo, card);
    boxes_draw(pdf.cairo, card);
    cairo_show_page(pdf.cairo);
    return bw_paper_pdf_end(&pdf, bw_said("the card for the desk"), err);
}
