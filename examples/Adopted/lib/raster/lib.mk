LIBS-$(CONFIG_LIB_RASTER) += raster
raster_SRCS-y := draw.c text.c show.c
