using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Tepui.Coordination.Local;

/// <summary>Lays records out in a buffer, ready to be written at once.</summary>
internal sealed class RecordWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public int Count => _buffer.WrittenCount;

    public void Clear() => _buffer.ResetWrittenCount();

    public void Header(ulong generation)
    {
        var header = _buffer.GetSpan(LogFormat.HeaderSize)[..LogFormat.HeaderSize];
        LogFormat.Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], LogFormat.Version);
        BinaryPrimitives.WriteUInt64LittleEndian(header[12..], generation);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], Checksum.Of(header[..20]));
        _buffer.Advance(LogFormat.HeaderSize);
    }

    public void Changes(LogFormat.Kind kind, ulong sequence, IReadOnlyList<StoreChange> changes)
    {
        var size = 6L;
        for (var i = 0; i < changes.Count; i++)
        {
            size += 6 + KeySize(changes[i].Key) + (changes[i].Value?.Length ?? 0);
        }

        if (size > LogFormat.MaxPayload)
        {
            throw new ArgumentException($"A batch of {size} bytes is larger than the {LogFormat.MaxPayload} allowed.", nameof(changes));
        }

        var record = _buffer.GetSpan(LogFormat.RecordHeaderSize + (int)size)[..(LogFormat.RecordHeaderSize + (int)size)];
        var payload = record[LogFormat.RecordHeaderSize..];
        payload[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(payload[1..], changes.Count);
        var at = 5;
        for (var i = 0; i < changes.Count; i++)
        {
            var (key, value) = changes[i];
            var keySize = Encoding.UTF8.GetBytes(key, payload[(at + 2)..]);
            BinaryPrimitives.WriteUInt16LittleEndian(payload[at..], (ushort)keySize);
            at += 2 + keySize;
            BinaryPrimitives.WriteInt32LittleEndian(payload[at..], value?.Length ?? -1);
            at += 4;
            value?.CopyTo(payload[at..]);
            at += value?.Length ?? 0;
        }

        Seal(record, sequence);
    }

    public void Epoch(ulong sequence, ulong epoch)
    {
        var record = _buffer.GetSpan(LogFormat.RecordHeaderSize + 10)[..(LogFormat.RecordHeaderSize + 10)];
        record[LogFormat.RecordHeaderSize] = (byte)LogFormat.Kind.Epoch;
        BinaryPrimitives.WriteUInt64LittleEndian(record[(LogFormat.RecordHeaderSize + 1)..], epoch);
        Seal(record, sequence);
    }

    public void SnapshotEnd(ulong sequence, ulong epoch, ulong entries)
    {
        var record = _buffer.GetSpan(LogFormat.RecordHeaderSize + 18)[..(LogFormat.RecordHeaderSize + 18)];
        record[LogFormat.RecordHeaderSize] = (byte)LogFormat.Kind.SnapshotEnd;
        BinaryPrimitives.WriteUInt64LittleEndian(record[(LogFormat.RecordHeaderSize + 1)..], epoch);
        BinaryPrimitives.WriteUInt64LittleEndian(record[(LogFormat.RecordHeaderSize + 9)..], entries);
        Seal(record, sequence);
    }

    /// <summary>Lays out a record of another log again, under another number.</summary>
    /// <param name="log">That log.</param>
    /// <param name="offset">Where the record begins.</param>
    /// <param name="sequence">Its number from now on.</param>
    /// <returns>Bytes of the record.</returns>
    /// <exception cref="IOException">What is read back is not what was written.</exception>
    public int Copy(IStoreFile log, long offset, ulong sequence)
    {
        Span<byte> header = stackalloc byte[LogFormat.RecordHeaderSize];
        if (log.Read(offset, header) < header.Length || RecordReader.HeaderChecksum(header) != BinaryPrimitives.ReadUInt32LittleEndian(header[4..]))
        {
            throw new IOException($"The header of a record at {offset} is not read back as it was written.");
        }

        var size = LogFormat.RecordHeaderSize + BinaryPrimitives.ReadInt32LittleEndian(header);
        var record = _buffer.GetSpan(size)[..size];
        if (log.Read(offset, record) < size || Checksum.Of(record[LogFormat.RecordHeaderSize..]) != BinaryPrimitives.ReadUInt32LittleEndian(header[8..]))
        {
            throw new IOException($"A record at {offset} is not read back as it was written.");
        }

        Seal(record, sequence);
        return size;
    }

    /// <summary>Bytes of a key, checked.</summary>
    public static int KeySize(string key)
    {
        var size = Encoding.UTF8.GetByteCount(key);
        if (size is 0 or > LogFormat.MaxKey)
        {
            throw new ArgumentException($"A key of {size} bytes was given; 1 to {LogFormat.MaxKey} are allowed.", nameof(key));
        }

        return size;
    }

    /// <summary>Bytes an entry takes in a snapshot.</summary>
    public static long EntrySize(string key, int value) => 6 + Encoding.UTF8.GetByteCount(key) + value;

    private void Seal(Span<byte> record, ulong sequence)
    {
        record[^1] = LogFormat.EndMark;
        var payload = record[LogFormat.RecordHeaderSize..];
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record[8..], Checksum.Of(payload));
        BinaryPrimitives.WriteUInt64LittleEndian(record[12..], sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], RecordReader.HeaderChecksum(record));
        _buffer.Advance(record.Length);
    }
}
