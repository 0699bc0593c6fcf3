using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using System.Text;

namespace Tepui.Sdk.Http;

/// <summary>Reads the answers of one HTTP/1.1 connection, in order.</summary>
/// <remarks>RFC 9112. Bodies are short texts here (a reason, or nothing); longer ones than <see cref="BodyBytesMax"/> end the connection.</remarks>
internal sealed class HttpAnswerReader(PipeReader input)
{
    private const int HeadBytesMax = 32 * 1024;
    private const int BodyBytesMax = 1024 * 1024;

    /// <summary>Whether the server closes the connection after the answer last read.</summary>
    public bool Closes { get; private set; }

    /// <summary>The next answer, or <see langword="null"/> when the connection ended between two.</summary>
    /// <exception cref="IOException">The connection ended inside an answer, or what came is not HTTP.</exception>
    public async ValueTask<CallAnswer?> ReadAsync(CancellationToken cancel)
    {
        while (true)
        {
            if (await ReadHeadAsync(cancel).ConfigureAwait(false) is not { } head)
            {
                return null;
            }

            if (head.Status is >= 100 and < 200)
            {
                continue;
            }

            Closes = head.Closes;
            return new(head.Status, await ReadBodyAsync(head, cancel).ConfigureAwait(false));
        }
    }

    private async ValueTask<Head?> ReadHeadAsync(CancellationToken cancel)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancel).ConfigureAwait(false);
            var buffer = read.Buffer;
            if (TryParseHead(buffer, out var head, out var end))
            {
                input.AdvanceTo(end);
                return head;
            }

            var length = buffer.Length;
            input.AdvanceTo(buffer.Start, buffer.End);
            if (length > HeadBytesMax)
            {
                throw new IOException($"The headers of an answer are longer than {HeadBytesMax} bytes");
            }

            if (read.IsCompleted)
            {
                return length == 0 ? null : throw new IOException("The connection ended inside the headers of an answer");
            }
        }
    }

    private static bool TryParseHead(ReadOnlySequence<byte> buffer, out Head head, out SequencePosition end)
    {
        var reader = new SequenceReader<byte>(buffer);
        head = default;
        end = buffer.Start;
        if (!reader.TryReadTo(out ReadOnlySequence<byte> all, "\r\n\r\n"u8))
        {
            return false;
        }

        end = reader.Position;
        var text = Encoding.Latin1.GetString(all);
        var lines = text.Split("\r\n");
        if (!lines[0].StartsWith("HTTP/1.", StringComparison.Ordinal) || lines[0].Length < 12 || !int.TryParse(lines[0].AsSpan(9, 3), out var status))
        {
            throw new IOException($"Not an HTTP answer: '{lines[0][..Math.Min(lines[0].Length, 60)]}'");
        }

        head = new(status, status is 204 or 304 ? 0 : null, IsChunked: false, Closes: lines[0].StartsWith("HTTP/1.0", StringComparison.Ordinal));
        foreach (var line in lines.AsSpan(1))
        {
            head = WithHeader(head, line);
        }

        return true;
    }

    private static Head WithHeader(Head head, string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return head;
        }

        var name = line.AsSpan(0, colon);
        var value = line.AsSpan(colon + 1).Trim();
        if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
        {
            return long.TryParse(value, out var length) && length is >= 0 and <= BodyBytesMax
                ? head with { Length = length }
                : throw new IOException($"Content-Length '{value}' is not between 0 and {BodyBytesMax}");
        }

        if (name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase) && value.EndsWith("chunked", StringComparison.OrdinalIgnoreCase))
        {
            return head with { IsChunked = true };
        }

        return name.Equals("Connection", StringComparison.OrdinalIgnoreCase) && value.Equals("close", StringComparison.OrdinalIgnoreCase)
            ? head with { Closes = true }
            : head;
    }

    private async ValueTask<string> ReadBodyAsync(Head head, CancellationToken cancel)
    {
        if (head.IsChunked)
        {
            return await ReadChunksAsync(cancel).ConfigureAwait(false);
        }

        if (head.Length is { } length)
        {
            return length == 0 ? "" : await ReadExactlyAsync(length, cancel).ConfigureAwait(false);
        }

        Closes = true;
        return await ReadToEndAsync(cancel).ConfigureAwait(false);
    }

    private async ValueTask<string> ReadChunksAsync(CancellationToken cancel)
    {
        var text = new StringBuilder();
        while (true)
        {
            var line = await ReadLineAsync(cancel).ConfigureAwait(false);
            var digits = Encoding.ASCII.GetBytes(line.Split(';')[0].Trim());
            if (!Utf8Parser.TryParse(digits, out long size, out var used, 'x') || used != digits.Length || size < 0 || size + text.Length > BodyBytesMax)
            {
                throw new IOException($"Chunk size '{line}' is not a hexadecimal number up to {BodyBytesMax}");
            }

            if (size == 0)
            {
                while ((await ReadLineAsync(cancel).ConfigureAwait(false)).Length > 0)
                {
                }

                return text.ToString();
            }

            text.Append(await ReadExactlyAsync(size, cancel).ConfigureAwait(false));
            await ReadLineAsync(cancel).ConfigureAwait(false);
        }
    }

    private async ValueTask<string> ReadLineAsync(CancellationToken cancel)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancel).ConfigureAwait(false);
            if (TryTakeLine(read.Buffer, out var line, out var end))
            {
                input.AdvanceTo(end);
                return line;
            }

            var length = read.Buffer.Length;
            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted || length > HeadBytesMax)
            {
                throw new IOException("The connection ended inside the body of an answer");
            }
        }
    }

    private static bool TryTakeLine(ReadOnlySequence<byte> buffer, out string line, out SequencePosition end)
    {
        var reader = new SequenceReader<byte>(buffer);
        var found = reader.TryReadTo(out ReadOnlySequence<byte> bytes, "\r\n"u8);
        line = found ? Encoding.Latin1.GetString(bytes) : "";
        end = reader.Position;
        return found;
    }

    private async ValueTask<string> ReadExactlyAsync(long length, CancellationToken cancel)
    {
        var read = await input.ReadAtLeastAsync((int)length, cancel).ConfigureAwait(false);
        if (read.Buffer.Length < length)
        {
            throw new IOException("The connection ended inside the body of an answer");
        }

        var body = read.Buffer.Slice(0, length);
        var text = Encoding.UTF8.GetString(body);
        input.AdvanceTo(body.End);
        return text;
    }

    private async ValueTask<string> ReadToEndAsync(CancellationToken cancel)
    {
        var read = await input.ReadAtLeastAsync(BodyBytesMax, cancel).ConfigureAwait(false);
        var text = Encoding.UTF8.GetString(read.Buffer);
        input.AdvanceTo(read.Buffer.End);
        return text;
    }

    private readonly record struct Head(int Status, long? Length, bool IsChunked, bool Closes);
}
