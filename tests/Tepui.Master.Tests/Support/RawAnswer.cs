using System.Globalization;
using System.Text;

namespace Tepui.Master.Tests.Support;

/// <summary>An answer as it came over the wire, taken apart.</summary>
internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public string? ContentType => Headers.GetValueOrDefault("content-type");

    public static RawAnswer Parse(byte[] bytes)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        Assert.True(end > 0, $"no headers in {bytes.Length} bytes");
        var lines = Encoding.ASCII.GetString(bytes, 0, end).Split("\r\n");
        var headers = lines.Skip(1).ToDictionary(
            line => line[..line.IndexOf(':', StringComparison.Ordinal)].ToLowerInvariant(),
            line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(),
            StringComparer.Ordinal);
        var body = bytes[(end + 4)..];
        var status = int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
        return new RawAnswer(status, headers, headers.GetValueOrDefault("transfer-encoding") == "chunked" ? Unchunk(body) : body);
    }

    // What a chunked body has so far; it may be cut anywhere.
    private static byte[] Unchunk(byte[] body)
    {
        var plain = new MemoryStream();
        var at = 0;
        while (at < body.Length)
        {
            var line = body.AsSpan(at).IndexOf("\r\n"u8);
            if (line < 0)
            {
                break;
            }

            var size = int.Parse(Encoding.ASCII.GetString(body, at, line), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var data = at + line + 2;
            var length = Math.Min(size, body.Length - data);
            if (size == 0 || length <= 0)
            {
                break;
            }

            plain.Write(body, data, length);
            at = data + size + 2;
        }

        return plain.ToArray();
    }
}
