/* Shapes on paper: see icon.h. */
#include "paper/icon.h"

#include <stdlib.h>

#define ICON_UNITS 96.0
#define ICON_LINE 8.0

void
bw_paper_round(cairo_t *cairo, double x_mm, double y_mm, double width_mm,
    double height_mm, double r_mm)
{
    double right = x_mm + width_mm - r_mm, bottom = y_mm + height_mm - r_mm;
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, right, y_mm + r_mm, r_mm, -G_PI / 2, 0);
    cairo_arc(cairo, right, bottom, r_mm, 0, G_PI / 2);
    cairo_arc(cairo, x_mm + r_mm, bottom, r_mm, G_PI / 2, G_PI);
    cairo_arc(cairo, x_mm + r_mm, y_mm + r_mm, r_mm, G_PI, 3 * G_PI / 2);
    cairo_close_path(cairo);
}

void
bw_paper_fill(cairo_t *cairo, double x_mm, double y_mm, double width_mm, double height_mm,
    double r_mm, enum bw_paper_colour colour)
{
    bw_paper_ink(cairo, colour);
    bw_paper_round(cairo, x_mm, y_mm, width_mm, height_mm, r_mm);
    cairo_fill(cairo);
}

void
bw_paper_frame(cairo_t *cairo, double x_mm, double y_mm, double width_mm,
    double height_mm, double r_mm, double line_mm, enum bw_paper_colour colour)
{
    bw_paper_ink(cairo, colour);
    cairo_set_line_width(cairo, line_mm);
    bw_paper_round(cairo, x_mm + line_mm / 2, y_mm + line_mm / 2, width_mm - line_mm,
        height_mm - line_mm, r_mm);
    cairo_stroke(cairo);
}

void
bw_paper_line(cairo_t *cairo, double x_mm, double y_mm, double to_x_mm, double to_y_mm,
    double line_mm, enum bw_paper_colour colour)
{
    bw_paper_ink(cairo, colour);
    cairo_set_line_width(cairo, line_mm);
    cairo_move_to(cairo, x_mm, y_mm);
    cairo_line_to(cairo, to_x_mm, to_y_mm);
    cairo_stroke(cairo);
}

void
bw_paper_logo(cairo_t *cairo, double x_mm, double y_mm, double width_mm,
    enum bw_paper_colour bridge, enum bw_paper_colour sun)
{
    cairo_save(cairo);
    cairo_translate(cairo, x_mm, y_mm);
    cairo_scale(cairo, width_mm / 96.0, width_mm / 96.0);
    bw_paper_ink(cairo, bridge);
    cairo_arc(cairo, 48, 19, 11, 0, 2 * G_PI);
    cairo_fill(cairo);
    cairo_move_to(cairo, 2, 63);
    cairo_line_to(cairo, 2, 59.5);
    cairo_curve_to(cairo, 23, 59.5, 25, 34, 48, 34);
    cairo_curve_to(cairo, 71, 34, 73, 59.5, 94, 59.5);
    cairo_line_to(cairo, 94, 63);
    cairo_line_to(cairo, 69, 63);
    cairo_arc_negative(cairo, 48, 63, 21, 0, G_PI);
    cairo_close_path(cairo);
    cairo_fill(cairo);
    bw_paper_ink(cairo, sun);
    cairo_arc(cairo, 48, 63, 17.5, G_PI, 2 * G_PI);
    cairo_fill(cairo);
    static const double ripples[][4] = {
        {27.4, 67, 41.2, 4.6}, {32.5, 75, 31, 3.8}, {41, 81.6, 14, 2}};
    for (size_t i = 0; i < sizeof ripples / sizeof ripples[0]; i++) {
        cairo_rectangle(
            cairo, ripples[i][0], ripples[i][1], ripples[i][2], ripples[i][3]);
        cairo_fill(cairo);
    }
    cairo_restore(cairo);
}

/* Reads `count` numbers; returns what comes after them. */
static const char *
numbers_read(const char *path, double *ret_numbers, int count)
{
    for (int i = 0; i < count; i++) {
        char *end;
        ret_numbers[i] = strtod(path, &end);
        path = end;
    }
    return path;
}

/* Draws one command; returns what comes after it. */
static const char *
command_draw(cairo_t *cairo, const char *path)
{
    double n[6], x = 0, y = 0;
    char command = *path++;
    cairo_get_current_point(cairo, &x, &y);
    if (command == 'M' || command == 'L') {
        path = numbers_read(path, n, 2);
        (command == 'M' ? cairo_move_to : cairo_line_to)(cairo, n[0], n[1]);
    } else if (command == 'H') {
        path = numbers_read(path, n, 1);
        cairo_line_to(cairo, n[0], y);
    } else if (command == 'V') {
        path = numbers_read(path, n, 1);
        cairo_line_to(cairo, x, n[0]);
    } else if (command == 'C') {
        path = numbers_read(path, n, 6);
        cairo_curve_to(cairo, n[0], n[1], n[2], n[3], n[4], n[5]);
    } else if (command == 'Z') {
        cairo_close_path(cairo);
    } else if (command == 'D') {
        path = numbers_read(path, n, 3);
        cairo_stroke(cairo);
        cairo_arc(cairo, n[0], n[1], n[2], 0, 2 * G_PI);
        cairo_fill(cairo);
    }
    return path;
}

void
bw_paper_icon(cairo_t *cairo, const char *path, double x_mm, double y_mm, double side_mm,
    enum bw_paper_colour colour)
{
    cairo_save(cairo);
    cairo_translate(cairo, x_mm, y_mm);
    cairo_scale(cairo, side_mm / ICON_UNITS, side_mm / ICON_UNITS);
    bw_paper_ink(cairo, colour);
    cairo_set_line_width(cairo, ICON_LINE);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_new_path(cairo);
    while (*path != '\0') {
        path = command_draw(cairo, path);
    }
    cairo_stroke(cairo);
    cairo_restore(cairo);
}
