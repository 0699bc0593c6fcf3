using System.Buffers.Binary;
using System.Text;

namespace Tepui.Coordination.Local;

/// <summary>Reads a log file from its start: what it holds, where it ends, whether its tail is torn. Damage is an exception.</summary>
internal sealed class RecordReader(IStoreFile file, string path)
{
    private readonly long _length = file.Length;
    private byte[] _payload = new byte[64 * 1024];
    private ulong _sequence;
    private bool _snapshotEnded;

    public Dictionary<string, byte[]> Entries { get; } = new(StringComparer.Ordinal);

    public ulong Epoch { get; private set; }

    public ulong Generation { get; private set; }

    /// <summary>Sequence number of the last whole record.</summary>
    public ulong Sequence => _sequence;

    /// <summary>Where the last whole record ends.</summary>
    public long End { get; private set; }

    /// <summary>Bytes of a torn record after <see cref="End"/>.</summary>
    public long Torn => _length - End;

    public void ReadAll()
    {
        ReadHeader();
        while (End < _length && ReadRecord())
        {
        }

        if (!_snapshotEnded)
        {
            throw Damaged(End, "it ends within the snapshot it begins with");
        }
    }

    /// <summary>Over length and sequence, so that neither is believed when damaged.</summary>
    public static uint HeaderChecksum(ReadOnlySpan<byte> record)
    {
        Span<byte> covered = stackalloc byte[16];
        record[..4].CopyTo(covered);
        record[8..20].CopyTo(covered[4..]);
        return Checksum.Of(covered);
    }

    private void ReadHeader()
    {
        Span<byte> header = stackalloc byte[LogFormat.HeaderSize];
        if (file.Read(0, header) < header.Length)
        {
            throw Damaged(0, $"it has {_length} bytes, fewer than its header");
        }

        if (!header[..8].SequenceEqual(LogFormat.Magic))
        {
            throw Damaged(0, "it does not begin as a log of this program does");
        }

        if (Checksum.Of(header[..20]) != BinaryPrimitives.ReadUInt32LittleEndian(header[20..]))
        {
            throw Damaged(0, "the checksum of its header does not match");
        }

        var version = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);
        if (version != LogFormat.Version)
        {
            throw new StoreCorruptException(path, 8, $"it has format {version}, written by another release; this one reads format {LogFormat.Version}");
        }

        Generation = BinaryPrimitives.ReadUInt64LittleEndian(header[12..]);
        End = LogFormat.HeaderSize;
    }

    private bool ReadRecord()
    {
        Span<byte> header = stackalloc byte[LogFormat.RecordHeaderSize];
        var left = _length - End;
        if (file.Read(End, header) < header.Length)
        {
            // Too short to be a record: a crash cut it, nobody was told of it.
            return false;
        }

        if (HeaderChecksum(header) != BinaryPrimitives.ReadUInt32LittleEndian(header[4..]))
        {
            return NeverWritten(header, left) ? false : throw Damaged(End, "the checksum of a record's header does not match");
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(header);
        var sequence = BinaryPrimitives.ReadUInt64LittleEndian(header[12..]);
        if (sequence != _sequence + 1)
        {
            throw Damaged(End, $"record {sequence} follows record {_sequence}");
        }

        if (length > left - LogFormat.RecordHeaderSize)
        {
            return false;
        }

        var payload = Payload((int)length);
        file.Read(End + LogFormat.RecordHeaderSize, payload);
        if (Checksum.Of(payload) != BinaryPrimitives.ReadUInt32LittleEndian(header[8..]))
        {
            return length == left - LogFormat.RecordHeaderSize && LacksSector(payload, End + LogFormat.RecordHeaderSize)
                ? false
                : throw Damaged(End, $"the checksum of record {sequence} does not match");
        }

        Apply(payload);
        _sequence = sequence;
        End += LogFormat.RecordHeaderSize + length;
        return true;
    }

    /// <summary>Whether the file's length arrived on disk before its content did: all zeros from here on, or from the next sector on.</summary>
    private bool NeverWritten(ReadOnlySpan<byte> header, long left)
    {
        var toSector = (int)(LogFormat.SectorSize - (End % LogFormat.SectorSize));
        var zeros = header.IndexOfAnyExcept((byte)0) < 0
            ? 0
            : toSector < header.Length && header[toSector..].IndexOfAnyExcept((byte)0) < 0 ? toSector : -1;
        if (zeros < 0)
        {
            return false;
        }

        for (long at = zeros; at < left; at += _payload.Length)
        {
            var piece = Payload((int)Math.Min(_payload.Length, left - at));
            file.Read(End + at, piece);
            if (piece.IndexOfAnyExcept((byte)0) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether some sector of a last record reads as zeros: it never reached the disk before a crash.</summary>
    private static bool LacksSector(ReadOnlySpan<byte> payload, long offset)
    {
        var at = (int)((LogFormat.SectorSize - (offset % LogFormat.SectorSize)) % LogFormat.SectorSize);
        for (; at < payload.Length; at += LogFormat.SectorSize)
        {
            var sector = payload[at..Math.Min(at + LogFormat.SectorSize, payload.Length)];
            if (sector.IndexOfAnyExcept((byte)0) < 0)
            {
                return true;
            }
        }

        return false;
    }

    private void Apply(ReadOnlySpan<byte> payload)
    {
        try
        {
            var kind = (LogFormat.Kind)payload[0];
            switch (kind)
            {
                case LogFormat.Kind.Snapshot when !_snapshotEnded:
                case LogFormat.Kind.Batch when _snapshotEnded:
                    ApplyChanges(payload[1..]);
                    return;
                case LogFormat.Kind.Epoch when _snapshotEnded:
                    Epoch = BinaryPrimitives.ReadUInt64LittleEndian(payload[1..]);
                    return;
                case LogFormat.Kind.SnapshotEnd when !_snapshotEnded:
                    Epoch = BinaryPrimitives.ReadUInt64LittleEndian(payload[1..]);
                    _snapshotEnded = BinaryPrimitives.ReadUInt64LittleEndian(payload[9..]) == (ulong)Entries.Count
                        ? true
                        : throw Damaged(End, "its snapshot lacks entries");
                    return;
                default:
                    throw Damaged(End, $"a record of kind {(int)kind} is not expected here");
            }
        }
        catch (ArgumentOutOfRangeException)
        {
            throw Damaged(End, "a record holds less than it says");
        }
    }

    private void ApplyChanges(ReadOnlySpan<byte> payload)
    {
        var count = BinaryPrimitives.ReadInt32LittleEndian(payload);
        payload = payload[4..];
        for (var i = 0; i < count; i++)
        {
            var keySize = BinaryPrimitives.ReadUInt16LittleEndian(payload);
            var key = Encoding.UTF8.GetString(payload.Slice(2, keySize));
            var valueSize = BinaryPrimitives.ReadInt32LittleEndian(payload[(2 + keySize)..]);
            payload = payload[(6 + keySize)..];
            if (valueSize < 0)
            {
                Entries.Remove(key);
                continue;
            }

            Entries[key] = payload[..valueSize].ToArray();
            payload = payload[valueSize..];
        }
    }

    private Span<byte> Payload(int length)
    {
        if (_payload.Length < length)
        {
            _payload = new byte[Math.Max(length, _payload.Length * 2)];
        }

        return _payload.AsSpan(0, length);
    }

    private StoreCorruptException Damaged(long offset, string what) => new(path, offset, what);
}
