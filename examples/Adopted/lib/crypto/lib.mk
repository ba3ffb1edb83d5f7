LIBS-$(CONFIG_LIB_CRYPTO) += crypto
crypto_SRCS-y := sha256.c sha512.c hmac.c chacha.c poly1305.c aes.c x25519.c
# Loops over words are worth unrolling here.
crypto_CFLAGS := -funroll-loops
