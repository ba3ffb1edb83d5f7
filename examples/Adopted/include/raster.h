/* Pictures in shades of grey, shown as text. */
#pragma once
#include <stddef.h>
#include <stdint.h>

struct raster { int width, height; uint8_t *pixels; };
int raster_make(struct raster *r, int width, int height);
void raster_free(struct raster *r);
void raster_set(struct raster *r, int x, int y, uint8_t shade);
uint8_t raster_get(const struct raster *r, int x, int y);
void raster_line(struct raster *r, int x0, int y0, int x1, int y1, uint8_t shade);
void raster_circle(struct raster *r, int x, int y, int radius, uint8_t shade);
void raster_fill(struct raster *r, int x, int y, uint8_t shade);
void raster_text(struct raster *r, int x, int y, const char *text, uint8_t shade);
void raster_dither(struct raster *r);                /* to black and white, errors passed on (Floyd and Steinberg) */
void raster_show(const struct raster *r);            /* two rows a line */
