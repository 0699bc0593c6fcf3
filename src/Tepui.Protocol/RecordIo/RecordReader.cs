using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Tepui.Protocol.RecordIo;

/// <summary>Reads records one by one, however the bytes are split on their way. Does not complete the pipe.</summary>
/// <param name="input">Where from.</param>
/// <param name="maxRecord">Largest record accepted, bytes.</param>
public sealed class RecordReader(PipeReader input, int maxRecord = RecordReader.DefaultMaxRecord)
{
    /// <summary>64 MiB.</summary>
    public const int DefaultMaxRecord = 64 * 1024 * 1024;

    // Digits of the largest length there is a number for, with room for leading zeros.
    private const int MaxHead = 20;

    private SequencePosition? _consumed;

    /// <summary>Reads the next record.</summary>
    /// <returns>Its bytes, good until the next call; null at the end of the stream.</returns>
    /// <exception cref="RecordException">The stream is broken; reading on is pointless.</exception>
    public async ValueTask<ReadOnlySequence<byte>?> ReadAsync(CancellationToken cancel)
    {
        if (_consumed is { } consumed)
        {
            _consumed = null;
            input.AdvanceTo(consumed);
        }

        while (true)
        {
            var result = await input.ReadAsync(cancel);
            var buffer = result.Buffer;
            try
            {
                if (TryFind(buffer, out var record))
                {
                    _consumed = record.End;
                    return record;
                }

                if (result.IsCanceled)
                {
                    throw new OperationCanceledException("Reading of records was cancelled.");
                }

                if (result.IsCompleted)
                {
                    return buffer.IsEmpty ? null : throw new RecordException($"The stream ended within a record, {buffer.Length} bytes after its start.");
                }
            }
            finally
            {
                if (_consumed is null)
                {
                    input.AdvanceTo(buffer.Start, buffer.End);
                }
            }
        }
    }

    private bool TryFind(in ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> record)
    {
        record = default;
        var head = buffer.Slice(0, Math.Min(buffer.Length, MaxHead + 1));
        Span<byte> bytes = stackalloc byte[MaxHead + 1];
        head.CopyTo(bytes);
        bytes = bytes[..(int)head.Length];

        var end = bytes.IndexOf((byte)'\n');
        var digits = end < 0 ? bytes : bytes[..end];
        if (digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') || end == 0 || digits.Length > MaxHead)
        {
            throw new RecordException($"A record starts with '{Printable(digits)}'; its length in decimal digits and a line feed must stand there.");
        }

        if (end < 0)
        {
            return false;
        }

        if (!long.TryParse(digits, out var length) || length > maxRecord)
        {
            throw new RecordException($"A record of {Encoding.ASCII.GetString(digits)} bytes is larger than the limit of {maxRecord} bytes.");
        }

        if (buffer.Length < end + 1 + length)
        {
            return false;
        }

        record = buffer.Slice(end + 1, length);
        return true;
    }

    private static string Printable(ReadOnlySpan<byte> bytes) =>
        string.Concat(Encoding.Latin1.GetString(bytes).Select(c => c is >= ' ' and <= '~' ? c : '?'));
}
