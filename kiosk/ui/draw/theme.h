/* Colours, type and times: the design tokens as tables. Values without behaviour; any
 * thread. */
#ifndef BW_UI_THEME_H
#define BW_UI_THEME_H

#include <stdint.h>

typedef uint32_t bw_ui_colour; /* 0xAARRGGBB */

#define BW_PAPIER 0xFFF4F7F5u
#define BW_WIT 0xFFFFFFFFu
#define BW_MIST 0xFFDDE7E6u
#define BW_INKT 0xFF0C2A33u
#define BW_STEEN 0xFF344850u
#define BW_RAND 0xFF586D74u
#define BW_GRACHT 0xFF0F3F4Du
#define BW_DIEP 0xFF0A2C37u
#define BW_LICHT 0xFFCFE3E5u
#define BW_ZON 0xFFFFCB3Du
#define BW_ZON_DIEP 0xFFF2B91Fu
#define BW_WELKOM 0xFF0A5A3Cu
#define BW_WELKOM_WATER 0xFF07432Du
#define BW_AL 0xFF1A4480u
#define BW_AL_WATER 0xFF133463u
#define BW_ANDER 0xFFE6DFF4u
#define BW_ANDER_WATER 0xFFCFC3E8u
#define BW_PAARS 0xFF47297Du
#define BW_ONB 0xFFE3EAECu
#define BW_ONB_WATER 0xFFC9D6DAu
#define BW_LEISTEEN 0xFF2F434Bu
#define BW_WACHT 0xFFFFD467u
#define BW_WACHT_WATER 0xFFF5BE3Cu
#define BW_ROOD 0xFF8F2A18u
#define BW_GROEN 0xFF0A5A3Cu
#define BW_GROEN_LICHT 0xFFE4F1EAu
#define BW_ROOD_LICHT 0xFFFFF6F2u
#define BW_PANEEL_RAND 0xFFB9C7C9u
#define BW_PIN_RAND 0xFF8FB0B8u
#define BW_NACHT_WATER 0xFF082530u
#define BW_NACHT_KADE 0xFF2A6B7Cu
#define BW_NACHT_RIMPEL 0xFF1C5A6Bu
#define BW_SCRIM 0xB80A2C37u /* diep at 72 % */
#define BW_NO_COLOUR 0x00000000u

enum { BW_CAMERA_DIM = 133 }; /* of 255, diep, outside the guide */

/* Lato's weights that the screens use. */
enum bw_ui_weight { BW_MEDIUM, BW_BOLD, BW_BLACK };
enum { BW_WEIGHT_COUNT = BW_BLACK + 1 };

/* Sizes of type; how large each is, metric.h says. */
enum bw_ui_type { BW_T1, BW_T2, BW_T3, BW_T4, BW_T5, BW_T6, BW_T7, BW_T8 };
enum { BW_TYPE_COUNT = BW_T8 + 1 };

/* Times of movement. */
enum {
    BW_TAP_MS = 120,
    BW_IN_MS = 180,
    BW_FIELD_MS = 240,
    BW_BADGE_MS = 260,
    BW_WALK_MS = 900,
    BW_GUIDE_MS = 1600,
    BW_DRIFT_MS = 60000,
    BW_RIPPLE_MS = 4000,
    BW_STROLL_MS = 20000,        /* "you" over the bridge and back, by night */
    BW_STROLL_EVERY_MS = 300000, /* and then stands still */
    BW_CARET_MS = 1000,
};

/* `over` laid on `under` with `part`, 0 to 255, of it. */
bw_ui_colour bw_ui_colour_mix(bw_ui_colour under, bw_ui_colour over, int part);

/* The same colour while a finger is on it. */
bw_ui_colour bw_ui_colour_pressed(bw_ui_colour colour);

/* WCAG 2 contrast ratio of two opaque colours, from 1 to 21. */
double bw_ui_colour_contrast(bw_ui_colour one, bw_ui_colour other);

/* Curves: 0..1 to 0..1 (the back curve passes 1 on its way). */
double bw_ui_ease_out(double part);
double bw_ui_ease_in_out(double part);
double bw_ui_ease_back(double part);

#endif
