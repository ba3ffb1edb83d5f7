LIBS-$(CONFIG_LIB_DFT) += dft
dft_SRCS-y := dft.c window.c dft_codelets.c
