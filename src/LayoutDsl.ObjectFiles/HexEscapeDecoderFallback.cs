using System.Text;

namespace LayoutDsl.ObjectFiles;

/// <summary>Replaces a byte that cannot be decoded by <c>\xNN</c>.</summary>
internal sealed class HexEscapeDecoderFallback : DecoderFallback
{
    public override int MaxCharCount => 4 * HexEscapeDecoderFallbackBuffer.MaximumBytes;

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new HexEscapeDecoderFallbackBuffer();
}
