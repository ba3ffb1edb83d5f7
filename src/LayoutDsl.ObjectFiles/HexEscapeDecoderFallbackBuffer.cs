using System.Text;

namespace LayoutDsl.ObjectFiles;

internal sealed class HexEscapeDecoderFallbackBuffer : DecoderFallbackBuffer
{
    /// <summary>No UTF-8 sequence is longer.</summary>
    public const int MaximumBytes = 4;

    private const string Digits = "0123456789abcdef";

    private readonly char[] _text = new char[4 * MaximumBytes];
    private int _length;
    private int _position;

    public override int Remaining => _length - _position;

    public override bool Fallback(byte[] bytesUnknown, int index)
    {
        _length = 0;
        _position = 0;
        foreach (byte value in bytesUnknown)
        {
            if (_length == _text.Length)
            {
                break;
            }

            _text[_length++] = '\\';
            _text[_length++] = 'x';
            _text[_length++] = Digits[value >> 4];
            _text[_length++] = Digits[value & 15];
        }

        return _length > 0;
    }

    // The decoder knows the end of the text by NUL.
    public override char GetNextChar() => _position < _length ? _text[_position++] : '\0';

    public override bool MovePrevious()
    {
        if (_position == 0)
        {
            return false;
        }

        _position--;
        return true;
    }

    public override void Reset()
    {
        _length = 0;
        _position = 0;
    }
}
