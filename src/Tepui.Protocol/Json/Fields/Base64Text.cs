using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Google.Protobuf;

namespace Tepui.Protocol.Json.Fields;

/// <summary>Reads base64 as leniently as clients rely on: padding may be missing, and what follows a <c>=</c> is ignored.</summary>
internal static class Base64Text
{
    public static bool TryDecode(ReadOnlySpan<byte> text, out ByteString data, out string stray)
    {
        stray = "";
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length + 3)];
        if (Base64.DecodeFromUtf8(text, bytes, out _, out var written) == OperationStatus.Done)
        {
            data = UnsafeByteOperations.UnsafeWrap(bytes.AsMemory(0, written));
            return true;
        }

        return TryDecodeLeniently(text, bytes, out data, out stray);
    }

    private static bool TryDecodeLeniently(ReadOnlySpan<byte> text, byte[] bytes, out ByteString data, out string stray)
    {
        data = ByteString.Empty;
        stray = "";
        var written = 0;
        var bits = 0;
        var held = 0;
        for (var i = 0; i < text.Length && text[i] != '='; i++)
        {
            var value = Value(text[i]);
            if (value < 0)
            {
                Rune.DecodeFromUtf8(text[i..], out var rune, out _);
                stray = rune.ToString();
                return false;
            }

            held = (held << 6) | value;
            bits += 6;
            if (bits >= 8)
            {
                bits -= 8;
                bytes[written++] = (byte)(held >> bits);
            }
        }

        data = UnsafeByteOperations.UnsafeWrap(bytes.AsMemory(0, written));
        return true;
    }

    private static int Value(byte letter) => (char)letter switch
    {
        >= 'A' and <= 'Z' => letter - 'A',
        >= 'a' and <= 'z' => letter - 'a' + 26,
        >= '0' and <= '9' => letter - '0' + 52,
        '+' => 62,
        '/' => 63,
        _ => -1,
    };
}
